import type { InvitationAnswer } from '@carrick/protocol/account';
import { type FormEvent, useId, useState } from 'react';
import button from '../elements/button.module.css';
import { language } from '../language.ts';
import css from './admin-page.module.css';
import { words } from './invite-words.ts';
import { useChange } from './queries.ts';

const EMPTY = { email: '', firstName: '', lastName: '' };

/** Gives somebody a seat on the own contract; the password is chosen by whoever holds the mailbox. */
export function Invite() {
  const { change, isBusy } = useChange();
  const [given, setGiven] = useState(EMPTY);
  const [isAdmin, setAdmin] = useState(false);
  const [link, setLink] = useState<string | null>(null);
  const isReady = Object.values(given).every((text) => text.trim() !== '') && !isBusy;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!isReady) return;
    setLink(null);
    const body = { ...given, isAdmin, language: language === 'de' ? 'de' : 'en' };
    const isDone = await change<InvitationAnswer>('admin/invitations', body, (answer) => {
      setLink(answer.link);
      return answer.isMailed ? words.mailed(given.email) : words.handOn;
    });
    if (isDone) setGiven(EMPTY);
  };
  return (
    <section className={css.card} aria-labelledby="invite">
      <div className={css.cardHead}>
        <h2 className={css.cardTitle} id="invite">
          {words.title}
        </h2>
      </div>
      <form className={css.filters} onSubmit={(event) => void submit(event)}>
        {(['firstName', 'lastName', 'email'] as const).map((name) => (
          <Field
            key={name}
            label={words.fields[name]}
            type={name === 'email' ? 'email' : 'text'}
            value={given[name]}
            change={(text) => setGiven({ ...given, [name]: text })}
          />
        ))}
        <label>
          <input type="checkbox" checked={isAdmin} onChange={(event) => setAdmin(event.target.checked)} />
          {words.isAdmin}
        </label>
        <button type="submit" className={button.button} aria-disabled={!isReady || undefined}>
          {words.invite}
        </button>
      </form>
      {link && (
        <p className={css.empty}>
          {words.handOn} <code>{link}</code>
        </p>
      )}
    </section>
  );
}

function Field(props: { label: string; type: 'email' | 'text'; value: string; change(text: string): void }) {
  const id = useId();
  return (
    <div className={css.field}>
      <label htmlFor={id}>{props.label}</label>
      <input
        id={id}
        className={css.input}
        type={props.type}
        autoComplete="off"
        value={props.value}
        onChange={(event) => props.change(event.target.value)}
      />
    </div>
  );
}
