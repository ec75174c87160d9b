import type { Me } from '@carrick/protocol/recruiter';
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { meQuery } from '../api/queries.ts';
import { Knot } from '../elements/icons.tsx';
import { messages, terms } from '../messages.ts';
import { words } from './account-words.ts';
import { ProviderSignIn } from './provider-sign-in.tsx';
import form from './sign-in-form.module.css';
import { SignInForm } from './sign-in-form.tsx';
import css from './sign-in-page.module.css';

const route = getRouteApi('/signin');

export function SignInPage() {
  const { to, problem } = route.useSearch();
  const router = useRouter();
  const queryClient = useQueryClient();
  useEffect(() => {
    document.title = `${messages.signIn.title} · ${terms.product}`;
  }, []);
  const enter = (me: Me) => {
    // Nothing of whoever was here before.
    queryClient.clear();
    queryClient.setQueryData(meQuery.queryKey, me);
    router.history.replace(to ?? '/home');
  };
  return (
    <main className={css.page}>
      <div className={css.panel}>
        <p className={css.product}>
          <Knot size={32} />
          {terms.product}
        </p>
        <h1 className={css.title}>{messages.signIn.title}</h1>
        {problem && (
          <p className={form.refusal} role="alert">
            {words.problems[problem]}
          </p>
        )}
        <SignInForm onSignedIn={enter} />
        <ProviderSignIn to={to} />
        <p className={css.help}>
          <Link to="/forgotten">{words.forgot}</Link>
        </p>
        <p className={css.help}>{messages.signIn.help}</p>
      </div>
    </main>
  );
}
