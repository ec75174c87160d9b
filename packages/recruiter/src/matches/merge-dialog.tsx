import { Dialog } from '@base-ui/react/dialog';
import type { CandidateSummary, MatchExplanation } from '@carrick/protocol/recruiter';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import button from '../elements/button.module.css';
import { DialogHeading } from '../elements/dialog-heading.tsx';
import { CheckIcon, WarningIcon } from '../elements/icons.tsx';
import { day } from '../elements/moment.ts';
import overlay from '../elements/overlay.module.css';
import { messages, wholeNumber } from '../messages.ts';
import { dotted } from '../search/person-words.ts';
import { FindDialog } from './find-dialog.tsx';
import css from './merge-dialog.module.css';
import { words } from './merge-words.ts';
import { explanationQuery, merge } from './queries.ts';
import { RecordChoices } from './record-choices.tsx';
import { words as all } from './words.ts';

interface MergeDialogProps {
  candidate: CandidateSummary;
  close(): void;
}

const recordOf = ({ ats, candidateId }: CandidateSummary) => all.review.record(ats.name, candidateId);

/** "These two records are one person": finds the other one, then both side by side. */
export function MergeDialog({ candidate, close }: MergeDialogProps) {
  const [other, setOther] = useState<CandidateSummary | null>(null);
  if (other)
    return <MergePair candidate={candidate} other={other} back={() => setOther(null)} close={close} />;
  return (
    <FindDialog
      title={words.find}
      hint={words.findHint(`${candidate.name}, ${recordOf(candidate)}`)}
      searchLabel={all.unlinked.searchLabel}
      searchHint={all.unlinked.searchHint}
      start={candidate.name}
      close={close}
    >
      {(query) => (
        <RecordChoices
          query={query}
          atsNo={candidate.ats.atsNo}
          except={candidate}
          standing={({ linkedTo }) => linkedTo && all.findRecord.linkedTo(linkedTo.name)}
          action={(record) => (
            <button
              type="button"
              className={button.button}
              aria-label={words.compareWith(`${record.name}, ${recordOf(record)}`)}
              onClick={() => setOther(record)}
            >
              {words.compare}
            </button>
          )}
        />
      )}
    </FindDialog>
  );
}

interface MergePairProps extends MergeDialogProps {
  other: CandidateSummary;
  back(): void;
}

