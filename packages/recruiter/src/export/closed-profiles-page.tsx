import type { ClosedProfile, ClosedProfileDecision, ClosedProfiles } from '@carrick/protocol/exports';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { request } from '../api/request.ts';
import button from '../elements/button.module.css';
import { Failure } from '../elements/failure.tsx';
import { Time } from '../elements/time.tsx';
import { terms } from '../messages.ts';
import { announce } from '../shell/announcer.tsx';
import css from './closed-profiles-page.module.css';
import { words } from './words.ts';

const PATH = '/app/api/exports/closed';
const closedProfilesQuery = queryOptions({
  queryKey: ['export', 'closed'],
  queryFn: ({ signal }) => request<ClosedProfiles>(PATH, { signal }),
});

/** For administrators: exported people whose account is closed since, and what is decided of the copies in the ATS. */
export function ClosedProfilesPage() {
  const { data, error, refetch } = useQuery(closedProfilesQuery);
  useEffect(() => {
    document.title = `${words.closedTitle} · ${terms.product}`;
  }, []);
  return (
    <div className={css.page} aria-busy={!data && !error}>
      <h1 className={css.title}>{words.closedTitle}</h1>
      <p className={css.hint}>{words.closedHint}</p>
      {error && !data && <Failure title={words.closedFailed} error={error} retry={() => void refetch()} />}
      {data?.profiles.length === 0 && <p className={css.card}>{words.closedNone}</p>}
      {data && data.profiles.length > 0 && (
        <ul className={css.list}>
          {data.profiles.map((profile) => (
            <Notice key={`${profile.person} ${profile.ats.atsNo}`} profile={profile} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Notice({ profile }: { profile: ClosedProfile }) {
  const { person, ats, candidateIds, closedAt, dueAt, toldAt, decision, decisions } = profile;
  const queryClient = useQueryClient();
  const { mutate, isPending } = useMutation({
    mutationFn: (chosen: ClosedProfileDecision) =>
      request(PATH, { method: 'POST', body: { person, atsNo: ats.atsNo, decision: chosen } }),
    onSuccess: () => {
      announce(words.decided);
      return queryClient.invalidateQueries({ queryKey: closedProfilesQuery.queryKey });
    },
    onError: () => announce(words.decideFailed),
  });
  const record = candidateIds.length > 0 ? candidateIds.join(', ') : words.noRecord;
  return (
    <li className={css.card} data-testid="closed-profile">
      <h2 className={css.name}>{words.recordIn(ats.name, record)}</h2>
      <dl className={css.facts}>
        <dt>{words.closedOn}</dt>
        <dd>
          <Time at={closedAt} />
        </dd>
        <dt>{words.dueOn}</dt>
        <dd>
          <Time at={dueAt} />
        </dd>
        <dt>{words.atsAsked}</dt>
        <dd>{toldAt === null ? words.notFetched : <Time at={toldAt} />}</dd>
      </dl>
      {decisions.length > 0 && (
        <ol className={css.decisions}>
          {decisions.map((each) => (
            <li key={`${each.at} ${each.decision}`}>
              {words.decisions[each.decision]} · {each.by} · <Time at={each.at} />
            </li>
          ))}
        </ol>
      )}
      <div className={css.actions}>
        {(['DELETED', 'KEPT'] as const).map((each) => (
          <button
            key={each}
            type="button"
            className={button.button}
            disabled={isPending || decision === each}
            onClick={() => mutate(each)}
          >
            {words.decide[each]}
          </button>
        ))}
      </div>
    </li>
  );
}
