import { Dialog } from '@base-ui/react/dialog';
import { useEffect, useState } from 'react';
import { DialogHeading } from '../elements/dialog-heading.tsx';
import overlay from '../elements/overlay.module.css';
import { messages } from '../messages.ts';
import { words as projects } from '../projects/words.ts';
import css from './keyboard-help.module.css';
import { setPreference, usePreference } from './preferences.ts';
import { useSingleKey } from './single-key.ts';

const words = messages.keys;
const SINGLE_KEYS = [
  ['j', words.next],
  ['k', words.previous],
  ['Enter', words.open],
  ['x', projects.save.keySelect],
  ['s', projects.save.keySave],
  ['e', messages.export.key],
  ['/', words.search],
  ['?', words.help],
] as const;
const PROJECT_KEYS = [['m', projects.save.keyMove]] as const;
const MATCH_KEYS = [
  ['y', words.same],
  ['n', words.different],
  ['u', words.undo],
  ['↓ ↑', words.records],
  ['→ ←', words.profiles],
] as const;
const OTHER_KEYS = [
  ['← →', words.tabs],
  ['Esc', words.escape],
] as const;

const openings = new EventTarget();

export function openKeyboardHelp(): void {
  openings.dispatchEvent(new Event('open'));
}

/** The list of keys, and the switch that turns single ones off for who dictates or uses other aids. */
export function KeyboardHelp() {
  const [isOpen, setOpen] = useState(false);
  const singleKeys = usePreference('singleKeys');
  useSingleKey('?', () => setOpen(true));
  useEffect(() => {
    const open = () => setOpen(true);
    openings.addEventListener('open', open);
    return () => openings.removeEventListener('open', open);
  }, []);
  return (
    <Dialog.Root open={isOpen} onOpenChange={setOpen}>
      <Dialog.Portal>
        <Dialog.Backdrop className={overlay.veil} />
        <Dialog.Popup className={overlay.dialog}>
          <DialogHeading title={words.title} closeLabel={words.close} />
          <dl className={css.keys} data-off={singleKeys === 'off' || undefined}>
            {SINGLE_KEYS.map(([key, meaning]) => (
              <Key key={key} name={key} meaning={meaning} />
            ))}
          </dl>
          <h3 className={css.group}>{projects.save.onProject}</h3>
          <dl className={css.keys} data-off={singleKeys === 'off' || undefined}>
            {PROJECT_KEYS.map(([key, meaning]) => (
              <Key key={key} name={key} meaning={meaning} />
            ))}
          </dl>
          <h3 className={css.group}>{words.matches}</h3>
          <dl className={css.keys} data-off={singleKeys === 'off' || undefined}>
            {MATCH_KEYS.map(([key, meaning]) => (
              <Key key={key} name={key} meaning={meaning} />
            ))}
          </dl>
          <dl className={css.keys}>
            {OTHER_KEYS.map(([key, meaning]) => (
              <Key key={key} name={key} meaning={meaning} />
            ))}
          </dl>
          <label className={css.switch}>
            <input
              type="checkbox"
              className={css.box}
              checked={singleKeys === 'on'}
              onChange={(event) => setPreference('singleKeys', event.target.checked ? 'on' : 'off')}
            />
            <span>
              <span className={css.switchName}>{words.enabled}</span>
              <span className={css.hint}>{words.enabledHint}</span>
            </span>
          </label>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Key({ name, meaning }: { name: string; meaning: string }) {
  return (
    <div className={css.line}>
      <dt>
        <kbd className={css.key}>{name}</kbd>
      </dt>
      <dd>{meaning}</dd>
    </div>
  );
}
