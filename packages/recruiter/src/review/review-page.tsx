import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useRouteContext } from '@tanstack/react-router';
import { useEffect } from 'react';
import { RequestFailure } from '../api/request.ts';
import { Failure } from '../elements/failure.tsx';
import { roundShare } from '../matches/codes.ts';
import { words as mergeWords } from '../matches/merge-words.ts';
import { reviewQuery } from '../matches/queries.ts';
import { words as all } from '../matches/words.ts';
import { terms } from '../messages.ts';
import { DecisionLogView } from './decision-log.tsx';
import type { MatchesAddress } from './matches-address.ts';
import { Merges } from './merges.tsx';
import { Queue } from './queue.tsx';
import css from './review-page.module.css';
import { Unlinked } from './unlinked.tsx';

const route = getRouteApi('/shell/matches');
const words = all.review;
/** Of fewer a share says nothing. */
const ENOUGH = 10;

/** Who is who: what waits for a person, the records without a link, and what was decided. */
export function ReviewPage() {
  const address = route.useSearch();
  const { me } = useRouteContext({ from: '/shell' });
  const { view = 'queue', ats, kind } = address;
  const queue = useQuery({
    ...reviewQuery({ ats, kind, page: address.page }),
    enabled: me.decidesMatches && view === 'queue',
  });
  const { data } = queue;
  useEffect(() => {
    document.title = `${words.title} · ${terms.product}`;
  }, []);
  return (
    <div className={css.page}>
      <header className={css.header}>
        <div>
          <h1 className={css.title}>{words.title}</h1>
          <p className={css.lead}>{words.lead}</p>
        </div>
        {data && data.accepted + data.rejected > 0 && (
          <p className={css.yield} data-testid="yield">
            {words.yield(data.accepted, data.rejected)}
            <Yield accepted={data.accepted} rejected={data.rejected} />
            {data.accepted + data.rejected >= ENOUGH &&
              words.yieldShare(roundShare(data.accepted / (data.accepted + data.rejected)))}
          </p>
        )}
      </header>
      <nav className={css.views} aria-label={words.views}>
        <View isHere={view === 'queue'} search={{}}>
          {data ? words.queue(data.counts.all) : words.queuePlain}
        </View>
        <View isHere={view === 'unlinked'} search={{ view: 'unlinked' }}>
          {words.unlinked}
        </View>
        <View isHere={view === 'log'} search={{ view: 'log' }}>
          {words.log}
        </View>
        <View isHere={view === 'merged'} search={{ view: 'merged' }}>
          {mergeWords.list.view}
        </View>
      </nav>
      {view === 'queue' &&
        (me.decidesMatches ? (
          <Queue address={address} queue={queue} atss={me.atss} />
        ) : (
          <Failure
            title={words.failed}
            error={new RequestFailure(403, { code: 'MAY_NOT_DECIDE', message: '' })}
            retry={() => location.reload()}
          />
        ))}
      {view === 'unlinked' && <Unlinked address={address} />}
      {view === 'merged' && <Merges page={address.page ?? 1} />}
      {view === 'log' && <DecisionLogView page={address.page ?? 1} />}
    </div>
  );
}

function View({
  isHere,
  search,
  children,
}: {
  isHere: boolean;
  search: Pick<MatchesAddress, 'view'>;
  children: string;
}) {
  return (
    <Link
      to="/matches"
      search={search}
      className={css.view}
      activeOptions={{ exact: true }}
      aria-current={isHere ? 'page' : undefined}
      activeProps={{}}
    >
      {children}
    </Link>
  );
}

/** How many of the proposals were right, as a picture. */
function Yield({ accepted, rejected }: { accepted: number; rejected: number }) {
  const share = (accepted / (accepted + rejected)) * 100;
  return (
    <svg
      className={css.bar}
      viewBox="0 0 100 6"
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      <rect className={css.rejected} width="100" height="6" />
      <rect className={css.accepted} width={share} height="6" />
    </svg>
  );
}
