import { Menu } from '@base-ui/react/menu';
import type { PersonRow, ProjectPage } from '@carrick/protocol/recruiter';
import { type ReactNode, useRef, useState } from 'react';
import button from '../elements/button.module.css';
import { DotsIcon } from '../elements/icons.tsx';
import overlay from '../elements/overlay.module.css';
import { PersonItems } from '../person-actions/person-items.tsx';
import { words } from '../projects/words.ts';

/** What can be done with one person of a list; `children` are the list's own items. */
export function RowMenu({
  person,
  project,
  children,
}: {
  person: PersonRow;
  project?: Pick<ProjectPage, 'job'>;
  children?: ReactNode;
}) {
  const trigger = useRef<HTMLButtonElement>(null);
  // In its row, not at the end of the page: that is the landmark it belongs to.
  const [place, setPlace] = useState<HTMLElement | null>(null);
  return (
    <div ref={setPlace}>
      <Menu.Root>
        <Menu.Trigger
          ref={trigger}
          className={`${button.button} ${button.quiet} ${button.icon}`}
          aria-label={words.save.moreFor(person.name)}
        >
          <DotsIcon />
        </Menu.Trigger>
        <Menu.Portal container={place}>
          <Menu.Positioner className={overlay.layer} align="end" sideOffset={4}>
            <Menu.Popup className={overlay.menu}>
              <PersonItems person={person} opener={trigger} project={project} />
              {children}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
    </div>
  );
}
