import type { PartnerMe } from '@carrick/protocol/partner-console';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { RequestFailure } from '../api/request.ts';
import button from '../elements/button.module.css';
import { Knot, WarningIcon } from '../elements/icons.tsx';
import { EmailField, PasswordField } from '../session/sign-in-fields.tsx';
import form from '../session/sign-in-form.module.css';
import page from '../session/sign-in-page.module.css';
import { ask, partnerMeQuery } from './queries.ts';
import { words } from './words.ts';

export function PartnerSignIn() {
  const client = useQueryClient();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [refusal, setRefusal] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const passwordField = useRef<HTMLInputElement>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    if (!email.trim() || !password) return setRefusal(words.missing);
    setBusy(true);
    setRefusal(undefined);
    try {
      const me = await ask<PartnerMe>('sign-in', { method: 'POST', body: { email: email.trim(), password } });
      client.setQueryData(partnerMeQuery.queryKey, me);
    } catch (error) {
      setRefusal(explain(error));
      passwordField.current?.select();
    } finally {
      setBusy(false);
    }
  };
  return (
    <main className={page.page}>
      <div className={page.panel}>
        <p className={page.product}>
          <Knot size={32} />
          {words.product}
        </p>
        <h1 className={page.title}>{words.signIn}</h1>
        <form className={form.form} onSubmit={(event) => void submit(event)} noValidate>
          {refusal && (
            <p className={form.refusal} role="alert">
              <WarningIcon />
              {refusal}
            </p>
          )}
          <EmailField value={email} onChange={setEmail} isKnown={false} isInvalid={refusal !== undefined} />
          <PasswordField
            value={password}
            onChange={setPassword}
            field={passwordField}
            takesFocus={false}
            isInvalid={refusal !== undefined}
          />
          <button
            type="submit"
            className={`${button.button} ${button.primary} ${form.submit}`}
            aria-disabled={isBusy || undefined}
          >
            {words.signInButton}
          </button>
        </form>
        <p className={page.help}>{words.signInHelp}</p>
      </div>
    </main>
  );
}

function explain(error: unknown): string {
  if (error instanceof RequestFailure && error.status === 401) return words.refused;
  if (error instanceof RequestFailure && error.status === 429) return words.tooMany;
  return words.failedChange;
}
