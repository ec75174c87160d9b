import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type BatchOutcome,
  DIALECT_VERSION_HEADER,
  ERRORS,
  type ErrorCode,
  type KeyValues,
  keyIdentity,
  mergeBatchResponse,
  PROTOCOL_VERSION_HEADER,
  RESTLI_METHOD_HEADER,
  type RestliMethod,
  type TypedKey,
} from '@carrick/protocol';
import { idsQuery, pathOf, type Subject } from './subject.ts';

/** What whoever runs the suite says of the platform. */
export interface Target {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** `urn:li:organization:…` that the application serves. */
  readonly organization: string;
  /** `urn:li:person:…` known to the application: without it access lists have no persons. */
  readonly person?: string | undefined;
  /** Of a partner application: without it nothing is provisioned. */
  readonly partner?: Credentials | undefined;
}

export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Null where the answer is empty. @throws where it is no JSON */
  json(): Json;
}

export type Json = Readonly<Record<string, unknown>>;

export interface Sent {
  readonly verb: 'GET' | 'PUT' | 'POST' | 'DELETE' | 'PATCH';
  /** Behind the origin. */
  readonly url: string;
  readonly method?: RestliMethod;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Null sends none. */
  readonly token?: string | null;
}

/** A version of the dialect that is active. */
const DIALECT_VERSION = '202602';
/** Characters that mean something in one syntax or another. */
const AWKWARD = "&=%+(),:' é😀";

const MOST_ATTEMPTS = 5;
const LONGEST_PAUSE_S = 5;

async function fetchToken(baseUrl: string, { clientId, clientSecret }: Credentials): Promise<string> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
  });
  const response = await fetch(`${baseUrl}/oauth/v2/accessToken`, { method: 'POST', body });
  const answer = (await response.json().catch(() => ({}))) as { access_token?: unknown }; // whatever it is, it is looked at
  if (typeof answer.access_token !== 'string')
    throw new Error(`${baseUrl} gives no token for these credentials: ${response.status}`);
  return answer.access_token;
}

/** The platform under test, and ids that nobody has used. */
export class World {
  readonly target: Target;
  readonly #token: string;
  readonly #run: string;
  #count = 0;
  #partnerToken: Promise<string> | undefined;

  private constructor(target: Target, token: string, run: string) {
    this.target = target;
    this.#token = token;
    this.#run = run;
  }

  /** @throws Error when no token is given */
  static async open(target: Target, run: string): Promise<World> {
    return new World(target, await fetchToken(target.baseUrl, target), run);
  }

  /** Of any application. @throws Error when no token is given */
  tokenOf(credentials: Credentials): Promise<string> {
    return fetchToken(this.target.baseUrl, credentials);
  }

  partnerToken(): Promise<string> {
    const { partner } = this.target;
    if (!partner) throw new Error('no partner was named'); // such cases are skipped
    this.#partnerToken ??= this.tokenOf(partner);
    return this.#partnerToken;
  }

