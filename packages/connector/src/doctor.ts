import { EVERY_SEAT, INTEGRATION_BUNDLES, RECORD_KINDS, type RecordKind } from '@carrick/protocol';
import type { DoctorFinding } from './ats-connector.ts';
import { callbackUrlOf } from './customers/customer-book.ts';
import { readConfigurations } from './customers/platform-api.ts';
import { entriesOf, type Lane } from './lane.ts';
import type { Lanes } from './lanes.ts';
import { challengeAnswer } from './receiving/signature.ts';
import { missingKinds } from './sending/check-history.ts';
import { heldDeletions } from './sending/mass-delete.ts';
import { listQuarantine } from './sending/quarantine.ts';
import { sentCollection } from './sending/sent-record.ts';

const OLD_MS = 15 * 60_000;
const CHALLENGE_MS = 3_000;

/** Looks at each precondition of a customer: what holds, what does not, and what to do about it. */
export async function examine(
  lanes: Lanes,
  customerId: string,
  callbackBase: string | undefined,
): Promise<DoctorFinding[]> {
  const findings: DoctorFinding[] = [];
  const note = (check: string, ok: boolean, detail: string, remedy: string) =>
    findings.push({ check, ok, detail, remedy: ok ? null : remedy });
  await lanes.at(customerId, async (lane) => {
    const isPaused = await lanes.book.isPaused(customerId);
    note(
      'not paused',
      !isPaused,
      isPaused ? 'the customer is paused' : 'it is at work',
      'customers.resume()',
    );
    await examineOutbox(lane, note);
    await examineKinds(lane, note);
    const isReached = await examinePlatform(lane, lanes, note);
    if (isReached) await examineIntegrations(lane, lanes, callbackBase, note);
    await examineCallback(lane, callbackBase, note);
  });
  return findings;
}

type Note = (check: string, ok: boolean, detail: string, remedy: string) => void;

async function examineOutbox(lane: Lane, note: Note): Promise<void> {
  const { store, customer, clock } = lane;
  const { changes, oldestAt } = await store.backlog(customer.id);
  const age = oldestAt === null ? 0 : clock.now() - oldestAt;
  note(
    'outbox moves',
    age < OLD_MS,
    changes === 0
      ? 'nothing waits'
      : `${changes} changes wait, the oldest for ${Math.round(age / 60_000)} minutes`,
    'Is a process running connector.run()? If it is, its log says what holds this customer up.',
  );
  const held = await heldDeletions(lane);
  note(
    'no deletions held back',
    held.length === 0,
    held.map(({ kind, rows }) => `${rows} of kind ${kind}`).join(', ') || 'none',
    'If so many are right: confirmDeletes(). If not, record them anew.',
  );
  const quarantined = await listQuarantine(lane);
  const [first] = quarantined;
  note(
    'no record refused',
    first === undefined,
    first
      ? `${quarantined.length} in quarantine, such as ${first.kind} ${first.id}: ${first.reason}`
      : 'none',
    first?.remedy ?? '',
  );
}

async function examineKinds({ store, customer }: Lane, note: Note): Promise<void> {
  const counts = new Map<RecordKind, number>();
  for (const kind of RECORD_KINDS) counts.set(kind, await store.count(customer.id, sentCollection(kind)));
  const sent = RECORD_KINDS.flatMap((kind) => (counts.get(kind) ? [`${kind} ${counts.get(kind)}`] : []));
  // Whether access lists are needed is a question of who sees what has none.
  const missing = missingKinds(
    (kind) => (counts.get(kind) ?? 0) > 0 || (kind === 'entityAcl' && customer.viewers === 'everyone'),
  );
  note(
    'all required kinds are sent',
    missing.length === 0,
    sent.join(', ') || 'nothing was sent',
    missing.join('; '),
  );
}

