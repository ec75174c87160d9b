import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type AtsScope,
  type Deployment,
  dumpKind,
  findRequests,
  getConfigurations,
  importMembers,
  type LoggedRequest,
  listIntegrations,
} from '@carrick/platform';
import type { RecordKind, RecordOf } from '@carrick/protocol';
import { Broken } from './check.ts';
import type { Eyes } from './eyes.ts';
import type { Hands } from './hands.ts';
import type { CandidateFields } from './steps.ts';

export interface StoredRecord<K extends RecordKind = RecordKind> {
  readonly kind: K;
  readonly key: readonly string[];
  readonly record: RecordOf<K>;
}

export interface StageOptions {
  /** Of the platform. */
  readonly baseUrl: string;
  readonly deployment: Deployment;
  readonly scope: AtsScope;
  readonly organization: string;
  readonly contract: string;
  readonly application: {
    readonly applicationId: number;
    readonly clientId: string;
    readonly clientSecret: string;
  };
  readonly hands: Hands;
  /** An administrator and two recruiters who are users of the ATS under the same addresses. */
  readonly seats: { readonly admin: Eyes; readonly r1: Eyes; readonly r2: Eyes };
  /** Switches on everything that the ATS asked for, as the company's administrator does. */
  readonly switchOn: () => Promise<void>;
  /** When an earlier run of the same certification began. */
  readonly since?: number;
}

/** Where the members live that a certification makes. */
export const MEMBER_LOCATION = 'Greater Hamburg Area';

const BETWEEN_LOOKS_MS = 40;

/** Where a certification plays: the platform's side in one's hands, the ATS's side seen from outside. */
export class Stage {
  readonly deployment: Deployment;
  readonly hands: Hands;
  readonly seats: StageOptions['seats'];
  readonly options: StageOptions;
  /** Makes names that nobody had before. */
  readonly run = randomUUID().slice(0, 6);
  readonly startedAt: number;
  readonly #made = new Map<string, unknown>();
  #count = 0;

  constructor(options: StageOptions) {
    this.options = options;
    this.deployment = options.deployment;
    this.hands = options.hands;
    this.seats = options.seats;
    this.startedAt = options.since ?? this.now();
  }

  now(): number {
    return this.deployment.ctx.clock.now();
  }

  /** What several checks can share is made once: somebody at the ATS has to do it. A try that failed is forgotten. */
  async once<T>(what: string, make: () => Promise<T>): Promise<T> {
    if (!this.#made.has(what)) this.#made.set(what, await make());
    return this.#made.get(what) as T; // of the same name
  }

  name(what: string): string {
    this.#count += 1;
    return `${what} ${this.run}${this.#count}`;
  }

  /** Somebody new to both sides. */
  person() {
    this.#count += 1;
    const lastName = `Certi${this.run}${this.#count}`;
    return {
      name: `Alma ${lastName}`,
      firstName: 'Alma',
      lastName,
      email: `alma.${lastName}@certification.example`.toLowerCase(),
      phone: `+49 30 ${String(9_000_000 + (Number.parseInt(this.run, 16) % 9_000) * 100 + this.#count)}`,
      profileUrl: `https://www.linkedin.com/in/alma-${lastName}`.toLowerCase(),
      company: `Harbour ${lastName}`,
      title: 'Bridge engineer',
    };
  }

  /** The same person in the network's directory. */
  async addMember(person: CandidateFields): Promise<void> {
    const line = {
      id: `certification-${person.lastName}`,
      firstName: person.firstName,
      lastName: person.lastName,
      emails: person.email === null ? [] : [person.email],
      profileUrls: person.profileUrl === null ? [] : [person.profileUrl],
      headline: 'Keeps bridges standing',
      location: MEMBER_LOCATION,
      positions: [{ title: person.title, companyName: person.company, startDate: '2020-01', endDate: null }],
      shareWithThirdParties: true,
    };
    const { ctx, memberHooks } = this.deployment;
    async function* lines() {
      yield `${JSON.stringify(line)}\n`;
    }
    await importMembers(ctx, lines(), { hooks: memberHooks });
  }

  /** What the platform holds of this ATS. */
  async records<K extends RecordKind>(kind: K): Promise<StoredRecord<K>[]> {
    const found: StoredRecord<K>[] = [];
    for await (const each of dumpKind(this.deployment.ctx, this.options.scope, kind))
      found.push(each as unknown as StoredRecord<K>); // what was stored has passed the kind's schema
    return found;
  }

  integrations() {
    return listIntegrations(this.deployment.ctx, this.options.scope);
  }

  async configuration(type: 'ONE_CLICK_EXPORT' | 'IN_ATS_INDICATOR', key: string): Promise<string | null> {
    const { organization: contextUrn, scope } = this.options;
    return (await getConfigurations(this.deployment.ctx, scope, { type, contextUrn }))?.get(key) ?? null;
  }

  /** Looks until it holds, as long as the ATS may take; what it polls for takes `leastMs`. @throws Broken */
  async until(holds: () => Promise<boolean>, otherwise: string, leastMs = 0): Promise<void> {
    const startedAt = performance.now();
    for (let look = 0; look < this.hands.patience || performance.now() - startedAt < leastMs; look++) {
      const said = await this.hands.settle();
      if (await holds()) return;
      if (said === 'enough') break;
      await pause(BETWEEN_LOOKS_MS);
    }
    throw new Broken(otherwise);
  }

  /** A notification as anybody on the internet could send it, signed or not. @returns the status of the answer */
  async notify(type: string, { signed }: { readonly signed: boolean }): Promise<number> {
    const url = await this.configuration('ONE_CLICK_EXPORT', 'CALLBACK_URL');
    if (url === null) throw new Broken('no CALLBACK_URL is configured');
    const body = JSON.stringify({ id: randomUUID(), type, expiresAt: 0 });
    const secret = signed ? this.options.application.clientSecret : 'somebody else’s secret';
    const signature = createHmac('sha256', secret).update(`hmacsha256=${body}`).digest('hex');
    const headers = { 'content-type': 'application/json', 'x-li-signature': signature };
    return (await fetch(url, { method: 'POST', headers, body })).status;
  }

  /** The ATS's calls since then, oldest first, and the tokens that were asked for meanwhile. */
  async calls(since: number): Promise<readonly LoggedRequest[]> {
    const found = await findRequests(this.deployment.ctx, { since, most: 10_000 });
    const { applicationId } = this.options.application;
    return found
      .filter((each) => each.applicationId === applicationId || each.resource === 'oauth/v2/accessToken')
      .toReversed();
  }
}