  /** Where calls must keep their distance, those that come too early are made again. */
  async patiently(call: () => Promise<Answer>): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      const answer = await call();
      if (answer.status !== 429 || attempt === MOST_ATTEMPTS) return answer;
      await pause(Math.min(Number(answer.headers.get('retry-after') ?? 1) || 1, LONGEST_PAUSE_S) * 1_000);
    }
  }

  /** An id that no other case uses. */
  id(prefix: string): string {
    this.#count += 1;
    return `${prefix}-${this.#run}-${this.#count}`;
  }

  awkwardId(prefix: string): string {
    return `${this.id(prefix)} ${AWKWARD}`;
  }

  /** The context of every key, under the names of /v2. */
  get values(): KeyValues {
    const { organization, person } = this.target;
    return {
      integrationContext: organization,
      atsCandidateId: `CANDIDATE-${this.#run}`,
      atsJobApplicationId: `APPLICATION-${this.#run}`,
      atsEntityId: `JOB-${this.#run}`,
      ...(person === undefined ? {} : { assignee: person }),
    };
  }

  async send(
    subject: Subject,
    { verb, url, method, body, headers = {}, token = this.#token }: Sent,
  ): Promise<Answer> {
    const response = await fetch(`${this.target.baseUrl}${url}`, {
      method: verb,
      headers: headersOf({
        [PROTOCOL_VERSION_HEADER]: subject.version,
        ...(subject.base === 'rest' ? { [DIALECT_VERSION_HEADER]: DIALECT_VERSION } : {}),
        ...(method === undefined ? {} : { [RESTLI_METHOD_HEADER]: method }),
        ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      }),
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const { status } = response;
    return {
      status,
      headers: response.headers,
      text,
      json: () => (text === '' ? {} : (JSON.parse(text) as Json)),
    };
  }

  /** A batch over these keys. */
  batch(
    subject: Subject,
    verb: Sent['verb'],
    method: RestliMethod,
    keys: readonly TypedKey[],
    more: Partial<Sent> & { readonly query?: string } = {},
  ): Promise<Answer> {
    const { query = '', ...sent } = more;
    const url = `${pathOf(subject, this.values)}?${idsQuery(subject, keys)}${query}`;
    return this.send(subject, { verb, method, url, ...sent });
  }
}

/** An empty one is not sent. */
function headersOf(headers: Readonly<Record<string, string>>): Headers {
  return new Headers(Object.entries(headers).filter(([, value]) => value !== ''));
}

/** The answer of a batch: 200, its version repeated, and an outcome for each key that was sent and no other. */
export function outcomes(
  subject: Subject,
  answer: Answer,
  keys: readonly TypedKey[],
): readonly BatchOutcome<Json>[] {
  assert.equal(answer.status, 200, `the batch answers 200: ${answer.text.slice(0, 300)}`);
  assert.equal(
    answer.headers.get(PROTOCOL_VERSION_HEADER),
    subject.version,
    'the protocol version is repeated',
  );
  const body = answer.json();
  assert.ok('results' in body && 'errors' in body, 'results and errors are there, even empty');
  const sentKeys = new Map(keys.map((key) => [keyIdentity(key), key]));
  const merged = mergeBatchResponse<Json>(body, subject.definition.key, { sentKeys });
  assert.deepEqual(
    [...merged.keys()].sort(),
    [...sentKeys.keys()].sort(),
    'each key that was sent is answered, and no other',
  );
  return keys.map((key) => merged.get(keyIdentity(key)) ?? assert.fail('a key is not answered'));
}

const ERROR_MARKERS: Readonly<Record<string, readonly string[]>> = {
  '1.0.0': ['x-linkedin-error-response'],
  '2.0.0': ['x-restli-error-response'],
  '3.0.0': ['x-linkedin-error-response', 'x-restli-error-response'],
};

/** A request that is refused as a whole, in the form of the protocol. */
export function assertRefused(
  subject: { readonly version: string },
  answer: Answer,
  code: ErrorCode,
  ...also: readonly ErrorCode[]
): void {
  const allowed = [code, ...also].map((each) => ERRORS[each].status);
  assert.ok(
    (allowed as readonly number[]).includes(answer.status),
    `answers ${allowed.join(' or ')}, not ${answer.status}: ${answer.text.slice(0, 200)}`,
  );
  const body = answer.json();
  assert.equal(body.status, answer.status, 'the body repeats the status');
  assert.ok(typeof body.message === 'string' && body.message !== '', 'the body has a message');
  const markers = ERROR_MARKERS[subject.version] ?? [];
  const isMarked = markers.some((marker) => answer.headers.get(marker) === 'true');
  assert.ok(isMarked, `the header ${markers.join(' or ')} says that it is an error`);
  assertUuid(answer);
}

/** Support asks for it, whatever the answer is. */
export function assertUuid(answer: Answer): void {
  assert.ok(answer.headers.get('x-li-uuid'), 'the answer has an x-li-uuid');
}

/** One key that is refused. */
export function assertKeyRefused(
  outcome: BatchOutcome<Json> | undefined,
  status: number,
  message: RegExp = /./,
): void {
  assert.equal(outcome?.status, status, `the key answers ${status}: ${JSON.stringify(outcome?.error)}`);
  assert.match(outcome.error?.message ?? '', message);
}
