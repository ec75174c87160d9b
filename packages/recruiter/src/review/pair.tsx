import type { DecideRequest, Proposal, ReviewItem } from '@carrick/protocol/recruiter';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Avatar } from '../elements/avatar.tsx';
import button from '../elements/button.module.css';
import { Knot, OutwardIcon, WarningIcon } from '../elements/icons.tsx';
import { codeWords, likelihood, sureness } from '../matches/codes.ts';
import { Comparison } from '../matches/comparison.tsx';
import { FindPerson } from '../matches/find-person.tsx';
import { MergeDialog } from '../matches/merge-dialog.tsx';
import { words as mergeWords } from '../matches/merge-words.ts';
import { Waterfall } from '../matches/waterfall.tsx';
import { words as all } from '../matches/words.ts';
import { messages } from '../messages.ts';
import { dotted } from '../search/person-words.ts';
import { usePreference } from '../shell/preferences.ts';
import css from './pair.module.css';

const words = all.review;

interface PairProps {
  item: ReviewItem;
  /** Those that are not decided yet. */
  proposals: readonly Proposal[];
  proposal: Proposal;
  choose(no: number): void;
  decide(verdict: DecideRequest['verdict']): void;
}

/** One record and one profile that may be the same person, and the question. */
export function Pair({ item, proposals, proposal, choose, decide }: PairProps) {
  const { candidate, isDisputed } = item;
  const { person, evidence, fields } = proposal;
  return (
    <div data-testid="pair">
      {isDisputed && (
        <p className={css.dispute}>
          <WarningIcon />
          {words.disputed}
        </p>
      )}
      {proposals.length > 1 && (
        <fieldset className={css.choice} aria-label={words.choose}>
          {proposals.map((each, no) => (
            <button
              key={each.person.id}
              type="button"
              className={css.option}
              aria-pressed={each === proposal}
              onClick={() => choose(no)}
            >
              <span className={css.optionName} dir="auto">
                {each.person.name}
              </span>
              <span className={css.share} dir="auto">
                {dotted(
                  each.evidence && sureness(each.evidence.probability),
                  each.person.current[0]?.companyName ?? each.person.location,
                )}
              </span>
            </button>
          ))}
        </fieldset>
      )}
      <div className={css.sides}>
        <Record candidate={candidate} />
        <Person person={person} candidate={candidate} />
      </div>
      <div className={css.body}>
        {evidence && (
          <p className={css.verdict}>
            <strong>{likelihood(evidence)}</strong> · {all.sure(sureness(evidence.probability))}
          </p>
        )}
        <Comparison fields={fields} atsName={candidate.ats.name} />
        {evidence && evidence.reasons.length > 0 && (
          <div className={css.against}>
            <h3 className={css.heading}>{words.against}</h3>
            <ul className={css.reasons}>
              {evidence.reasons.map((reason) => (
                <li key={reason}>{codeWords(reason)}</li>
              ))}
            </ul>
          </div>
        )}
        {evidence && <Waterfall evidence={evidence} />}
      </div>
      <Answer decide={decide} />
    </div>
  );
}

function Record({ candidate }: Pick<ReviewItem, 'candidate'>) {
  const { ats, candidateId, name, title, employer, url, applications, newestJob } = candidate;
  const [isMerging, setMerging] = useState(false);
  return (
    <div className={css.side}>
      <p className={css.source}>
        <Knot size={14} />
        {words.record(ats.name, candidateId)}
      </p>
      <h2 className={css.name} dir="auto">
        {name}
      </h2>
      <p className={css.line} dir="auto">
        {dotted(title, employer)}
      </p>
      {applications > 0 && <p className={css.line}>{words.applied(applications, newestJob)}</p>}
      {url && (
        <a className={css.outward} href={url} target="_blank" rel="noopener noreferrer">
          {messages.ats.openIn(ats.name)}
          <OutwardIcon />
          <span className="visually-hidden">({messages.profile.opensElsewhere})</span>
        </a>
      )}
      <p className={css.ways}>
        <button type="button" className={`${button.text} ${css.find}`} onClick={() => setMerging(true)}>
          {mergeWords.action}
        </button>
      </p>
      {isMerging && <MergeDialog candidate={candidate} close={() => setMerging(false)} />}
    </div>
  );
}

function Person({ person, candidate }: Pick<Proposal, 'person'> & Pick<ReviewItem, 'candidate'>) {
  const [isFinding, setFinding] = useState(false);
  const { id, name, headline, location, industry, pictureUrl } = person;
  return (
    <div className={css.side}>
      <p className={css.sourceOfProfile}>{words.profileOf}</p>
      <div className={css.who}>
        <Avatar name={name} url={pictureUrl} size="row" />
        <div>
          <h2 className={css.name} dir="auto">
            {name}
          </h2>
          <p className={css.line} dir="auto">
            {headline}
          </p>
          <p className={css.line} dir="auto">
            {dotted(location, industry)}
          </p>
          <p className={css.ways}>
            <Link className={css.outward} to="/people/$id" params={{ id }}>
              {words.openProfile}
            </Link>
            <button type="button" className={`${button.text} ${css.find}`} onClick={() => setFinding(true)}>
              {words.find}
            </button>
          </p>
          {isFinding && <FindPerson candidate={candidate} close={() => setFinding(false)} />}
        </div>
      </div>
    </div>
  );
}

function Answer({ decide }: Pick<PairProps, 'decide'>) {
  const hasKeys = usePreference('singleKeys') === 'on';
  return (
    <div className={css.answer}>
      <button
        type="button"
        className={`${button.button} ${button.primary} ${css.yes}`}
        aria-keyshortcuts={hasKeys ? 'y' : undefined}
        onClick={() => decide('LINK')}
      >
        {words.same}
        {hasKeys && <kbd className={css.key}>Y</kbd>}
      </button>
      <button
        type="button"
        className={button.button}
        aria-keyshortcuts={hasKeys ? 'n' : undefined}
        onClick={() => decide('UNLINK')}
      >
        {words.different}
        {hasKeys && <kbd className={css.key}>N</kbd>}
      </button>
    </div>
  );
}
