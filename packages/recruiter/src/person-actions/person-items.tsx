import { Menu } from '@base-ui/react/menu';
import type { PersonRow, ProjectPage } from '@carrick/protocol/recruiter';
import { useMatch, useNavigate, useRouter } from '@tanstack/react-router';
import type { ComponentType, RefObject } from 'react';
import { ActivityItems } from '../activities/activity-items.tsx';
import { openComposer } from '../conversations/open-composer.ts';
import overlay from '../elements/overlay.module.css';
import { ExportItem } from '../export/export-item.tsx';
import { messages } from '../messages.ts';
import { openSave } from '../projects/open-save.ts';
import { words } from '../projects/words.ts';
import { addressAlike } from '../search/alike.ts';

export interface PersonItemProps {
  person: PersonRow;
  /** The menu's button: where the focus belongs once what the item opened is closed. */
  opener: RefObject<HTMLButtonElement | null>;
  /** In a project's own list. */
  project?: Pick<ProjectPage, 'job'> | undefined;
  /** True on the profile, where a button of its own writes to the person. */
  isOnProfile?: boolean;
}

/**
 * What can be done with one person, wherever one stands: in results, on the profile, in a pipeline. A feature joins with its item,
 * which draws nothing where it does not apply.
 */
const PERSON_ITEMS: readonly { readonly id: string; readonly Item: ComponentType<PersonItemProps> }[] = [
  { id: 'export', Item: ExportItem },
  { id: 'message', Item: MessageItem },
  { id: 'save', Item: SaveItem },
  { id: 'activities', Item: ActivityItems },
  { id: 'print', Item: PrintItem },
  { id: 'alike', Item: AlikeItem },
];

function MessageItem({ person, opener, isOnProfile = false }: PersonItemProps) {
  if (isOnProfile) return null;
  return (
    <Menu.Item className={overlay.item} onClick={() => openComposer([person], opener.current)}>
      <span className={overlay.mark} />
      {messages.person.message}
    </Menu.Item>
  );
}

function SaveItem({ person: { id, name }, project }: PersonItemProps) {
  return (
    <Menu.Item className={overlay.item} onClick={() => openSave([{ id, name }])}>
      <span className={overlay.mark} />
      {project ? words.save.another : words.save.action}
    </Menu.Item>
  );
}

function AlikeItem({ person }: PersonItemProps) {
  const navigate = useNavigate();
  const address = addressAlike(person);
  if (!address) return null;
  return (
    <Menu.Item className={overlay.item} onClick={() => void navigate({ to: '/search', search: address })}>
      <span className={overlay.mark} />
      {messages.person.findAlike}
    </Menu.Item>
  );
}

/** A page prints itself; from a list or a pane the person's page is opened for that, and the list stays. */
export function PrintItem({ person: { id } }: Pick<PersonItemProps, 'person'>) {
  const router = useRouter();
  const isOnPage = useMatch({ from: '/shell/people/$id', shouldThrow: false, select: () => true }) ?? false;
  const print = () => {
    // After the menu is gone.
    if (isOnPage) setTimeout(() => window.print());
    else {
      const { href } = router.buildLocation({ to: '/people/$id', params: { id }, search: { print: 'yes' } });
      window.open(href, '_blank', 'noopener');
    }
  };
  return (
    <Menu.Item className={overlay.item} onClick={print}>
      <span className={overlay.mark} />
      {messages.profile.print}
    </Menu.Item>
  );
}

export function PersonItems(props: PersonItemProps) {
  return PERSON_ITEMS.map(({ id, Item }) => <Item key={id} {...props} />);
}
