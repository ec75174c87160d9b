import { entry, type Lane } from '../lane.ts';
import { resumeOf } from '../resumes/resume.ts';
import { type SentResume, sendResume } from '../resumes/send-resume.ts';
import type { Entry } from '../store/store.ts';
import type { Refusal } from '../wire-client.ts';
import type { Outgoing } from './outgoing.ts';

export const RESUMES = 'resume';

/** Résumés of applications that the platform has just taken. A refused one puts its application into quarantine, and back out when it goes. */
export async function attachResumes(
  lane: Lane,
  applications: readonly Outgoing[],
  refuse: (item: Outgoing, refusal: Refusal) => void,
): Promise<Entry[]> {
  const { store, customer, wire, readFile } = lane;
  const ids = applications.map(({ id }) => id);
  const known = (await store.read(customer.id, RESUMES, ids)) as Map<string, SentResume>; // written below
  const entries: Entry[] = [];
  for (const item of applications) {
    const before = known.get(item.id) ?? null;
    const resume = resumeOf(item.record);
    if (!resume && !before) continue;
    const outcome = await sendResume(wire, {
      applicationId: item.id,
      resume,
      known: before,
      contract: customer.contracts[0],
      readFile: readFile && ((file) => readFile(file, customer.id)),
    });
    if ('refusal' in outcome) refuse(item, outcome.refusal);
    else if (outcome.sent !== before) entries.push(entry(lane, RESUMES, item.id, outcome.sent));
  }
  return entries;
}
