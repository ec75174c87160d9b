import {
  NOTE_LIMITS,
  NOTE_VISIBILITIES,
  type NoteRequest,
  type NoteVisibility,
} from '@carrick/protocol/recruiter';
import { type FormEvent, useId, useRef, useState } from 'react';
import button from '../elements/button.module.css';
import field from '../elements/field.module.css';
import css from './activities.module.css';
import { useSaving } from './saving.ts';
import { words } from './words.ts';

interface NoteFormProps {
  initial?: NoteRequest;
  isFocused?: boolean;
  save(note: NoteRequest): Promise<void>;
  cancel?(): void;
}

/** What was written stays in the form when it could not be saved. */
export function NoteForm({ initial, isFocused = false, save, cancel }: NoteFormProps) {
  const id = useId();
  const input = useRef<HTMLTextAreaElement>(null);
  const [body, setBody] = useState(initial?.body ?? '');
  const [visibility, setVisibility] = useState<NoteVisibility>(initial?.visibility ?? 'CONTRACT');
  const { problem, isSaving, run, say } = useSaving();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const text = body.trim();
    if (text === '' || text.length > NOTE_LIMITS.body) {
      say(text === '' ? words.noteMissing : words.tooLong(NOTE_LIMITS.body));
      input.current?.focus();
      return;
    }
    run(async () => {
      await save({ body: text, visibility });
      setBody('');
    });
  };
  return (
    <form className={css.form} onSubmit={submit} noValidate>
      <div className={field.field}>
        <label className={field.label} htmlFor={id}>
          {words.note}
        </label>
        <textarea
          ref={input}
          id={id}
          className={`${field.input} ${css.text}`}
          dir="auto"
          rows={4}
          // biome-ignore lint/a11y/noAutofocus: the form was asked for, and is all there is in the dialog
          autoFocus={isFocused}
          value={body}
          aria-invalid={problem !== null}
          aria-describedby={problem === null ? undefined : `${id}-problem`}
          onChange={(event) => setBody(event.target.value)}
        />
        {problem !== null && (
          <p id={`${id}-problem`} className={css.problem} role="alert">
            {problem}
          </p>
        )}
      </div>
      <div className={css.foot}>
        <label className={css.choice}>
          <span>{words.visibility}</span>
          <select
            className={`${field.input} ${css.select}`}
            value={visibility}
            onChange={(event) =>
              setVisibility(NOTE_VISIBILITIES.find((each) => each === event.target.value) ?? 'CONTRACT')
            }
          >
            {NOTE_VISIBILITIES.map((each) => (
              <option key={each} value={each}>
                {words.visibilities[each]}
              </option>
            ))}
          </select>
        </label>
        <div className={css.actions}>
          {cancel && (
            <button type="button" className={button.button} onClick={cancel}>
              {words.cancel}
            </button>
          )}
          <button type="submit" className={`${button.button} ${button.primary}`} aria-disabled={isSaving}>
            {isSaving ? words.saving : words.save}
          </button>
        </div>
      </div>
    </form>
  );
}
