import type { AtsAttachment, AtsRecord } from '@carrick/protocol/recruiter';
import { messages } from '../messages.ts';
import { AtsAnswer } from './ats-answer.tsx';
import { Block } from './ats-record.tsx';
import { EmptyTab } from './empty-tab.tsx';
import { recordKey } from './entry-keys.ts';
import { Files } from './files.tsx';
import css from './tab-entries.module.css';
import { words as all } from './words.ts';

const words = all.attachments;

/** Every file of a person in the ATSs that the viewer may see, with what it belongs to. */
export function AttachmentsTab({ personId, atsLabel }: { personId: string; atsLabel: string }) {
  return (
    <AtsAnswer personId={personId} atsLabel={atsLabel}>
      {({ records }) => {
        const groups = records.flatMap(filesOf);
        if (groups.length === 0) return <EmptyTab title={words.none} hint={words.noneHint(atsLabel)} />;
        return (
          <div className={css.card}>
            <Block title={words.title}>
              {groups.map(({ key, title, files }) => (
                <section key={key} className={css.entry}>
                  <h3 className={css.name} dir="auto">
                    {title}
                  </h3>
                  <Files personId={personId} files={files} />
                </section>
              ))}
            </Block>
          </div>
        );
      }}
    </AtsAnswer>
  );
}

interface FileGroup {
  readonly key: string;
  readonly title: string;
  readonly files: readonly AtsAttachment[];
}

function filesOf(record: AtsRecord): FileGroup[] {
  const { ats, attachments, jobs } = record;
  const key = recordKey(record);
  return [
    { key, title: words.ofCandidate(ats.name), files: attachments },
    ...jobs.map((job) => ({
      key: `${key} ${job.applicationId}`,
      title: messages.atsTab.jobTitle(job.title, job.jobId),
      files: job.attachments,
    })),
  ].filter(({ files }) => files.length > 0);
}