function MergePair({ candidate, other, back, close }: MergePairProps) {
  const mine = useQuery(explanationQuery(candidate.ats.atsNo, candidate.candidateId));
  const theirs = useQuery(explanationQuery(other.ats.atsNo, other.candidateId));
  const error = mine.error ?? theirs.error;
  return (
    <Dialog.Root open onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={overlay.veil} />
        <Dialog.Popup className={`${overlay.dialog} ${css.dialog}`}>
          <DialogHeading title={words.title} closeLabel={messages.keys.close} />
          <Dialog.Description className={css.text}>{words.text(candidate.ats.name)}</Dialog.Description>
          {mine.data && theirs.data ? (
            <MergeForm sides={[mine.data, theirs.data]} back={back} close={close} />
          ) : error ? (
            <p role="alert">
              {words.failed}{' '}
              <button
                type="button"
                className={button.text}
                onClick={() => {
                  void mine.refetch();
                  void theirs.refetch();
                }}
              >
                {messages.states.retry}
              </button>
            </p>
          ) : (
            <div className={css.waiting} aria-busy="true" />
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

type Sides = readonly [MatchExplanation, MatchExplanation];

/** The one with more applications, else the older one. */
function likelyToStay([one, other]: Sides): 0 | 1 {
  const difference = one.candidate.applications - other.candidate.applications;
  if (difference !== 0) return difference > 0 ? 0 : 1;
  return one.candidate.addedAt <= other.candidate.addedAt ? 0 : 1;
}

function MergeForm({ sides, back, close }: { sides: Sides } & Pick<MergePairProps, 'back' | 'close'>) {
  const client = useQueryClient();
  const [stays, setStays] = useState<0 | 1>(() => likelyToStay(sides));
  const [isBusy, setBusy] = useState(false);
  const into = sides[stays];
  const from = sides[stays === 0 ? 1 : 0];
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    setBusy(true);
    const isDone = await merge(
      client,
      {
        atsNo: into.candidate.ats.atsNo,
        fromId: from.candidate.candidateId,
        intoId: into.candidate.candidateId,
      },
      words.done(recordOf(from.candidate), recordOf(into.candidate)),
    );
    setBusy(false);
    if (isDone) close();
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <table className={css.table}>
        <caption className="visually-hidden">{words.caption}</caption>
        <thead>
          <tr>
            <th scope="col" className={css.field}>
              <span className="visually-hidden">{words.field}</span>
            </th>
            {sides.map(({ candidate }, no) => (
              <th key={candidate.candidateId} scope="col">
                {recordOf(candidate)}
                <label className={css.stays}>
                  <input
                    type="radio"
                    className={css.radio}
                    name="stays"
                    aria-label={words.staysFor(recordOf(candidate))}
                    checked={stays === no}
                    onChange={() => setStays(no === 0 ? 0 : 1)}
                  />
                  {words.stays}
                </label>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rowsOf(sides).map(({ field, values: [mine, theirs] }) => {
            const isSame =
              IDENTIFYING.has(field) && mine !== '' && mine.toLowerCase() === theirs.toLowerCase();
            return (
              <tr key={field} data-same={isSame || undefined}>
                <th scope="row" className={css.field}>
                  {words.fields[field]}
                  {isSame && (
                    <span className={css.same}>
                      <CheckIcon />
                      {words.same}
                    </span>
                  )}
                </th>
                <Value text={mine} />
                <Value text={theirs} />
              </tr>
            );
          })}
        </tbody>
      </table>
      <Moving from={from} into={into} />
      <div className={css.actions}>
        <button type="button" className={button.button} onClick={back}>
          {words.back}
        </button>
        <button
          type="submit"
          className={`${button.button} ${button.primary}`}
          aria-disabled={isBusy || undefined}
        >
          {words.confirm}
        </button>
      </div>
    </form>
  );
}

function Value({ text }: { text: string }) {
  return (
    <td dir="auto" className={text ? undefined : css.nothing}>
      {text || words.nothing}
    </td>
  );
}

interface MergeRow {
  readonly field: keyof typeof words.fields;
  readonly values: readonly [string, string];
}

/** Where the same on both sides says something. */
const IDENTIFYING: ReadonlySet<string> = new Set(['name', 'job', 'emails', 'phones', 'profile', 'addresses']);

/** Fields that neither record has are left out. */
function rowsOf(sides: Sides): MergeRow[] {
  const row = (field: MergeRow['field'], of: (side: MatchExplanation) => string): MergeRow => ({
    field,
    values: [of(sides[0]), of(sides[1])],
  });
  return [
    row('name', ({ candidate }) => candidate.name),
    row('job', ({ candidate }) => dotted(candidate.title, candidate.employer)),
    row('emails', ({ candidate }) => candidate.emails.join(', ')),
    row('phones', ({ candidate }) => candidate.phones.join(', ')),
    row('profile', ({ candidate }) => candidate.profileUrl ?? ''),
    row('addresses', ({ candidate }) => candidate.addresses.join('; ')),
    row('added', ({ candidate }) => day(candidate.addedAt)),
    row('applications', ({ candidate }) => wholeNumber(candidate.applications)),
    row('linked', ({ person }) => person?.name ?? words.unlinked),
  ].filter(({ values }) => values.some((value) => value !== ''));
}

/** What holds of the record that goes, and whether it clashes with what holds of the other. */
function Moving({ from, into }: { from: MatchExplanation; into: MatchExplanation }) {
  const moving = from.log.filter(({ liftedAt }) => liftedAt === null);
  const byHand = (side: MatchExplanation) => (side.standing === 'manual' ? side.person : null);
  const [one, other] = [byHand(from), byHand(into)];
  return (
    <section className={css.moving} data-testid="moving" aria-live="polite">
      <h3 className={css.heading}>{words.moves}</h3>
      {moving.length === 0 ? (
        <p className={css.nothing}>{words.movesNothing}</p>
      ) : (
        <ul>
          {moving.map(({ decisionNo, verdict, person }) => {
            const name = person?.name ?? words.closedAccount;
            return (
              <li key={decisionNo}>{verdict === 'LINK' ? words.movesLink(name) : words.movesPart(name)}</li>
            );
          })}
        </ul>
      )}
      {one && other && one.id !== other.id && (
        <p className={css.clash}>
          <WarningIcon />
          {words.clash(one.name, other.name)}
        </p>
      )}
    </section>
  );
}
