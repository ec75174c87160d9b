import { NOTE_LIMITS } from '@carrick/protocol/recruiter';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import button from '../elements/button.module.css';
import { Failure } from '../elements/failure.tsx';
import field from '../elements/field.module.css';
import { offerUndo, say as tell } from '../shell/notice.ts';
import css from './activities.module.css';
import type { Noted } from './open-activity.ts';
import { activitiesQuery, changeActivities } from './queries.ts';
import { useSaving } from './saving.ts';
import { words } from './words.ts';

/** Asks a colleague of the contract to look at a person; the colleague finds it under the bell. */
export function ShareForm({ person, close }: { person: Noted; close: () => void }) {
  const id = useId();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(activitiesQuery(person.id));
  const [seat, setSeat] = useState('');
  const [note, setNote] = useState('');
  const { problem, isSaving, run, say } = useSaving();
  if (error && !data) return <Failure title={words.shareFailed} error={error} retry={() => void refetch()} />;
  if (!data) return <div className={css.waiting} aria-busy="true" data-shown />;
  if (data.colleagues.length === 0) return <p>{words.noColleagues}</p>;

  const undo = async (no: number) => {
    try {
      await changeActivities(client, person.id, `shares/${no}/delete`, {});
      tell(words.shareTakenBack);
    } catch {
      tell(words.notSaved);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const colleague = data.colleagues.find(({ seatId }) => String(seatId) === seat);
    if (!colleague) return say(words.colleagueMissing);
    if (note.trim().length > NOTE_LIMITS.share) return say(words.tooLong(NOTE_LIMITS.share));
    run(async () => {
      const { seatId, name } = colleague;
      const { shares } = await changeActivities(client, person.id, 'shares', { seatId, note: note.trim() });
      const shared = shares.find(({ isOwn, to }) => isOwn && to === name);
      close();
      if (shared) offerUndo(words.shared(person.name, name), () => undo(shared.no));
    });
  };
  return (
    <form className={css.form} onSubmit={submit} noValidate>
      <div className={field.field}>
        <label className={field.label} htmlFor={`${id}-seat`}>
          {words.colleague}
        </label>
        <select
          id={`${id}-seat`}
          className={field.input}
          // biome-ignore lint/a11y/noAutofocus: the form was asked for, and is all there is in the dialog
          autoFocus
          value={seat}
          aria-invalid={problem !== null}
          aria-describedby={problem === null ? undefined : `${id}-problem`}
          onChange={(event) => setSeat(event.target.value)}
        >
          <option value="">{words.chooseColleague}</option>
          {data.colleagues.map(({ seatId, name }) => (
            <option key={seatId} value={seatId}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <div className={field.field}>
        <label className={field.label} htmlFor={`${id}-note`}>
          {words.shareNote}
        </label>
        <textarea
          id={`${id}-note`}
          className={`${field.input} ${css.text}`}
          dir="auto"
          rows={3}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        {problem !== null && (
          <p id={`${id}-problem`} className={css.problem} role="alert">
            {problem}
          </p>
        )}
      </div>
      <p className={css.muted}>{words.shareHint}</p>
      <div className={css.foot}>
        <span />
        <div className={css.actions}>
          <button type="button" className={button.button} onClick={close}>
            {words.cancel}
          </button>
          <button type="submit" className={`${button.button} ${button.primary}`} aria-disabled={isSaving}>
            {isSaving ? words.sharing : words.share}
          </button>
        </div>
      </div>
    </form>
  );
}
