import { type FormEvent, useRef, useState } from 'react';
import { request } from '../api/request.ts';
import button from '../elements/button.module.css';
import { AccountFrame } from './account-frame.tsx';
import { words } from './account-words.ts';
import { explainAccount } from './explain-account.ts';
import { PasswordField } from './sign-in-fields.tsx';
import css from './sign-in-form.module.css';

/** Where links for a password lead. The token stands behind the `#`, so that no server but ours ever gets it, and that in a body. */
export function PasswordPage() {
  const [password, setPassword] = useState('');
  const [isSaved, setSaved] = useState(false);
  const [problem, setProblem] = useState<string>();
  const field = useRef<HTMLInputElement>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(undefined);
    try {
      const token = location.hash.slice(1);
      await request('/app/api/password/chosen', {
        method: 'POST',
        body: { token, password },
        isAnonymous: true,
      });
      setSaved(true);
      setPassword('');
      history.replaceState(history.state, '', location.pathname);
    } catch (error) {
      setProblem(explainAccount(error));
      field.current?.focus();
    }
  };
  return (
    <AccountFrame title={words.chooseTitle} hint={words.chooseHint}>
      {!isSaved && (
        <form className={css.form} onSubmit={(event) => void submit(event)}>
          <PasswordField
            label={words.newPassword}
            autoComplete="new-password"
            value={password}
            onChange={setPassword}
            field={field}
            takesFocus={false}
            isInvalid={problem !== undefined}
          />
          <button type="submit" className={`${button.button} ${button.primary} ${css.submit}`}>
            {words.save}
          </button>
          <div role="alert">{problem && <p className={css.refusal}>{problem}</p>}</div>
        </form>
      )}
      <output className={css.hint}>{isSaved && words.saved}</output>
    </AccountFrame>
  );
}
