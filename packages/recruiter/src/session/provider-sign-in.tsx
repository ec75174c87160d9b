import { queryOptions, useQuery } from '@tanstack/react-query';
import { request } from '../api/request.ts';
import button from '../elements/button.module.css';
import { words } from './account-words.ts';
import css from './sign-in-form.module.css';

const providersQuery = queryOptions({
  queryKey: ['providers'],
  queryFn: ({ signal }) =>
    request<{ oidc: string | null }>('/app/api/sign-in/providers', { signal, isAnonymous: true }),
});

/** Signing in elsewhere, where the deployment has a provider. */
export function ProviderSignIn({ to }: { to: string | undefined }) {
  const { data } = useQuery(providersQuery);
  if (!data?.oidc) return null;
  return (
    <div className={css.form}>
      <p className={css.hint}>{words.or}</p>
      <a
        className={`${button.button} ${css.submit}`}
        href={`/app/oidc/start${to === undefined ? '' : `?to=${encodeURIComponent(to)}`}`}
      >
        {words.with(data.oidc)}
      </a>
    </div>
  );
}
