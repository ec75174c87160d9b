import { CHALLENGE, NOTIFICATION_TYPES, type Notification, SIGNATURE_HEADER } from '@carrick/protocol';
import type { ConnectorClock, LogEntry } from '../ats-connector.ts';
import type { CustomerBook, KnownCustomer } from '../customers/customer-book.ts';
import type { Store } from '../store/store.ts';
import { challengeAnswer, isSigned } from './signature.ts';

interface ReceiverTools {
  readonly book: CustomerBook;
  readonly store: Store<never>;
  readonly clock: ConnectorClock;
  readonly log: (entry: LogEntry) => void;
  /** There is something to fetch for the customer. */
  readonly wake: (customerId: string) => Promise<void>;
}

/** A notification as it is kept until what it announces was handed over; `doneAt`: it was. */
export interface KeptNotification extends Notification {
  readonly receivedAt: number;
  readonly doneAt: number | null;
  readonly attempts: number;
}

/** A notification is far smaller. */
export const MOST_BYTES = 16 * 1024;
const LONGEST_ID = 255;
const LONGEST_CODE = 200;

/** Answers at once and fetches later: what is acknowledged is stored. */
export function createReceiver(tools: ReceiverTools): (request: Request) => Promise<Response> {
  return async (request) => {
    const url = new URL(request.url);
    const customer = await customerAt(tools, url);
    if (!customer) return answer(404, { message: 'No customer has this address' });
    if (request.method === 'GET') return challenge(customer, url);
    if (request.method !== 'POST') return answer(405, { message: 'POST a notification' });
    const body = await readBody(request);
    if (!body) return answer(413, { message: `A notification has at most ${MOST_BYTES} bytes` });
    return receive(tools, customer, body, request.headers.get(SIGNATURE_HEADER) ?? '');
  };
}

async function receive(
  { store, clock, log, wake }: ReceiverTools,
  customer: KnownCustomer,
  body: Uint8Array,
  signature: string,
): Promise<Response> {
  const now = clock.now();
  const isOverlap = customer.former !== null && now < customer.former.goodUntil;
  const secrets = [customer.clientSecret, ...(isOverlap ? [customer.former?.clientSecret ?? ''] : [])];
  if (!isSigned(body, signature, secrets)) {
    log({
      level: 'warn',
      customerId: customer.id,
      message: 'a notification with a wrong signature was refused',
    });
    return answer(401, { message: 'The signature does not fit' });
  }
  const notification = notificationIn(body);
  if (!notification) return answer(400, { message: 'This is no notification: id, type and expiresAt' });
  // A type that is not known yet is somebody else's news: taken, and passed over.
  if (!Object.hasOwn(NOTIFICATION_TYPES, notification.type)) return answer(200, {});
  if (notification.expiresAt > 0 && notification.expiresAt <= now)
    return answer(410, { message: 'What this announces has expired' });
  if ((await store.read(customer.id, 'notification', [notification.id])).size === 0) {
    const value: KeptNotification = { ...notification, receivedAt: now, doneAt: null, attempts: 0 };
    const key = notification.id;
    await store.settle(
      [],
      [
        { customerId: customer.id, collection: 'notification', key, value },
        { customerId: customer.id, collection: 'unfetched', key, value: now },
      ],
    );
  }
  await wake(customer.id);
  return answer(200, {});
}

/** The customer's id is the last part of the address. */
async function customerAt({ book }: ReceiverTools, { pathname }: URL): Promise<KnownCustomer | null> {
  try {
    return await book.find(decodeURIComponent(pathname.split('/').at(-1) ?? ''));
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

function challenge({ clientSecret }: KnownCustomer, { searchParams }: URL): Response {
  const code = searchParams.get(CHALLENGE.code) ?? '';
  if (code === '' || code.length > LONGEST_CODE)
    return answer(400, { message: `${CHALLENGE.code} is missing` });
  return answer(200, challengeAnswer(code, clientSecret));
}

function notificationIn(body: Uint8Array): Notification | null {
  try {
    const { id, type, expiresAt = 0 } = JSON.parse(new TextDecoder().decode(body)) as Partial<Notification>; // checked below
    const isWhole =
      typeof id === 'string' &&
      id !== '' &&
      id.length <= LONGEST_ID &&
      typeof type === 'string' &&
      typeof expiresAt === 'number';
    return isWhole ? { id, type, expiresAt } : null;
  } catch {
    return null; // not JSON: the caller says so
  }
}

/** Null: it is too long. */
async function readBody(request: Request): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  if (request.body)
    for await (const chunk of request.body) {
      bytes += chunk.byteLength;
      if (bytes > MOST_BYTES) return null;
      chunks.push(chunk);
    }
  return Buffer.concat(chunks);
}

function answer(status: number, body: object): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
}
