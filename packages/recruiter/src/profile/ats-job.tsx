import { Collapsible } from '@base-ui/react/collapsible';
import type { AtsJob } from '@carrick/protocol/recruiter';
import { useState } from 'react';
import { ChevronIcon } from '../elements/icons.tsx';
import { Time } from '../elements/time.tsx';
import { messages } from '../messages.ts';
import { dotted } from '../search/person-words.ts';
import css from './ats-job.module.css';
import type { IsFresh } from './ats-record.tsx';
import { Files } from './files.tsx';
import { Remarks } from './remarks.tsx';

const words = messages.atsTab;

interface AtsJobProps {
  personId: string;
  job: AtsJob;
  isFirst: boolean;
  isFresh: IsFresh;
}

/** One application: what for, how far, and what colleagues said on the way. */
export function AtsJobView({ personId, job, isFirst, isFresh }: AtsJobProps) {
  const { jobId, title, isActive, stages, notes, feedback, attachments } = job;
  const [isOpen, setOpen] = useState(isFirst);
  const [newest] = stages;
  return (
    <Collapsible.Root className={css.job} open={isOpen} onOpenChange={setOpen} data-testid="ats-job">
      <h3>
        <Collapsible.Trigger className={css.trigger}>
          <span className={css.chevron}>
            <ChevronIcon />
          </span>
          <span className={css.name}>
            <span className={css.title} dir="auto">
              {words.jobTitle(title, jobId)}
            </span>
            {newest && !isOpen && (
              <span className={css.newest}>
                {newest.stage} · <Time at={newest.at} />
              </span>
            )}
          </span>
          <span className={css.figures}>
            <span className={css.counts}>
              {dotted(
                feedback.length > 0 && words.feedbackCount(feedback.length),
                notes.length > 0 && words.noteCount(notes.length),
              )}
            </span>
            <span className={isActive ? css.active : css.closed}>
              {isActive ? words.active : words.closed}
            </span>
          </span>
        </Collapsible.Trigger>
      </h3>
      <Collapsible.Panel className={css.panel}>
        <Stages job={job} isFresh={isFresh} />
        {notes.length > 0 && (
          <div className={css.remarks}>
            <h4 className={css.heading}>{words.notes}</h4>
            <Remarks remarks={notes} isFresh={(id) => isFresh('note', id)} />
          </div>
        )}
        {feedback.length > 0 && (
          <div className={css.remarks}>
            <h4 className={css.heading}>{words.feedback}</h4>
            <Remarks remarks={feedback} isFresh={(id) => isFresh('feedback', id)} />
          </div>
        )}
        {attachments.length > 0 && (
          <div className={css.remarks}>
            <h4 className={css.heading}>{words.files}</h4>
            <Files personId={personId} files={attachments} />
          </div>
        )}
      </Collapsible.Panel>
    </Collapsible.Root>
  );
}

function Stages({ job, isFresh }: Pick<AtsJobProps, 'job' | 'isFresh'>) {
  const { stages, source, dispositionReason, isActive } = job;
  return (
    <div>
      {stages.length === 0 ? (
        <p className={css.none}>
          {words.noStages} {words.applied} <Time at={job.appliedAt} />
        </p>
      ) : (
        <ol className={css.stages} aria-label={words.stages} data-active={isActive || undefined}>
          {stages.map(({ id, stage, at }) => (
            <li key={id} className={css.stage} data-fresh={isFresh('stage', id) || undefined}>
              <span dir="auto">{stage}</span>
              <span className={css.when}>
                <Time at={at} />
              </span>
            </li>
          ))}
        </ol>
      )}
      {(source || dispositionReason) && (
        <dl className={css.facts}>
          {dispositionReason && <Fact term={words.closedBecause} value={dispositionReason} />}
          {source && <Fact term={words.source} value={source} />}
        </dl>
      )}
    </div>
  );
}

function Fact({ term, value }: { term: string; value: string }) {
  return (
    <div className={css.fact}>
      <dt className={css.term}>{term}</dt>
      <dd dir="auto">{value}</dd>
    </div>
  );
}
