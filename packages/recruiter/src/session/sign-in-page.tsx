import type { Me } from '@carrick/protocol/recruiter';
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { meQuery } from '../api/queries.ts';
import { Knot } from '../elements/icons.tsx';
import { messages, terms } from '../messages.ts';
import { SignInForm } from './sign-in-form.tsx';
import css from './sign-in-page.module.css';

const route = getRouteApi('/signin');

export function SignInPage() {
  const { to } = route.useSearch();
  const router = useRouter();
  const queryClient = useQueryClient();
  useEffect(() => {
    document.title = `${messages.signIn.title} · ${terms.product}`;
  }, []);
  const enter = (me: Me) => {
    // Nothing of whoever was here before.
    queryClient.clear();
    queryClient.setQueryData(meQuery.queryKey, me);
    router.history.replace(to ?? '/search');
  };
  return (
    <main className={css.page}>
      <div className={css.panel}>
        <p className={css.product}>
          <Knot size={32} />
          {terms.product}
        </p>
        <h1 className={css.title}>{messages.signIn.title}</h1>
        <SignInForm onSignedIn={enter} />
        <p className={css.help}>{messages.signIn.help}</p>
      </div>
    </main>
  );
}
