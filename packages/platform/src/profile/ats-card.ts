import type { AtsCardSection, AtsEntry, AtsJob, AtsRecord } from '@carrick/protocol';
import { movedAt } from './ats-records.ts';

/** The card's sections, one per ATS, from the records the tab shows: most recent first, as they come. */
export function cardSections(records: readonly AtsRecord[]): AtsCardSection[] {
  return perAts(records, sectionOf);
}

/** How far the person got in each ATS: the application that the card names. */
export function atsEntries(records: readonly AtsRecord[]): AtsEntry[] {
  return perAts(records, ({ ats }, ofAts) => {
    const job = newestJob(ofAts.flatMap(({ jobs }) => jobs));
    if (!job) return { ats, job: null, at: addedAt(ofAts) };
    const { jobId, title, stages } = job;
    return { ats, job: { jobId, title, stage: stages[0]?.stage ?? null }, at: movedAt(job) };
  });
}

function perAts<Part>(
  records: readonly AtsRecord[],
  partOf: (newest: AtsRecord, ofAts: readonly AtsRecord[]) => Part,
): Part[] {
  const byAts = Map.groupBy(records, (record) => record.ats.atsNo);
  return [...byAts.values()].flatMap((ofAts) => (ofAts[0] ? [partOf(ofAts[0], ofAts)] : []));
}

/** A person entered twice is one section: named as in the newest record, with the jobs of all. */
function sectionOf(newest: AtsRecord, records: readonly AtsRecord[]): AtsCardSection {
  const jobs = records.flatMap((record) => record.jobs);
  const active = jobs.filter((job) => job.isActive);
  const job = newestJob(jobs);
  return {
    ats: newest.ats,
    candidateId: newest.candidateId,
    candidateName: newest.name,
    email: records.flatMap((record) => record.emails)[0] ?? null,
    url: newest.url,
    addedAt: addedAt(records),
    activeJobs: active.length,
    pastJobs: jobs.length - active.length,
    newestJob: job && {
      jobId: job.jobId,
      title: job.title,
      isActive: job.isActive,
      stage: job.stages[0]?.stage ?? null,
      stageAt: job.stages[0]?.at ?? null,
    },
    latestContact: latestContact(records),
    syncedAt: Math.max(...records.map((record) => record.syncedAt)),
  };
}

/** Of the active ones the one that moved last; of all where none is active. */
function newestJob(jobs: readonly AtsJob[]): AtsJob | null {
  const active = jobs.filter((job) => job.isActive);
  return (active.length > 0 ? active : jobs).reduce<AtsJob | null>(
    (best, next) => (best && movedAt(best) >= movedAt(next) ? best : next),
    null,
  );
}

function addedAt(records: readonly AtsRecord[]): number {
  return Math.min(...records.map((record) => record.createdAt));
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
