import { Popover } from '@base-ui/react/popover';
import type { Ats, PossibleRecord } from '@carrick/protocol/recruiter';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { atsCardQuery } from '../api/queries.ts';
import { nameAts } from '../ats-card/name-ats.ts';
import button from '../elements/button.module.css';
import { useDelayed } from '../elements/delayed.ts';
import { Knot } from '../elements/icons.tsx';
import overlay from '../elements/overlay.module.css';
import { messages } from '../messages.ts';
import { dotted } from '../search/person-words.ts';
import { codeWords, likelihood, sureness } from './codes.ts';
import css from './maybe-chip.module.css';
import { useDecide } from './queries.ts';
import { words } from './words.ts';

interface MaybeChipProps {
  person: { readonly id: string; readonly name: string };
  atss: readonly Ats[];
  atsLabel: string;
}

/** "Possibly in {ATS}": a record may be this person's; those who may decide can say so on the spot. */
export function MaybeChip({ person, atss, atsLabel }: MaybeChipProps) {
  const [isOpen, setOpen] = useState(false);
  if (atss.length === 0) return null;
  const chip = words.possibly(nameAts(atss, atsLabel));
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger
        className={css.chip}
        openOnHover
        delay={300}
        closeDelay={150}
        aria-label={words.possiblyFor(chip, person.name)}
        data-testid="maybe-in-ats"
      >
        <Knot size={14} />
        <span className={css.label}>{chip}</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner
          className={overlay.layer}
          side="bottom"
          align="start"
          sideOffset={6}
          collisionPadding={8}
        >
          <Popover.Popup className={`${overlay.card} ${css.popup}`}>
            <Popover.Title className={css.title}>{words.isSame}</Popover.Title>
            <Possible person={person} close={() => setOpen(false)} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Possible({ person, close }: Pick<MaybeChipProps, 'person'> & { close(): void }) {
  const { data, error, isPending, refetch } = useQuery(atsCardQuery(person.id));
  const isWaiting = useDelayed(isPending);
  if (isPending) return <div className={css.waiting} data-shown={isWaiting || undefined} aria-busy="true" />;
  if (error && !data)
    return (
      <p className={css.failed} role="alert">
        {words.failed}{' '}
        <button type="button" className={button.text} onClick={() => void refetch()}>
          {messages.states.retry}
        </button>
      </p>
    );
  return (
    <ul className={css.records} data-testid="possible">
      {data?.possible.map((possible) => (
        <Record
          key={`${possible.candidate.ats.atsNo} ${possible.candidate.candidateId}`}
          possible={possible}
          person={person}
          isLast={data.possible.length === 1}
          close={close}
        />
      ))}
    </ul>
  );
}

function Record({
  possible: { candidate, evidence },
  person,
  isLast,
  close,
}: {
  possible: PossibleRecord;
  person: MaybeChipProps['person'];
  isLast: boolean;
  close(): void;
}) {
  const decide = useDecide();
  const [isBusy, setBusy] = useState(false);
  const { ats, candidateId, name, title, employer, emails } = candidate;
  const record = words.review.record(ats.name, candidateId);
  const say = async (verdict: 'LINK' | 'UNLINK') => {
    if (isBusy) return;
    setBusy(true);
    const isDone = await decide(
      { atsNo: ats.atsNo, candidateId, personId: person.id, verdict },
      { record, person: person.name },
    );
    setBusy(false);
    if (isDone && (isLast || verdict === 'LINK')) close();
  };
  return (
    <li className={css.record}>
      <p className={css.source}>{record}</p>
      <p className={css.name} dir="auto">
        {name}
      </p>
      <p className={css.line} dir="auto">
        {dotted(title, employer)}
      </p>
      {emails[0] && <p className={css.line}>{emails[0]}</p>}
      <ul className={css.steps}>
        {evidence.steps.map(({ field, level, bits }) => (
          <li key={`${field}.${level}`} data-verdict={bits > 0 ? 'for' : 'against'}>
            <span aria-hidden="true">{bits > 0 ? '+' : '–'}</span> {codeWords(`${field}.${level}`)}
          </li>
        ))}
      </ul>
      <p className={css.line}>{dotted(likelihood(evidence), words.sure(sureness(evidence.probability)))}</p>
      <div className={css.actions}>
        <button
          type="button"
          className={`${button.button} ${button.primary}`}
          aria-disabled={isBusy || undefined}
          onClick={() => void say('LINK')}
        >
          {words.yes}
        </button>
        <button
          type="button"
          className={button.button}
          aria-disabled={isBusy || undefined}
          onClick={() => void say('UNLINK')}
        >
          {words.no}
        </button>
      </div>
    </li>
  );
}
