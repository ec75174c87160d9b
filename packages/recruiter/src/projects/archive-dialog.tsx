import { Dialog } from '@base-ui/react/dialog';
import { type SubmitEvent, useId, useState } from 'react';
import button from '../elements/button.module.css';
import field from '../elements/field.module.css';
import overlay from '../elements/overlay.module.css';
import css from './form.module.css';
import { words as all } from './words.ts';

const words = all.archive;
const MOST_REASON = 200;

/** Asks why, and does not insist. */
export function ArchiveDialog({
  name,
  archive,
  close,
}: {
  name: string;
  archive(reason: string): Promise<void>;
  close(): void;
}) {
  const id = useId();
  const [reason, setReason] = useState('');
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    close();
    void archive(reason.trim());
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={overlay.veil} />
        <Dialog.Popup className={overlay.dialog}>
          <form className={css.form} onSubmit={submit}>
            <Dialog.Title className={overlay.title}>{words.title(name)}</Dialog.Title>
            <Dialog.Description className={css.text}>{words.text}</Dialog.Description>
            <div className={field.field}>
              <label className={field.label} htmlFor={id}>
                {words.reason}
              </label>
              <input
                id={id}
                className={field.input}
                maxLength={MOST_REASON}
                autoComplete="off"
                placeholder={words.optional}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
            </div>
            <div className={css.actions}>
              <Dialog.Close className={button.button}>{words.cancel}</Dialog.Close>
              <button type="submit" className={`${button.button} ${button.primary}`}>
                {words.submit}
              </button>
            </div>
          </form>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
