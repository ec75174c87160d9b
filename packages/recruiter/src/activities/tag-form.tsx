import { NOTE_LIMITS } from '@carrick/protocol/recruiter';
import { type FormEvent, useId, useState } from 'react';
import button from '../elements/button.module.css';
import field from '../elements/field.module.css';
import css from './activities.module.css';
import { useSaving } from './saving.ts';
import { words } from './words.ts';

interface TagFormProps {
  /** Tags that the contract uses, to choose from. */
  known: readonly string[];
  isFocused?: boolean;
  add(tag: string): Promise<void>;
}

export function TagForm({ known, isFocused = false, add }: TagFormProps) {
  const id = useId();
  const [tag, setTag] = useState('');
  const { problem, isSaving, run, say } = useSaving();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const text = tag.trim();
    if (text === '' || text.length > NOTE_LIMITS.tag)
      return say(text === '' ? words.tagMissing : words.tooLong(NOTE_LIMITS.tag));
    run(async () => {
      await add(text);
      setTag('');
    });
  };
  return (
    <form className={css.form} onSubmit={submit} noValidate>
      <div className={field.field}>
        <label className={field.label} htmlFor={id}>
          {words.tag}
        </label>
        <div className={css.line}>
          <input
            id={id}
            className={field.input}
            dir="auto"
            list={known.length > 0 ? `${id}-known` : undefined}
            // biome-ignore lint/a11y/noAutofocus: the form was asked for, and is all there is in the dialog
            autoFocus={isFocused}
            autoComplete="off"
            value={tag}
            aria-invalid={problem !== null}
            aria-describedby={problem === null ? undefined : `${id}-problem`}
            onChange={(event) => setTag(event.target.value)}
          />
          {known.length > 0 && (
            <datalist id={`${id}-known`}>
              {known.map((each) => (
                <option key={each} value={each} />
              ))}
            </datalist>
          )}
          <button type="submit" className={button.button} aria-disabled={isSaving}>
            {words.addTag}
          </button>
        </div>
        {problem !== null && (
          <p id={`${id}-problem`} className={css.problem} role="alert">
            {problem}
          </p>
        )}
      </div>
    </form>
  );
}
