import { Collapsible } from '@base-ui/react/collapsible';
import type { Ats, MatchExplanation } from '@carrick/protocol/recruiter';
import { useQuery } from '@tanstack/react-query';
import { useRouteContext } from '@tanstack/react-router';
import { useId, useState } from 'react';
import button from '../elements/button.module.css';
import { useDelayed } from '../elements/delayed.ts';
import { ChevronIcon, WarningIcon } from '../elements/icons.tsx';
import { Time } from '../elements/time.tsx';
import { messages } from '../messages.ts';
import { codeWords, sureness } from './codes.ts';
import { FindPerson } from './find-person.tsx';
import { MergeDialog } from './merge-dialog.tsx';
import { words as mergeWords } from './merge-words.ts';
import { explanationQuery } from './queries.ts';
import { UnlinkDialog } from './unlink-dialog.tsx';
import { Waterfall } from './waterfall.tsx';
import css from './why-linked.module.css';
import { words } from './words.ts';

interface WhyLinkedProps {
  ats: Ats;
  candidateId: string;
}

/** Why this record is on this page, and the way to correct it. */
export function WhyLinked({ ats, candidateId }: WhyLinkedProps) {
  const heading = useId();
  const { data, error, isPending, refetch } = useQuery(explanationQuery(ats.atsNo, candidateId));
  const isWaiting = useDelayed(isPending);
  return (
    <section className={css.why} aria-labelledby={heading} aria-busy={isPending} data-testid="why-linked">
      <h2 id={heading} className={css.title}>
        {words.whyLinked}
      </h2>
      <div className={css.main}>
        {isPending && <div className={css.skeleton} data-shown={isWaiting || undefined} aria-hidden="true" />}
        {error && !data && (
          <p className={css.failed} role="alert">
            {words.failed}
            <button type="button" className={button.text} onClick={() => void refetch()}>
              {messages.states.retry}
            </button>
          </p>
        )}
        {data && <Explanation explanation={data} />}
      </div>
    </section>
  );
}

function Explanation({ explanation }: { explanation: MatchExplanation }) {
  const { me } = useRouteContext({ from: '/shell' });
  const { candidate, person, evidence, alsoOn } = explanation;
  const [isOpen, setOpen] = useState(false);
  const [dialog, setDialog] = useState<'unlink' | 'find' | 'merge' | null>(null);
  const agreeing = evidence?.steps.filter(({ bits }) => bits > 0) ?? [];
  return (
    <>
      <Summary explanation={explanation} />
      {agreeing.length > 0 && (
        <ul className={css.reasons}>
          {agreeing.map(({ field, level }) => (
            <li key={`${field}.${level}`} className={css.reason}>
              {codeWords(`${field}.${level}`)}
            </li>
          ))}
        </ul>
      )}
      {alsoOn.map(({ kind, candidates }) => (
        <p key={kind} className={css.conflict}>
          <WarningIcon />
          {words.alsoOn(kind, candidates)}
        </p>
      ))}
      {evidence && (
        <Collapsible.Root open={isOpen} onOpenChange={setOpen}>
          <Collapsible.Trigger className={`${button.text} ${css.trigger}`}>
            <ChevronIcon />
            {isOpen ? words.hideHow : words.showHow}
          </Collapsible.Trigger>
          <Collapsible.Panel className={css.panel}>
            <Waterfall evidence={evidence} />
          </Collapsible.Panel>
        </Collapsible.Root>
      )}
      {me.decidesMatches && person && (
        <div className={css.actions}>
          <button type="button" className={button.button} onClick={() => setDialog('unlink')}>
            {words.unlink}
          </button>
          <button
            type="button"
            className={`${button.button} ${button.quiet}`}
            onClick={() => setDialog('find')}
          >
            {words.findRight}
          </button>
          <button
            type="button"
            className={`${button.button} ${button.quiet}`}
            onClick={() => setDialog('merge')}
          >
            {mergeWords.action}
          </button>
          <UnlinkDialog
            isOpen={dialog === 'unlink'}
            close={() => setDialog(null)}
            candidate={candidate}
            person={person}
          />
          {dialog === 'find' && <FindPerson close={() => setDialog(null)} candidate={candidate} />}
          {dialog === 'merge' && <MergeDialog close={() => setDialog(null)} candidate={candidate} />}
        </div>
      )}
    </>
  );
}

function Summary({
  explanation: { standing, evidence, linkedAt, candidate, log },
}: {
  explanation: MatchExplanation;
}) {
  const decision = log.find(({ verdict, liftedAt }) => verdict === 'LINK' && liftedAt === null);
  return (
    <p className={css.summary}>
      <strong>
        {standing !== 'manual'
          ? words.automatically
          : decision?.by
            ? words.linkedBy(decision.by)
            : words.linkedByAts(candidate.ats.name)}
      </strong>
      {standing === 'automatic' && evidence && <> · {words.sure(sureness(evidence.probability))}</>}
      {linkedAt !== null && (
        <span className={css.muted}>
          {' '}
          {words.on} <Time at={linkedAt} />
        </span>
      )}
      {decision?.note && <span className={css.note}>“{decision.note}”</span>}
    </p>
  );
}
