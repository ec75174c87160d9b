import type { Ats, DecideRequest, ReviewAnswer, ReviewItem } from '@carrick/protocol/recruiter';
import { REVIEW_KINDS } from '@carrick/protocol/recruiter';
import type { UseQueryResult } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import button from '../elements/button.module.css';
import { useDelayed } from '../elements/delayed.ts';
import { Failure, Stale } from '../elements/failure.tsx';
import { BackIcon, ForwardIcon } from '../elements/icons.tsx';
import { clockTime } from '../elements/moment.ts';
import { likelihood, sureness } from '../matches/codes.ts';
import { useDecide } from '../matches/queries.ts';
import { words as all } from '../matches/words.ts';
import { undoLatest } from '../shell/notice.ts';
import { useSingleKey } from '../shell/single-key.ts';
import type { MatchesAddress } from './matches-address.ts';
import { Pages } from './pages.tsx';
import { Pair } from './pair.tsx';
import css from './queue.module.css';

const words = all.review;

interface QueueProps {
  address: MatchesAddress;
  queue: UseQueryResult<ReviewAnswer>;
  atss: readonly Ats[];
}

export function Queue({ address, queue: { data, error, isPending, refetch }, atss }: QueueProps) {
  const isWaiting = useDelayed(isPending);
  const isFiltered = address.kind !== undefined || address.ats !== undefined;
  return (
    <div className={css.queue} aria-busy={isPending}>
      {error && !data && <Failure title={words.failed} error={error} retry={() => void refetch()} />}
      {error && data && <Stale time={clockTime(data.answeredAt)} retry={() => void refetch()} />}
      {isPending && isWaiting && <Skeleton />}
      {data && (data.counts.all > 0 || isFiltered) && <Filters address={address} answer={data} atss={atss} />}
      {data && data.total === 0 && <Empty isFiltered={isFiltered} />}
      {data && data.total > 0 && <Waiting answer={data} />}
      {data && <Pages address={address} answer={data} />}
    </div>
  );
}