async function examinePlatform(lane: Lane, lanes: Lanes, note: Note): Promise<boolean> {
  const { baseUrl } = lanes.addressOf(lane.customer);
  try {
    // Any answer that needed a token will do.
    await lane.caller.call(
      {
        method: 'GET',
        path: '/v2/atsIntegrations',
        query: 'q=request&requestId=doctor',
        restliMethod: 'finder',
      },
      () => null,
    );
  } catch (error) {
    const status = error instanceof Error && 'status' in error ? error.status : null;
    if (status !== 404) {
      const detail = error instanceof Error ? error.message : 'no answer';
      note(
        'platform reached with these credentials',
        false,
        detail,
        `Check ${baseUrl}, the client id and its secret.`,
      );
      return false;
    }
  }
  note('platform reached with these credentials', true, baseUrl, '');
  return true;
}

async function examineIntegrations(
  lane: Lane,
  lanes: Lanes,
  callbackBase: string | undefined,
  note: Note,
): Promise<void> {
  const integrations = await lanes.book.integrations(lane.customer.id);
  const wanted = Object.values(INTEGRATION_BUNDLES).flat();
  for (const type of wanted) {
    const found = integrations.filter(({ integrationType }) => integrationType === type);
    const isOn = found.some(({ status }) => status === 'ENABLED');
    const remedies = {
      none: 'The customer asks for it in the onboarding widget; its callback goes to customers.onboarded().',
      REQUESTED: 'It is named and configured in the next round; the log says what holds it up.',
      PARTNER_READY: "The customer's administrator switches it on in the recruiter app's settings.",
      ENABLED: '',
    };
    const status = found[0]?.status ?? 'none';
    note(`${type} is switched on`, isOn, status === 'none' ? 'not asked for' : status, remedies[status]);
  }
  const exporting = integrations.find(({ integrationType }) => integrationType === 'ONE_CLICK_EXPORT');
  if (!exporting) return;
  const set = await readConfigurations(lane.caller, exporting, ['CALLBACK_URL', 'JOB_POSTING_VIEWERS']);
  const ours = callbackUrlOf(callbackBase, lane.customer.id);
  note(
    'notifications come to this connector',
    set.get('CALLBACK_URL') === ours,
    `CALLBACK_URL is ${set.get('CALLBACK_URL') ?? 'not set'}`,
    `It should be ${ours ?? 'given as callbackUrl'}; customers.onboarded() sets it again.`,
  );
  const isOpen = set.get('JOB_POSTING_VIEWERS') === EVERY_SEAT;
  note(
    'who sees jobs without an access list is as chosen',
    isOpen === (lane.customer.viewers === 'everyone'),
    isOpen ? 'every seat' : 'nobody',
    'customers.onboarded() sets it again.',
  );
  const unbound = [];
  for await (const { key } of entriesOf(lane, 'quarantine:entityAclAssignee')) unbound.push(key);
  note(
    'ATS users are bound to seats',
    unbound.length === 0,
    unbound.length === 0
      ? 'all that stand in access lists'
      : `${unbound.length} entries of access lists wait`,
    'customers.suggestSeats() proposes, customers.bindUser() binds.',
  );
}

/** Asks our own address what the platform might ask it. */
async function examineCallback(lane: Lane, callbackBase: string | undefined, note: Note): Promise<void> {
  const url = callbackUrlOf(callbackBase, lane.customer.id);
  if (url === null) return;
  const code = 'doctor';
  const remedy =
    'The address must lead to connector.receiver(), from outside too, with https on port 443 or 80.';
  try {
    const response = await fetch(`${url}?challengeCode=${code}`, {
      signal: AbortSignal.timeout(CHALLENGE_MS),
    });
    const answer: unknown = await response.json();
    const isOurs =
      JSON.stringify(answer) === JSON.stringify(challengeAnswer(code, lane.customer.clientSecret));
    note('callback address answers', isOurs, `${url} answered ${response.status}`, remedy);
  } catch (error) {
    note(
      'callback address answers',
      false,
      `${url}: ${error instanceof Error ? error.message : 'no answer'}`,
      remedy,
    );
  }
}
