import { Dialog } from '@base-ui/react/dialog';
import type { ExportSummary as Summary } from '@carrick/protocol/exports';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useId, useState } from 'react';
import button from '../elements/button.module.css';
import { DialogHeading } from '../elements/dialog-heading.tsx';
import { Failure } from '../elements/failure.tsx';
import { exactTime } from '../elements/moment.ts';
import overlay from '../elements/overlay.module.css';
import { Time } from '../elements/time.tsx';
import { ExportHelp } from './export-help.tsx';
import { stateWords } from './export-notices.tsx';
import css from './export-summary.module.css';
import { labelOf } from './job-label.ts';
import { personExportsQuery } from './queries.ts';
import { words } from './words.ts';

/** What the contract exported of this person; older ones on request. */
export function ExportSummary({ personId, isAdmin }: { personId: string; isAdmin: boolean }) {
  const heading = useId();
  const [isOpen, setOpen] = useState(false);
  const { data, error, refetch } = useQuery(personExportsQuery(personId));
  if (error && !data)
    return <Failure title={words.summaryFailed} error={error} retry={() => void refetch()} />;
  if (!data) return <div className={css.skeleton} aria-busy="true" />;
  const [newest, ...older] = data.exports;
  return (
    <section className={css.card} aria-labelledby={heading} data-testid="export-summary">
      <div className={css.heading}>
        <h2 id={heading} className={css.title}>
          {words.summary}
        </h2>
        {newest && <Missing newest={newest} isAdmin={isAdmin} />}
      </div>
      {newest ? (
        <ol className={css.entries}>
          {[newest, ...(isOpen ? older : [])].map((each) => (
            <Entry key={each.id} each={each} />
          ))}
        </ol>
      ) : (
        <p className={css.muted}>{words.none}</p>
      )}
      {older.length > 0 && (
        <button type="button" className={button.text} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? words.seeLess : words.seeMore}
        </button>
      )}
    </section>
  );
}

function Entry({ each }: { each: Summary }) {
  const { job, exporter, exportedAt, fetchedAt } = each;
  return (
    <li className={css.entry}>
      <p>
        <strong>{stateWords(each)}</strong> - {labelOf(job)}
      </p>
      <p className={css.muted}>
        <Time at={fetchedAt ?? exportedAt} /> · {exporter}
      </p>
    </li>
  );
}

/** How the last export fared, for who looks for the person in the ATS and finds nobody. */
function Missing({ newest, isAdmin }: { newest: Summary; isAdmin: boolean }) {
  const { id, ats, delivery, fetchedAt } = newest;
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard?.writeText(id);
    setCopied(true);
  };
  return (
    <Dialog.Root>
      <Dialog.Trigger className={button.text}>{words.missing}</Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className={overlay.veil} />
        <Dialog.Popup className={overlay.dialog}>
          <DialogHeading title={words.missing} closeLabel={words.close} />
          <Dialog.Description>{words.usualDelay(ats.name)}</Dialog.Description>
          <dl className={css.facts}>
            <Fact term={words.receivedBy}>
              {delivery === null ? words.nobodyTold : (delivery.host ?? '–')}
            </Fact>
            <Fact term={words.lastAnswer}>{answerWords(newest)}</Fact>
            <Fact term={words.fetched}>{fetchedAt === null ? words.notFetched : exactTime(fetchedAt)}</Fact>
            <Fact term={words.reference}>
              <code>{id}</code>{' '}
              <button type="button" className={button.text} onClick={() => void copy()}>
                {isCopied ? words.copied : words.copy}
              </button>
            </Fact>
          </dl>
          {fetchedAt === null && <ExportHelp each={newest} isAdmin={isAdmin} />}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function answerWords({ delivery }: Summary): string {
  if (!delivery || delivery.attemptedAt === null) return words.noAnswer;
  const { status, failure, attemptedAt } = delivery;
  const outcome = status === null ? words.failed(failure ?? '?') : words.status(status);
  return `${outcome} · ${exactTime(attemptedAt)}`;
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className={css.fact}>
      <dt className={css.muted}>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
