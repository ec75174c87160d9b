import { isDeepStrictEqual } from 'node:util';
import {
  type ErrorResponse,
  keyIdentity,
  mergeBatchResponse,
  recordFromWire,
  textParam,
} from '@carrick/protocol';
import type { Exchange, WireCall, WireKey } from './exchange.ts';

type Fields = Readonly<Record<string, unknown>>;

/** One stored record as `carrick dump` prints it. */
export interface Dumped {
  readonly kind: string;
  readonly key: readonly string[];
  readonly record: Fields;
}

/** What says what to do, stands in the key, or lives elsewhere. */
const NOT_STORED = [
  'jobPostingOperationType',
  'state',
  'integrationContext',
  'company',
  'externalJobPostingId',
  'manualMatchedMember',
];
const CHILDREN: Readonly<Record<string, readonly string[]>> = {
  candidate: ['candidateNote'],
  application: ['applicationNote', 'interviewFeedback', 'stage'],
};

/**
 * Judges every answer of a run by what was sent before: it remembers what must be stored, and what is read must be
 * that. Whatever a collection asserts by itself comes on top.
 */
export class Judge {
  /** What must be stored, by identity. */
  readonly #stored = new Map<string, Fields>();
  /** Written and deleted again; its deletion answers 404. */
  readonly #gone = new Set<string>();
  readonly #tasks = new Map<string, string>();
  /** Links by hand that hold. */
  readonly #links = new Map<string, string>();
  readonly problems: string[] = [];
  checks = 0;

  /** Judges one exchange and remembers what follows from it. */
  hear(exchange: Exchange): void {
    const { name, path, call, status } = exchange;
    const expect = (what: string, isTrue: boolean) => {
      this.checks += 1;
      if (!isTrue) this.problems.push(`${name}: ${what}`);
    };
    if (exchange.headers.get('x-li-uuid') === undefined) expect('the answer has an x-li-uuid', false);
    if (path.startsWith('/oauth/')) {
      expect(
        'a token is given',
        status === 200 && typeof fieldsOf(exchange.answer).access_token === 'string',
      );
      return;
    }
    if (!call) {
      expect(`status ${status} is 2xx`, status >= 200 && status < 300);
      return;
    }
    if (!exchange.hasToken) {
      expect(
        'without a token it is 401',
        status === 401 && fieldsOf(exchange.answer).serviceErrorCode === 401,
      );
      return;
    }
    expect('the version is repeated', exchange.headers.get('x-restli-protocol-version') === call.version);
    const isNotified = call.method === 'finder' && textParam(call.params, 'q') === 'request';
    if (isNotified && status === 404) return; // an id that no notification gave
    expect(
      `status ${status} is 2xx: ${JSON.stringify(exchange.answer)?.slice(0, 300)}`,
      status >= 200 && status < 300,
    );
    if (status < 300) this.#judgeCall(call, exchange.answer, expect);
  }

