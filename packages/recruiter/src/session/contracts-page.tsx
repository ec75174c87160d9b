import type { ContractsAnswer } from '@carrick/protocol/account';
import type { Me } from '@carrick/protocol/recruiter';
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { meQuery } from '../api/queries.ts';
import { request } from '../api/request.ts';
import { Failure } from '../elements/failure.tsx';
import { ForwardIcon } from '../elements/icons.tsx';
import { terms } from '../messages.ts';
import { words } from './account-words.ts';
import { explainAccount } from './explain-account.ts';
import css from './sign-in-form.module.css';
import page from './sign-in-page.module.css';

const route = getRouteApi('/shell/contracts');
const contractsQuery = queryOptions({
  queryKey: ['contracts'],
  queryFn: ({ signal }) => request<ContractsAnswer>('/app/api/contracts', { signal }),
});

/** Another contract of the same person, without signing in again. */
export function ContractsPage() {
  const { to } = route.useSearch();
  const router = useRouter();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(contractsQuery);
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    document.title = `${words.contracts} · ${terms.product}`;
  }, []);
  const choose = async (seatId: string, isCurrent: boolean) => {
    try {
      if (!isCurrent) {
        const me = await request<Me>('/app/api/contracts', { method: 'POST', body: { seatId } });
        // Nothing of the contract of before.
        client.clear();
        client.setQueryData(meQuery.queryKey, me);
      }
      router.history.replace(to ?? '/home');
    } catch (failure) {
      setProblem(explainAccount(failure));
    }
  };
  return (
    <section className={`${css.form} ${css.alone}`}>
      <header>
        <h1 className={page.title}>{words.contracts}</h1>
        <p className={css.hint}>{words.contractsHint}</p>
      </header>
      {error && !data && <Failure title={words.contractsFailed} error={error} retry={() => void refetch()} />}
      <ul className={css.seats} aria-busy={!data && !error}>
        {data?.seats.map(({ seatId, contract, organisation, isCurrent }) => (
          <li key={seatId}>
            <button
              type="button"
              className={css.seat}
              aria-current={isCurrent || undefined}
              onClick={() => void choose(seatId, isCurrent)}
            >
              <span>
                <strong className={css.contract}>{contract}</strong>
                <span className={css.organisation}>
                  <bdi>{organisation}</bdi>
                  {isCurrent && ` · ${words.current}`}
                </span>
              </span>
              <ForwardIcon />
            </button>
          </li>
        ))}
      </ul>
      <div role="alert">{problem && <p className={css.refusal}>{problem}</p>}</div>
    </section>
  );
}
