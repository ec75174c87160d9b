import { Menu } from '@base-ui/react/menu';
import overlay from '../elements/overlay.module.css';
import { messages } from '../messages.ts';
import { type Noted, openActivity } from './open-activity.ts';

interface ActivityItemsProps {
  person: Noted;
  opener: { readonly current: HTMLElement | null };
}

/** "Add note", "Add tag" and "Share for review", in the menu of a profile or a row. */
export function ActivityItems({ person: { id, name }, opener }: ActivityItemsProps) {
  return (['note', 'tag', 'share'] as const).map((kind) => (
    <Menu.Item
      key={kind}
      className={overlay.item}
      onClick={() => openActivity(kind, [{ id, name }], opener.current)}
    >
      <span className={overlay.mark} />
      {messages.person.add[kind]}
    </Menu.Item>
  ));
}