function Filters({
  address,
  answer,
  atss,
}: {
  address: MatchesAddress;
  answer: ReviewAnswer;
  atss: readonly Ats[];
}) {
  const navigate = useNavigate();
  const { kind: _, page: __, ...rest } = address;
  return (
    <div className={css.filters}>
      <nav className={css.kinds} aria-label={words.kindsLabel}>
        {REVIEW_KINDS.filter(
          (kind) => kind === 'all' || kind === address.kind || answer.counts[kind] > 0,
        ).map((kind) => (
          <Link
            key={kind}
            to="/matches"
            search={kind === 'all' ? rest : { ...rest, kind }}
            className={css.kind}
            activeOptions={{ exact: true }}
            aria-current={(address.kind ?? 'all') === kind ? 'true' : undefined}
            activeProps={{}}
          >
            {words.kinds[kind]} <span className={css.count}>{answer.counts[kind]}</span>
          </Link>
        ))}
      </nav>
      {atss.length > 1 && (
        <label className={css.system}>
          {words.atsLabel}
          <select
            className={css.select}
            value={address.ats ?? ''}
            onChange={({ target }) => {
              const { ats: _ats, page: _page, ...others } = address;
              void navigate({
                to: '/matches',
                search: target.value ? { ...others, ats: Number(target.value) } : others,
              });
            }}
          >
            <option value="">{words.allAtss}</option>
            {atss.map(({ atsNo, name }) => (
              <option key={atsNo} value={atsNo}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
    </div>
  );
}

const keyOf = ({ candidate: { ats, candidateId } }: ReviewItem): string => `${ats.atsNo} ${candidateId}`;

/** List and pair; which record is looked at survives what leaves and joins the list around it. */
function Waiting({ answer }: { answer: ReviewAnswer }) {
  const decide = useDecide();
  const [decided, setDecided] = useState<ReadonlySet<string>>(() => new Set());
  const [chosen, setChosen] = useState<string | null>(null);
  const [place, setPlace] = useState(0);
  const [isListShown, setListShown] = useState(false);
  const [proposalNo, setProposalNo] = useState(0);
  const pair = useRef<HTMLElement>(null);
  // A new answer no longer holds what was decided, or holds it again because it was undone.
  const [seen, setSeen] = useState(answer.answeredAt);
  if (seen !== answer.answeredAt) {
    setSeen(answer.answeredAt);
    setDecided(new Set());
  }
  const items = answer.items.filter(
    (item) => !item.proposals.every(({ person }) => decided.has(`${keyOf(item)} ${person.id}`)),
  );
  const found = items.findIndex((item) => keyOf(item) === chosen);
  const index = found >= 0 ? found : Math.min(place, items.length - 1);
  const item = items[index];
  const proposals = item?.proposals.filter(({ person }) => !decided.has(`${keyOf(item)} ${person.id}`)) ?? [];
  const proposal = proposals[Math.min(proposalNo, proposals.length - 1)];

  const go = (to: number) => {
    const next = items[to];
    if (!next) return;
    setChosen(keyOf(next));
    setPlace(to);
    setProposalNo(0);
    setListShown(false);
  };
  const say = (verdict: DecideRequest['verdict']) => {
    if (!item || !proposal) return;
    const { candidate } = item;
    const { person } = proposal;
    const gone = verdict === 'LINK' ? item.proposals.map((each) => each.person.id) : [person.id];
    setDecided(new Set([...decided, ...gone.map((id) => `${keyOf(item)} ${id}`)]));
    if (gone.length === proposals.length || verdict === 'LINK') {
      // What follows moves up into its place.
      setChosen(items[index + 1] ? keyOf(items[index + 1] as ReviewItem) : null);
      setPlace(index);
      setProposalNo(0);
    }
    void decide(
      { atsNo: candidate.ats.atsNo, candidateId: candidate.candidateId, personId: person.id, verdict },
      { record: words.record(candidate.ats.name, candidate.candidateId), person: person.name },
    ).then((isDone) => {
      if (!isDone) setDecided(new Set());
    });
  };
  useSingleKey('y', () => say('LINK'));
  useSingleKey('n', () => say('UNLINK'));
  useSingleKey('u', undoLatest);
  useSingleKey('ArrowDown', () => go(index + 1));
  useSingleKey('ArrowUp', () => go(index - 1));
  useSingleKey('j', () => go(index + 1));
  useSingleKey('k', () => go(index - 1));
  useSingleKey('ArrowRight', () => setProposalNo(Math.min(proposalNo + 1, proposals.length - 1)));
  useSingleKey('ArrowLeft', () => setProposalNo(Math.max(proposalNo - 1, 0)));

  const key = item ? keyOf(item) : null;
  const shown = useRef(key);
  useEffect(() => {
    if (shown.current === key) return;
    shown.current = key;
    // On a small screen the pair begins at its top; on a large one it stands beside the list.
    if (matchMedia('(width < 900px)').matches) pair.current?.scrollIntoView({ block: 'start' });
  }, [key]);

  if (!item || !proposal) return <p className={css.done}>{words.done}</p>;
  return (
    <div className={css.columns} data-list={isListShown || undefined}>
      <div className={css.steps}>
        <Step label={words.previous} isOff={index === 0} go={() => go(index - 1)}>
          <BackIcon />
        </Step>
        <span className={css.position} aria-live="polite">
          {words.position((answer.page - 1) * answer.pageSize + index + 1, answer.total)}
        </span>
        <Step label={words.next} isOff={index >= items.length - 1} go={() => go(index + 1)}>
          <ForwardIcon />
        </Step>
        <button
          type="button"
          className={`${button.button} ${css.listButton}`}
          aria-expanded={isListShown}
          onClick={() => setListShown(!isListShown)}
        >
          {words.showList}
        </button>
      </div>
      <ol className={css.list} aria-label={words.list} data-testid="review-list">
        {items.map((each, at) => (
          <li key={keyOf(each)}>
            <button
              type="button"
              className={css.item}
              aria-current={at === index ? 'true' : undefined}
              onClick={() => go(at)}
            >
              <Line item={each} />
            </button>
          </li>
        ))}
      </ol>
      <section ref={pair} className={css.pair} aria-label={item.candidate.name}>
        <Pair
          key={keyOf(item)}
          item={item}
          proposals={proposals}
          proposal={proposal}
          choose={setProposalNo}
          decide={say}
        />
      </section>
    </div>
  );
}

function Step({
  label,
  isOff,
  go,
  children,
}: {
  label: string;
  isOff: boolean;
  go(): void;
  children: React.ReactNode;
}) {
  return (
    <button
      type="button"
      className={`${button.button} ${button.icon}`}
      aria-label={label}
      aria-disabled={isOff || undefined}
      onClick={go}
    >
      {children}
    </button>
  );
}

function Line({ item: { candidate, proposals, isDisputed } }: { item: ReviewItem }) {
  const [best] = proposals;
  return (
    <>
      <span className={css.name} dir="auto">
        {candidate.name}
      </span>
      <span className={css.meta}>{words.record(candidate.ats.name, candidate.candidateId)}</span>
      {isDisputed ? (
        <span className={css.disputed}>{words.disputedTag}</span>
      ) : (
        best?.evidence && (
          <span className={css.strength}>
            <Strength probability={best.evidence.probability} />
            {likelihood(best.evidence)} · {sureness(best.evidence.probability)}
            {proposals.length > 1 && <> · {words.candidates(proposals.length)}</>}
          </span>
        )
      )}
    </>
  );
}

/** Four steps of how likely it is: the figure stands beside. */
function Strength({ probability }: { probability: number }) {
  const steps = [0, 0.75, 0.95, 0.999].filter((least) => probability >= least).length;
  return (
    <svg className={css.dots} viewBox="0 0 30 6" aria-hidden="true" focusable="false">
      {[0, 1, 2, 3].map((no) => (
        <rect key={no} x={no * 8} width="6" height="6" rx="1" data-on={no < steps || undefined} />
      ))}
    </svg>
  );
}

function Empty({ isFiltered }: { isFiltered: boolean }) {
  return (
    <div className={css.empty}>
      <h2 className={css.emptyTitle}>{isFiltered ? words.emptyFilter : words.empty}</h2>
      {isFiltered ? (
        <Link className={button.button} to="/matches" search={{}}>
          {words.showAll}
        </Link>
      ) : (
        <p className={css.muted}>{words.emptyHint}</p>
      )}
    </div>
  );
}

function Skeleton() {
  return (
    <div className={css.columns} aria-hidden="true" data-testid="skeleton">
      <div className={css.list}>
        {Array.from({ length: 6 }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
          <span key={index} className={css.ghost} />
        ))}
      </div>
      <div className={`${css.pair} ${css.ghostPair}`} />
    </div>
  );
}
