import type { AtsCardSection, AtsJob, AtsRecord } from '@carrick/protocol';
import { movedAt } from './ats-records.ts';

/** The card's sections, one per ATS, from the records the tab shows: most recent first, as they come. */
export function cardSections(records: readonly AtsRecord[]): AtsCardSection[] {
  const byAts = Map.groupBy(records, (record) => record.ats.atsNo);
  return [...byAts.values()].flatMap(([newest, ...older]) =>
    newest ? [sectionOf(newest, [newest, ...older])] : [],
  );
}

/** A person entered twice is one section: named as in the newest record, with the jobs of all. */
function sectionOf(newest: AtsRecord, records: readonly AtsRecord[]): AtsCardSection {
  const jobs = records.flatMap((record) => record.jobs);
  const active = jobs.filter((job) => job.isActive);
  return {
    ats: newest.ats,
    candidateId: newest.candidateId,
    candidateName: newest.name,
    email: records.flatMap((record) => record.emails)[0] ?? null,
    url: newest.url,
    addedAt: Math.min(...records.map((record) => record.createdAt)),
    activeJobs: active.length,
    pastJobs: jobs.length - active.length,
    newestJob: newestJob(active.length > 0 ? active : jobs),
    latestContact: latestContact(records),
    syncedAt: Math.max(...records.map((record) => record.syncedAt)),
  };
}

function newestJob(jobs: readonly AtsJob[]): AtsCardSection['newestJob'] {
  const job = jobs.reduce<AtsJob | null>(
    (best, next) => (best && movedAt(best) >= movedAt(next) ? best : next),
    null,
  );
  if (!job) return null;
  const [stage] = job.stages;
  return {
    jobId: job.jobId,
    title: job.title,
    isActive: job.isActive,
    stage: stage?.stage ?? null,
    stageAt: stage?.at ?? null,
  };
}

/** Who from the company last wrote about this person: the newest note or feedback with an author and a date. */
function latestContact(records: readonly AtsRecord[]): AtsCardSection['latestContact'] {
  const written = records.flatMap((record) => [
    ...record.notes,
    ...record.jobs.flatMap((job) => [...job.notes, ...job.feedback]),
  ]);
  return written.reduce<AtsCardSection['latestContact']>((latest, { author, at }) => {
    if (author === null || at === null) return latest;
    return latest && latest.at >= at ? latest : { author, at };
  }, null);
}
