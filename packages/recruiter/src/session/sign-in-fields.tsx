import { type RefObject, useId, useState } from 'react';
import button from '../elements/button.module.css';
import css from '../elements/field.module.css';
import { messages } from '../messages.ts';

const words = messages.signIn;

interface FieldProps {
  value: string;
  onChange(value: string): void;
  isInvalid: boolean;
}

export function EmailField({ value, onChange, isInvalid, isKnown }: FieldProps & { isKnown: boolean }) {
  const id = useId();
  return (
    <div className={css.field}>
      <label className={css.label} htmlFor={id}>
        {words.email}
      </label>
      <input
        id={id}
        className={css.input}
        type="email"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        readOnly={isKnown}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-invalid={isInvalid || undefined}
        required
      />
    </div>
  );
}

interface PasswordFieldProps extends FieldProps {
  field: RefObject<HTMLInputElement | null>;
  takesFocus: boolean;
  /** Of a new password; else it is the one that is known. */
  label?: string;
  autoComplete?: 'current-password' | 'new-password';
}

export function PasswordField({
  value,
  onChange,
  isInvalid,
  field,
  takesFocus,
  label = words.password,
  autoComplete = 'current-password',
}: PasswordFieldProps) {
  const id = useId();
  const [isShown, setShown] = useState(false);
  return (
    <div className={css.field}>
      <label className={css.label} htmlFor={id}>
        {label}
      </label>
      <div className={css.box}>
        <input
          id={id}
          ref={field}
          className={css.input}
          type={isShown ? 'text' : 'password'}
          autoComplete={autoComplete}
          autoCapitalize="none"
          spellCheck={false}
          // biome-ignore lint/a11y/noAutofocus: the dialog's only open field; the page itself focuses nothing
          autoFocus={takesFocus}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          aria-invalid={isInvalid || undefined}
          required
        />
        <button
          type="button"
          className={`${button.text} ${css.toggle}`}
          aria-pressed={isShown}
          aria-label={words.showPassword}
          onClick={() => setShown(!isShown)}
        >
          {isShown ? words.hide : words.show}
        </button>
      </div>
    </div>
  );
}
