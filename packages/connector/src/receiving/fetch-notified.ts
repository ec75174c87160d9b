import { RefusedRequest } from '../connector-error.ts';
import type { Customer } from '../customers/customer.ts';
import { type Element, find } from '../customers/platform-api.ts';
import { entriesOf, entry, type Lane, settle } from '../lane.ts';
import type { ExportedCandidate, Handlers } from './events.ts';
import { HandlerFailure, handOver } from './hand-over.ts';
import { candidatesOf, personEntries, type StoredPerson } from './persons.ts';
import type { KeptNotification } from './receiver.ts';
import { object, stubProfile, text } from './stub-profile.ts';

/** So long a notification is remembered, so that one which is delivered again is not done again. */
const REMEMBER_MS = 30 * 24 * 3_600_000;
const RETRY_MS = 60_000;
const LONGEST_RETRY_MS = 3_600_000;

export interface Fetching {
  readonly customer: Customer;
  readonly on: Handlers;
  /** An integration's status changed. */
  readonly checkIntegrations: () => Promise<void>;
  /** What the ATS recorded is sent before anything is tied to it. */
  readonly drain: () => Promise<unknown>;
}

/** Fetches what notifications announced and hands it over. One that fails is tried again later and holds up no other. */
export async function fetchNotified(lane: Lane, fetching: Fetching): Promise<void> {
  for await (const { key, value: dueAt } of entriesOf(lane, 'unfetched')) {
    if (typeof dueAt === 'number' && dueAt > lane.clock.now()) continue;
    const found = await lane.store.read(lane.customer.id, 'notification', [key]);
    const kept = found.get(key) as KeptNotification | undefined; // written by the receiver
    if (!kept) continue;
    try {
      await fetchOne(lane, kept, fetching);
    } catch (error) {
      if (error instanceof RefusedRequest && (error.status === 404 || error.status === 410)) {
        // Expired, withdrawn or never ours: asked again it would be no other.
        lane.log('warn', `what notification ${key} announced cannot be fetched any more (${error.status})`);
      } else if (error instanceof HandlerFailure) {
        const attempts = kept.attempts + 1;
        const wait = Math.min(RETRY_MS * 2 ** (attempts - 1), LONGEST_RETRY_MS);
        lane.log('warn', `${error.message}; notification ${key} is handed over again later`);
        await settle(
          lane,
          [],
          [
            entry(lane, 'notification', key, { ...kept, attempts }),
            entry(lane, 'unfetched', key, lane.clock.now() + wait),
          ],
        );
        continue;
      } else throw error;
    }
    await settle(
      lane,
      [],
      [
        entry(lane, 'notification', key, { ...kept, doneAt: lane.clock.now() }),
        entry(lane, 'unfetched', key, null),
      ],
    );
  }
}

async function fetchOne(lane: Lane, { id, type }: KeptNotification, fetching: Fetching): Promise<void> {
  const { customer, on } = fetching;
  const criteria = { q: 'request', requestId: id };
  switch (type) {
    case 'INTEGRATION_STATUS_CHANGE':
      for await (const { integrationType, onboardingStatus } of find(
        lane.caller,
        'atsIntegrations',
        criteria,
      ))
        lane.log('info', `${text(integrationType)} is ${text(onboardingStatus)} now`);
      // Others may have changed with it: their states are read together.
      return fetching.checkIntegrations();
    case 'EXPORT_CANDIDATE_PROFILE':
      if (!on.exported) return;
      for await (const element of find(lane.caller, 'exportedCandidates', criteria))
        await handOverExport(lane, id, element, fetching);
      return;
    case 'SHARED_CONTACT_WITHDRAWN':
      if (!on.contactWithdrawn) return;
      for await (const element of find(lane.caller, 'mailStubs', criteria)) {
        const stub = stubProfile(element);
        const candidateIds = await candidatesOf(lane, stub.person);
        await handOver('contactWithdrawn', () =>
          on.contactWithdrawn?.(customer, {
            ...stub,
            currentCompany: stub.currentEmployers[0] ?? null,
            candidateIds,
            raw: element,
          }),
        );
      }
      return;
  }
}

async function handOverExport(
  lane: Lane,
  exportId: string,
  element: Element,
  { customer, on, drain }: Fetching,
): Promise<void> {
  if (element.integrationContext !== lane.customer.organization) {
    lane.log(
      'warn',
      `export ${exportId} names another organization than this customer's: it is not handed over`,
    );
    return;
  }
  const stub = stubProfile(object(element.candidate));
  if (stub.person === '') {
    lane.log('warn', `export ${exportId} names no person: it is not handed over`);
    return;
  }
  const [knownCandidateId = null] = await candidatesOf(lane, stub.person);
  const jobId =
    text(element.externalJobPostingId) ?? text(element.atsJobPostingId) ?? text(element.referenceEntityId);
  const exported: ExportedCandidate = { exportId, ...stub, jobId, knownCandidateId, raw: element };
  const candidateId = await handOver('exported', async () => {
    const id = await on.exported?.(customer, exported);
    if (typeof id !== 'string' || id === '')
      throw new TypeError('"exported" must return the id of the candidate');
    return id;
  });
  // From here on the person is known: whoever sends it again meets the same candidate.
  const before = (await lane.store.read(lane.customer.id, 'person', [candidateId])) as Map<
    string,
    StoredPerson
  >; // written by `readMatches`
  const tied: StoredPerson = { person: stub.person, origin: 'manual' };
  await settle(lane, [], personEntries(lane, candidateId, before.get(candidateId), tied));
  await drain();
  const outcome = await lane.wire.tie(candidateId, stub.person);
  if (!outcome.ok)
    throw new HandlerFailure(
      `candidate ${candidateId} could not be tied to the exported person (${outcome.status}): was it recorded?`,
    );
}

/** Forgets notifications that nobody sends again. */
export async function forgetOld(lane: Lane): Promise<void> {
  const old = lane.clock.now() - REMEMBER_MS;
  const entries = [];
  for await (const { key, value } of entriesOf(lane, 'notification')) {
    const { receivedAt, doneAt } = value as KeptNotification; // written by the receiver
    if (doneAt !== null && receivedAt < old) entries.push(entry(lane, 'notification', key, null));
  }
  if (entries.length > 0) await settle(lane, [], entries);
}
