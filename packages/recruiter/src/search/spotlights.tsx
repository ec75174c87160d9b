import { SPOTLIGHTS, type SpotlightCount } from '@carrick/protocol/recruiter';
import { useId } from 'react';
import { messages, roundNumber, wholeNumber } from '../messages.ts';
import css from './filter-panel.module.css';
import type { FilterPanelProps } from './filter-panel.tsx';
import { narrow, toggled } from './search-address.ts';
import { words as own } from './words.ts';

const words = messages.search;

/** Every spotlight keeps its place, also one that nobody has: then it says why it cannot be chosen. */
export function Spotlights({ address, answer, me, go }: FilterPanelProps) {
  return SPOTLIGHTS.map((id) => (
    <Spotlight
      key={id}
      spotlight={answer?.spotlights.find((each) => each.id === id) ?? { id, count: 0 }}
      isKnown={answer !== undefined}
      isChosen={address.spotlights?.includes(id) ?? false}
      isGrowing={id === 'pastApplicants' && answer?.isFirstSync === true}
      isAdmin={me.isAdmin}
      toggle={() => go(narrow(address, { spotlights: toggled(address.spotlights, id) }))}
    />
  ));
}

interface SpotlightProps {
  spotlight: SpotlightCount;
  /** False until the first answer came. */
  isKnown: boolean;
  isChosen: boolean;
  /** True while the first records come in. */
  isGrowing: boolean;
  isAdmin: boolean;
  toggle(): void;
}

function Spotlight({
  spotlight: { id, count, unavailable },
  isKnown,
  isChosen,
  isGrowing,
  isAdmin,
  toggle,
}: SpotlightProps) {
  const reasonId = useId();

  const reason = unavailable ?? (isKnown && count === 0 ? 'nobody' : undefined);
  // A chosen one can always be taken back.
  const isDisabled = reason !== undefined && !isChosen;
  return (
    <label
      className={`${css.option} ${id === 'pastApplicants' ? css.ats : ''}`}
      data-disabled={isDisabled || undefined}
      data-testid={`spotlight-${id}`}
    >
      <input
        type="checkbox"
        className={css.box}
        checked={isChosen}
        disabled={isDisabled}
        onChange={toggle}
        aria-describedby={isDisabled ? reasonId : undefined}
      />
      <span className={css.name}>
        {words.spotlightNames[id]}
        {reason && isDisabled && (
          <span id={reasonId} className={css.reason}>
            <Reason reason={reason} isAdmin={isAdmin} />
          </span>
        )}
        {isGrowing && <span className={css.reason}>{own.firstSync}</span>}
      </span>
      {isKnown && (
        <span className={css.count} title={wholeNumber(count)}>
          {roundNumber(count)}
        </span>
      )}
    </label>
  );
}

/** Who can do something about it is led there. */
function Reason({
  reason,
  isAdmin,
}: {
  reason: NonNullable<SpotlightCount['unavailable']>;
  isAdmin: boolean;
}) {
  switch (reason) {
    case 'no-ats':
      return isAdmin ? <a href="/admin/ats">{own.connect}</a> : own.connect;
    case 'switched-off':
      return own.switchedOff;
    case 'no-data':
    case 'nobody':
      return words.unavailable[reason];
  }
}
