import type { AtsJob, AtsRecord } from '@carrick/protocol/recruiter';
import { messages } from '../messages.ts';
import { AtsAnswer } from './ats-answer.tsx';
import { Block, explainUnshared } from './ats-record.tsx';
import { EmptyTab } from './empty-tab.tsx';
import { entryKey, entryKeys, recordKey } from './entry-keys.ts';
import { useFreshIds } from './fresh-ids.ts';
import { Remarks } from './remarks.tsx';
import css from './tab-entries.module.css';
import { words as all } from './words.ts';

const words = all.feedback;

/** What interviewers said, of every application the viewer may see: newest application first, without the rest of its history. */
export function FeedbackTab({ personId, atsLabel }: { personId: string; atsLabel: string }) {
  return (
    <AtsAnswer personId={personId} atsLabel={atsLabel}>
      {({ records }) => <Feedback key={personId} records={records} atsLabel={atsLabel} />}
    </AtsAnswer>
  );
}

function Feedback({ records, atsLabel }: { records: readonly AtsRecord[]; atsLabel: string }) {
  const fresh = useFreshIds(records.flatMap(entryKeys));
  const entries = records.flatMap((record) =>
    record.jobs.filter(({ feedback }) => feedback.length > 0).map((job) => ({ record, job })),
  );
  if (entries.length === 0) {
    const unshared = records.find(({ sharesFeedback }) => !sharesFeedback);
    return (
      <EmptyTab
        title={words.none}
        hint={unshared ? (explainUnshared(unshared) ?? '') : words.noneHint(atsLabel)}
      />
    );
  }
  return (
    <div className={css.card}>
      <Block title={words.title}>
        {entries.map(({ record, job }) => (
          <JobFeedback
            key={`${recordKey(record)} ${job.applicationId}`}
            ats={records.length > 1 ? record.ats.name : null}
            job={job}
            isFresh={(id) => fresh.has(entryKey(record, 'feedback', id))}
          />
        ))}
      </Block>
    </div>
  );
}

interface JobFeedbackProps {
  /** Null where there is only one. */
  ats: string | null;
  job: AtsJob;
  isFresh(id: string): boolean;
}

function JobFeedback({ ats, job, isFresh }: JobFeedbackProps) {
  return (
    <section className={css.entry} data-testid="job-feedback">
      <h3 className={css.name} dir="auto">
        {messages.atsTab.jobTitle(job.title, job.jobId)}
        {ats !== null && <span className={css.detail}> · {ats}</span>}
      </h3>
      <Remarks remarks={job.feedback} isFresh={isFresh} />
    </section>
  );
}
