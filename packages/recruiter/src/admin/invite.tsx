import type { InvitationAnswer } from '@carrick/protocol/account';
import { type FormEvent, useState } from 'react';
import button from '../elements/button.module.css';
import { language } from '../locale.ts';
import css from './admin-page.module.css';
import inviteCss from './invite.module.css';
import { useChange } from './queries.ts';
import { words } from './words.ts';

const NOBODY = { email: '', firstName: '', lastName: '', isAdmin: false };

/** A seat for somebody new; whoever holds the mailbox chooses the password. */
export function Invite() {
  const { change, isBusy } = useChange();
  const [given, setGiven] = useState(NOBODY);
  const [problem, setProblem] = useState<string>();
  const [link, setLink] = useState<string | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const { firstName, lastName } = given;
    const email = given.email.trim();
    if (!/^[^\s@]+@[^\s@]+$/.test(email) || !firstName.trim() || !lastName.trim())
      return setProblem(words.inviteMissing);
    setProblem(undefined);
    setLink(null);
    const isDone = await change<InvitationAnswer>(
      'admin/invitations',
      { ...given, email, language: language === 'de' ? 'de' : 'en' },
      (answer) => {
        setLink(answer.link);
        return words.invited(email, answer.isMailed);
      },
    );
    if (isDone) setGiven(NOBODY);
  };
  const text = (name: 'email' | 'firstName' | 'lastName', label: string) => (
    <label className={css.field}>
      {label}
      <input
        className={css.input}
        type={name === 'email' ? 'email' : 'text'}
        autoComplete="off"
        value={given[name]}
        onChange={({ target }) => setGiven({ ...given, [name]: target.value })}
      />
    </label>
  );
  return (
    <section className={css.card} aria-labelledby="invite" data-testid="invite">
      <div className={css.cardHead}>
        <div>
          <h2 className={css.cardTitle} id="invite">
            {words.invite}
          </h2>
          <p className={css.meta}>{words.inviteHint}</p>
        </div>
      </div>
      <form className={inviteCss.form} onSubmit={(event) => void submit(event)} noValidate>
        {text('email', words.inviteEmail)}
        {text('firstName', words.inviteFirstName)}
        {text('lastName', words.inviteLastName)}
        <label className={inviteCss.check}>
          <input
            type="checkbox"
            checked={given.isAdmin}
            onChange={({ target }) => setGiven({ ...given, isAdmin: target.checked })}
          />
          {words.admin}
        </label>
        <button type="submit" className={button.button} aria-disabled={isBusy || undefined}>
          {words.inviteButton}
        </button>
        {problem && (
          <p className={inviteCss.problem} role="alert">
            {problem}
          </p>
        )}
        {link !== null && (
          <p className={inviteCss.link} role="status">
            {words.inviteLink} <code>{link}</code>
          </p>
        )}
      </form>
    </section>
  );
}