  #judgeCall(call: WireCall, answer: unknown, expect: (what: string, isTrue: boolean) => void): void {
    const say = (key: WireKey, what: string, isTrue: boolean) => expect(`${key.identity} ${what}`, isTrue);
    switch (call.method) {
      case 'batch_create':
        this.#judgePostings(call, fieldsOf(answer).elements, expect);
        return;
      case 'finder':
        this.#judgeFinder(call, fieldsOf(answer).elements, expect);
        return;
      case 'batch_update':
      case 'batch_partial_update':
      case 'batch_get':
      case 'batch_delete': {
        const sentKeys = new Map(call.keys.map(({ key }) => [keyIdentity(key), key]));
        const outcomes = mergeBatchResponse<unknown>(answer, call.resource.key, { sentKeys });
        expect(`as many keys as were sent (${call.keys.length})`, outcomes.size === call.keys.length);
        for (const key of call.keys) {
          const outcome = outcomes.get(keyIdentity(key.key));
          if (!outcome) say(key, 'is answered', false);
          else this.#judgeKey(call, key, outcome, say);
        }
        return;
      }
      default:
        return; // its status is all there is
    }
  }

  #judgeKey(
    call: WireCall,
    key: WireKey,
    { status, entity, error }: { status: number; entity?: unknown; error?: ErrorResponse },
    say: (key: WireKey, what: string, isTrue: boolean) => void,
  ): void {
    const { identity } = key;
    switch (call.method) {
      case 'batch_update':
        if (isIncomplete(error)) return; // a collection may show how a bad record is refused
        say(key, `is stored (${status})`, status === 204);
        if (status === 204) this.#store(identity, fieldsOf(key.value));
        return;
      case 'batch_partial_update':
        say(key, `is changed (${status})`, status === 204);
        this.#patch(identity, fieldsOf(fieldsOf(key.value).patch));
        return;
      case 'batch_delete': {
        const wasThere = this.#stored.has(identity);
        say(key, `is ${wasThere ? 'deleted' : 'not there'} (${status})`, status === (wasThere ? 204 : 404));
        this.#delete(identity);
        return;
      }
      case 'batch_get':
        if (call.resource.kind === 'jobTask') {
          const task = fieldsOf(entity);
          say(key, `is done (${JSON.stringify(task)})`, task.status === 'SUCCEEDED');
          const job = this.#tasks.get(key.key[0] ?? '');
          say(key, `is the task of ${job}`, job === undefined || task.externalJobPostingId === job);
          return;
        }
        this.#judgeRead(call, key, status, recordFromWire(call.resource, entity), say);
        return;
    }
  }

  #judgeRead(
    call: WireCall,
    key: WireKey,
    status: number,
    entity: unknown,
    say: (key: WireKey, what: string, isTrue: boolean) => void,
  ): void {
    const { identity } = key;
    if (this.#gone.has(identity)) {
      say(key, `is gone (${status})`, status === 404);
      return;
    }
    say(key, `is read (${status})`, status === 200);
    const read = fieldsOf(entity);
    const link = this.#links.get(identity);
    if (call.resource.kind === 'candidate') say(key, 'has its link', read.manualMatchedMember === link);
    if (call.params.projections.has('fields')) return;
    for (const [field, value] of Object.entries(this.#stored.get(identity) ?? {}))
      if (!NOT_STORED.includes(field)) say(key, `reads back ${field}`, isDeepStrictEqual(read[field], value));
  }

  #judgePostings(call: WireCall, answered: unknown, expect: (what: string, isTrue: boolean) => void): void {
    const elements: readonly unknown[] = Array.isArray(answered) ? answered : [];
    expect('one element for each posting', elements.length === call.elements.length);
    for (const [index, sent] of call.elements.entries()) {
      const { status, id } = fieldsOf(elements[index]);
      expect(
        `posting ${index} is taken (${JSON.stringify(elements[index])})`,
        status === 202 && typeof id === 'string',
      );
      const posting = fieldsOf(recordFromWire(call.resource, sent));
      const job = String(posting.externalJobPostingId);
      this.#store(JSON.stringify(['job', job]), posting);
      this.#tasks.set(String(id), job);
    }
  }

  /** ACLs and assignees: exactly those are found that the criteria name. */
  #judgeFinder(call: WireCall, answered: unknown, expect: (what: string, isTrue: boolean) => void): void {
    expect('elements are answered', Array.isArray(answered));
    const { kind } = call.resource;
    if (kind !== 'entityAcl' && kind !== 'entityAclAssignee') return;
    const wanted = ['atsEntityId', 'atsEntityAclId'].flatMap((name) => textParam(call.params, name) ?? []);
    const stored = [...this.#stored.keys()]
      .map((identity) => JSON.parse(identity) as readonly string[]) // as identityOf() wrote it
      .filter(([each, ...parts]) => each === kind && wanted.every((part) => parts.includes(part)));
    const found = Array.isArray(answered) ? answered.length : -1;
    expect(`finds ${stored.length}, found ${found}`, found === stored.length);
  }

  #store(identity: string, record: Fields): void {
    this.#stored.set(identity, record);
    this.#gone.delete(identity);
    if (typeof record.manualMatchedMember === 'string') this.#links.set(identity, record.manualMatchedMember);
  }

  #patch(identity: string, patch: Fields): void {
    const set = fieldsOf(patch.$set);
    const { manualMatchedMember, ...fields } = set;
    if (typeof manualMatchedMember === 'string') this.#links.set(identity, manualMatchedMember);
    const removed = Array.isArray(patch.$delete) ? patch.$delete : [];
    if (removed.includes('manualMatchedMember')) this.#links.delete(identity);
    this.#stored.set(identity, { ...this.#stored.get(identity), ...fields });
  }

  #delete(identity: string): void {
    if (!this.#stored.delete(identity)) return;
    this.#gone.add(identity);
    this.#links.delete(identity);
    const [kind = '', id] = JSON.parse(identity) as string[]; // as identityOf() wrote it
    for (const other of [...this.#stored.keys()]) {
      const [child = '', parent] = JSON.parse(other) as string[];
      if (CHILDREN[kind]?.includes(child) && parent === id) this.#delete(other);
    }
    if (kind !== 'candidate') return;
    for (const [other, record] of this.#stored)
      if (other.startsWith('["application",') && record.atsCandidateId === id) {
        const { atsCandidateId: _, ...detached } = record;
        this.#stored.set(other, detached);
      }
  }

  /** Compares with everything that is stored. */
  compare(when: string, dump: readonly Dumped[]): void {
    const found = new Map(dump.map((each) => [identityOfDumped(each), each.record]));
    const kinds = new Set(dump.map(({ kind }) => kind)).add('job');
    const fail = (text: string) => this.problems.push(`${when}: ${text}`);
    for (const [identity, sent] of this.#stored) {
      const record = found.get(identity);
      this.checks += 1;
      if (!record) {
        if (kinds.has(String(JSON.parse(identity)[0]))) fail(`${identity} is not stored`);
        continue;
      }
      for (const [field, value] of Object.entries(sent)) {
        const isEmpty = value === null;
        if (!NOT_STORED.includes(field) && !isEmpty && !isDeepStrictEqual(record[field], value))
          fail(
            `${identity} holds ${field} as ${JSON.stringify(record[field])}, sent was ${JSON.stringify(value)}`,
          );
      }
    }
    for (const identity of found.keys())
      if (!this.#stored.has(identity)) fail(`${identity} is stored, and should not be`);
  }

  get stored(): number {
    return this.#stored.size;
  }
}

/** The person of an assignee stands in storage as a number that means nothing outside. */
function identityOfDumped({ kind, key }: Dumped): string {
  const [first = '', second = '', third = ''] = key;
  if (kind === 'entityAcl') return JSON.stringify([kind, second, third]);
  if (kind === 'entityAclAssignee') return JSON.stringify([kind, third]);
  return JSON.stringify([kind, ...(second === '' ? [first] : [first, second])]);
}

function isIncomplete(error: ErrorResponse | undefined): boolean {
  return error?.status === 422 && /field is required/.test(error.message);
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {}; // arrays have no members of these names
}
