import { type FormEvent, useState } from 'react';
import { request } from '../api/request.ts';
import button from '../elements/button.module.css';
import { language } from '../locale.ts';
import { AccountFrame } from './account-frame.tsx';
import { words } from './account-words.ts';
import { explainAccount } from './explain-account.ts';
import { EmailField } from './sign-in-fields.tsx';
import css from './sign-in-form.module.css';

/** Asks for a link. What it answers tells nothing about the address. */
export function ForgottenPage() {
  const [email, setEmail] = useState('');
  const [isSent, setSent] = useState(false);
  const [problem, setProblem] = useState<string>();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(undefined);
    try {
      await request('/app/api/password/forgotten', {
        method: 'POST',
        body: { email, language: language === 'de' ? 'de' : 'en' },
        isAnonymous: true,
      });
      setSent(true);
    } catch (error) {
      setProblem(explainAccount(error));
    }
  };
  return (
    <AccountFrame title={words.forgotTitle} hint={words.forgotHint}>
      <form className={css.form} onSubmit={(event) => void submit(event)}>
        <EmailField value={email} onChange={setEmail} isKnown={false} isInvalid={problem !== undefined} />
        <button type="submit" className={`${button.button} ${button.primary} ${css.submit}`}>
          {words.send}
        </button>
        <div role="alert">{problem && <p className={css.refusal}>{problem}</p>}</div>
        <output className={css.hint}>{isSent && words.sent}</output>
      </form>
    </AccountFrame>
  );
}
