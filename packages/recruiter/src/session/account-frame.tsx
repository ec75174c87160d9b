import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import { Knot } from '../elements/icons.tsx';
import { terms } from '../messages.ts';
import { words } from './account-words.ts';
import css from './sign-in-page.module.css';

/** A page before there is a session: one card, and the way to sign in. */
export function AccountFrame({
  title,
  hint,
  children,
}: {
  title: string;
  hint?: string;
  children: ReactNode;
}) {
  useEffect(() => {
    document.title = `${title} · ${terms.product}`;
  }, [title]);
  return (
    <main className={css.page}>
      <div className={css.panel}>
        <p className={css.product}>
          <Knot size={32} />
          {terms.product}
        </p>
        <h1 className={css.title}>{title}</h1>
        {hint && <p className={css.ended}>{hint}</p>}
        {children}
        <p className={css.help}>
          <Link to="/signin">{words.toSignIn}</Link>
        </p>
      </div>
    </main>
  );
}
