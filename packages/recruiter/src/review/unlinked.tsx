import { Collapsible } from '@base-ui/react/collapsible';
import type { CandidateSummary, MatchExplanation } from '@carrick/protocol/recruiter';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useRouteContext } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import button from '../elements/button.module.css';
import { useDelayed } from '../elements/delayed.ts';
import { Failure, Stale } from '../elements/failure.tsx';
import { CheckIcon, WarningIcon } from '../elements/icons.tsx';
import { clockTime } from '../elements/moment.ts';
import { SearchInput } from '../elements/search-input.tsx';
import { usePaused } from '../matches/find-dialog.tsx';
import { FindPerson } from '../matches/find-person.tsx';
import { MergeDialog } from '../matches/merge-dialog.tsx';
import { words as mergeWords } from '../matches/merge-words.ts';
import { candidatesQuery, explanationQuery } from '../matches/queries.ts';
import { words as all } from '../matches/words.ts';
import { dotted } from '../search/person-words.ts';
import type { MatchesAddress } from './matches-address.ts';
import { Pages } from './pages.tsx';
import css from './unlinked.module.css';

const words = all.unlinked;

/** The records that nobody is linked with, each with why. */
export function Unlinked({ address }: { address: MatchesAddress }) {
  const navigate = useNavigate();
  const [text, setText] = useState(address.q ?? '');
  const query = usePaused(text);
  useEffect(() => {
    if (query !== (address.q ?? ''))
      void navigate({
        to: '/matches',
        search: { view: 'unlinked', ...(query && { q: query }) },
        replace: true,
        resetScroll: false,
      });
  }, [query, address.q, navigate]);
  const { data, error, isPending, refetch } = useQuery(
    candidatesQuery(address.q ?? '', { isUnlinked: true, page: address.page ?? 1 }),
  );
  const isWaiting = useDelayed(isPending);
  return (
    <div className={css.unlinked} aria-busy={isPending}>
      <search className={css.search}>
        <SearchInput label={words.searchLabel} hint={words.searchHint} value={text} change={setText} />
      </search>
      {error && !data && <Failure title={words.failed} error={error} retry={() => void refetch()} />}
      {error && data && <Stale time={clockTime(data.answeredAt)} retry={() => void refetch()} />}
      {isPending && isWaiting && (
        <div className={css.records} aria-hidden="true" data-testid="skeleton">
          {Array.from({ length: 5 }, (_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
            <span key={index} className={css.ghost} />
          ))}
        </div>
      )}
      {data?.total === 0 && <p className={css.empty}>{address.q ? words.emptyFound : words.empty}</p>}
      {data && data.total > 0 && (
        <ul className={css.records} data-testid="unlinked">
          {data.candidates.map((candidate) => (
            <Record key={`${candidate.ats.atsNo} ${candidate.candidateId}`} candidate={candidate} />
          ))}
        </ul>
      )}
      {data && <Pages address={address} answer={data} />}
    </div>
  );
}

function Record({ candidate }: { candidate: CandidateSummary }) {
  const { me } = useRouteContext({ from: '/shell' });
  const [isOpen, setOpen] = useState(false);
  const [dialog, setDialog] = useState<'find' | 'merge' | null>(null);
  const { ats, candidateId, name, title, employer, emails } = candidate;
  return (
    <li className={css.record}>
      <Collapsible.Root open={isOpen} onOpenChange={setOpen}>
        <div className={css.line}>
          <div className={css.words}>
            <h2 className={css.name} dir="auto">
              {name}
            </h2>
            <p className={css.meta} dir="auto">
              {dotted(title, employer)}
            </p>
            <p className={css.meta}>{dotted(all.review.record(ats.name, candidateId), emails[0])}</p>
          </div>
          <div className={css.actions}>
            <Collapsible.Trigger
              className={button.button}
              aria-label={`${isOpen ? words.hide : words.why}: ${name}`}
            >
              {isOpen ? words.hide : words.why}
            </Collapsible.Trigger>
            {me.decidesMatches && (
              <>
                <button
                  type="button"
                  className={`${button.button} ${button.quiet}`}
                  aria-label={`${words.find}: ${name}`}
                  onClick={() => setDialog('find')}
                >
                  {words.find}
                </button>
                <button
                  type="button"
                  className={`${button.button} ${button.quiet}`}
                  aria-label={mergeWords.actionFor(`${name}, ${all.review.record(ats.name, candidateId)}`)}
                  onClick={() => setDialog('merge')}
                >
                  {mergeWords.action}
                </button>
              </>
            )}
          </div>
        </div>
        <Collapsible.Panel className={css.panel}>
          <WhyNot ats={ats.atsNo} candidateId={candidateId} />
        </Collapsible.Panel>
      </Collapsible.Root>
      {dialog === 'find' && <FindPerson candidate={candidate} close={() => setDialog(null)} />}
      {dialog === 'merge' && <MergeDialog candidate={candidate} close={() => setDialog(null)} />}
    </li>
  );
}

function WhyNot({ ats, candidateId }: { ats: number; candidateId: string }) {
  const { data, error, isPending } = useQuery(explanationQuery(ats, candidateId));
  if (isPending) return <div className={css.waiting} aria-busy="true" />;
  if (error && !data) return <p role="alert">{words.failed}</p>;
  return data ? <Reasons explanation={data} /> : null;
}

function Reasons({
  explanation: { proposals, identifiers, log, alsoOn, standing },
}: {
  explanation: MatchExplanation;
}) {
  const parted = log.filter(({ verdict, liftedAt }) => verdict === 'UNLINK' && liftedAt === null);
  const identifying = identifiers.filter(({ problem }) => problem === null);
  return (
    <div className={css.reasons} data-testid="why-not">
      <p>
        {standing === 'disputed'
          ? all.review.disputed
          : proposals > 0
            ? words.standing.proposed(proposals)
            : words.standing.none}{' '}
        {(proposals > 0 || standing === 'disputed') && (
          <Link to="/matches" search={{}}>
            {words.toReview}
          </Link>
        )}
      </p>
      <ul className={css.identifiers}>
        {identifiers.map(({ kind, value, problem }) => (
          <li key={`${kind} ${value}`} className={css.identifier} data-good={problem === null || undefined}>
            {problem === null ? <CheckIcon /> : <WarningIcon />}
            <span>
              <span className={css.kind}>{capital(all.identifiers[kind])}</span>
              {value && <bdi className={css.value}>{value}</bdi>}
              <span className={css.meta}>
                {problem === null ? words.identifies : words.problems[problem]}
              </span>
            </span>
          </li>
        ))}
      </ul>
      {identifying.length === 0 && <p className={css.meta}>{words.withoutIdentifier}</p>}
      {alsoOn.map(({ kind, candidates }) => (
        <p key={kind} className={css.meta}>
          {all.alsoOn(kind, candidates)}
        </p>
      ))}
      {parted.map(({ decisionNo, by, person }) => (
        <p key={decisionNo} className={css.meta}>
          {dotted(`${all.log.what.UNLINK} ${person?.name ?? all.log.closedAccount}`, by)}
        </p>
      ))}
    </div>
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
