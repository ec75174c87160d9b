import { Menu } from '@base-ui/react/menu';
import type { PersonRow } from '@carrick/protocol/recruiter';
import { useRef, useState } from 'react';
import { ActivityItems } from '../activities/activity-items.tsx';
import { openComposer } from '../conversations/open-composer.ts';
import button from '../elements/button.module.css';
import { DotsIcon } from '../elements/icons.tsx';
import overlay from '../elements/overlay.module.css';
import { ExportItem } from '../export/export-item.tsx';
import { messages, terms } from '../messages.ts';

/** What can be done with one person of the results. */
export function RowMenu({ person }: { person: PersonRow }) {
  const trigger = useRef<HTMLButtonElement>(null);
  // In its row, not at the end of the page: that is the landmark it belongs to.
  const [place, setPlace] = useState<HTMLElement | null>(null);
  return (
    <div ref={setPlace}>
      <Menu.Root>
        <Menu.Trigger
          ref={trigger}
          className={`${button.button} ${button.quiet} ${button.icon}`}
          aria-label={messages.export.moreFor(person.name)}
        >
          <DotsIcon />
        </Menu.Trigger>
        <Menu.Portal container={place}>
          <Menu.Positioner className={overlay.layer} align="end" sideOffset={4}>
            <Menu.Popup className={overlay.menu}>
              <ExportItem person={person} opener={trigger} />
              <Menu.Item className={overlay.item} onClick={() => openComposer([person], trigger.current)}>
                <span className={overlay.mark} />
                {terms.message}
              </Menu.Item>
              <ActivityItems person={person} opener={trigger} />
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
    </div>
  );
}
