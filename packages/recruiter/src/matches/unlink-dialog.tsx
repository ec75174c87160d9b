import { Dialog } from '@base-ui/react/dialog';
import { type CandidateSummary, UNLINK_REASONS, type UnlinkReason } from '@carrick/protocol/recruiter';
import { type FormEvent, useId, useState } from 'react';
import button from '../elements/button.module.css';
import { DialogHeading } from '../elements/dialog-heading.tsx';
import overlay from '../elements/overlay.module.css';
import { messages } from '../messages.ts';
import { useDecide } from './queries.ts';
import css from './unlink-dialog.module.css';
import { words as all } from './words.ts';

const words = all.unlinkDialog;
const MOST_NOTE = 500;

interface UnlinkDialogProps {
  isOpen: boolean;
  close(): void;
  candidate: CandidateSummary;
  person: { readonly id: string; readonly name: string };
}

export function UnlinkDialog({ isOpen, close, candidate, person }: UnlinkDialogProps) {
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={overlay.veil} />
        <Dialog.Popup className={overlay.dialog}>
          <UnlinkForm close={close} candidate={candidate} person={person} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function UnlinkForm({ close, candidate, person }: Omit<UnlinkDialogProps, 'isOpen'>) {
  const noteId = useId();
  const decide = useDecide();
  const [reason, setReason] = useState<UnlinkReason>('other-person');
  const [note, setNote] = useState('');
  const [isBusy, setBusy] = useState(false);
  const record = all.review.record(candidate.ats.name, candidate.candidateId);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    setBusy(true);
    const isDone = await decide(
      {
        atsNo: candidate.ats.atsNo,
        candidateId: candidate.candidateId,
        personId: person.id,
        verdict: 'UNLINK',
        reason,
        ...(note.trim() && { note: note.trim() }),
      },
      { record, person: person.name },
    );
    setBusy(false);
    if (isDone) close();
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <DialogHeading title={words.title} closeLabel={messages.keys.close} />
      <Dialog.Description className={css.text}>{words.text(record, person.name)}</Dialog.Description>
      <fieldset className={css.reasons}>
        <legend className={css.legend}>{words.reason}</legend>
        {UNLINK_REASONS.map((value) => (
          <label key={value} className={css.reason}>
            <input
              type="radio"
              className={css.radio}
              name="reason"
              value={value}
              checked={reason === value}
              onChange={() => setReason(value)}
            />
            {words.reasons[value]}
          </label>
        ))}
      </fieldset>
      <label htmlFor={noteId} className={css.legend}>
        {words.note} <span className={css.hint}>{words.noteHint}</span>
      </label>
      <textarea
        id={noteId}
        className={css.note}
        rows={2}
        maxLength={MOST_NOTE}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <div className={css.actions}>
        <Dialog.Close className={button.button}>{words.cancel}</Dialog.Close>
        <button
          type="submit"
          className={`${button.button} ${button.primary}`}
          aria-disabled={isBusy || undefined}
        >
          {words.confirm}
        </button>
      </div>
    </form>
  );
}
