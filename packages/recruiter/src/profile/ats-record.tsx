import type { AtsRecord } from '@carrick/protocol/recruiter';
import { type ReactNode, useId } from 'react';
import { WhyLinked } from '../matches/why-linked.tsx';
import { messages } from '../messages.ts';
import css from './ats-history.module.css';
import { AtsInformation } from './ats-information.tsx';
import { AtsJobView } from './ats-job.tsx';
import { type EntryKind, entryKey } from './entry-keys.ts';
import { Files } from './files.tsx';
import { Remarks } from './remarks.tsx';

const words = messages.atsTab;

/** Whether an entry arrived while the page was open. */
export type IsFresh = (kind: EntryKind, id: string) => boolean;

interface AtsRecordProps {
  personId: string;
  record: AtsRecord;
  /** Keys of the entries that arrived while the page was open. */
  fresh: ReadonlySet<string>;
}

export function AtsRecordView({ personId, record, fresh }: AtsRecordProps) {
  const { ats, jobs, notes, attachments } = record;
  const isFresh: IsFresh = (kind, id) => fresh.has(entryKey(record, kind, id));
  const unshared = explainUnshared(record);
  return (
    <div className={css.record}>
      <AtsInformation record={record} />
      {record.matchedBy !== null && <WhyLinked ats={ats} candidateId={record.candidateId} />}
      <Block title={words.jobs}>
        {jobs.length === 0 && <p className={css.none}>{words.noJobs(ats.name)}</p>}
        {jobs.map((job, index) => (
          <AtsJobView
            key={job.applicationId}
            personId={personId}
            job={job}
            isFirst={index === 0}
            isFresh={isFresh}
          />
        ))}
        {unshared && <p className={css.unshared}>{unshared}</p>}
      </Block>
      {attachments.length > 0 && (
        <Block title={words.files}>
          <div className={css.notes}>
            <Files personId={personId} files={attachments} />
          </div>
        </Block>
      )}
      {notes.length > 0 && (
        <Block title={words.candidateNotes}>
          <div className={css.notes}>
            <Remarks remarks={notes} isFresh={(id) => isFresh('note', id)} />
          </div>
        </Block>
      )}
    </div>
  );
}

export function Block({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className={css.block} aria-labelledby={id}>
      <h2 id={id} className={css.title}>
        {title}
      </h2>
      {children}
    </section>
  );
}

/** An ATS that sends no notes is not a person without notes: say which it is. */
export function explainUnshared({ ats, sharesNotes, sharesFeedback }: AtsRecord): string | null {
  if (sharesNotes && sharesFeedback) return null;
  if (sharesNotes) return words.notShared.feedback(ats.name);
  return sharesFeedback ? words.notShared.notes(ats.name) : words.notShared.both(ats.name);
}
