import { setTimeout as sleep } from 'node:timers/promises';
import { needsTunnel, RestliError, tunnel } from '@carrick/protocol';
import { AccessToken, type Credentials } from './access-token.ts';
import { machineTime } from './clock.ts';
import { ConnectorError, PassingFailure, RefusedRequest } from './connector-error.ts';
import { messageOf, send } from './http.ts';
import type { Gate } from './wire-gate.ts';

export interface WireCallOptions extends Credentials {
  /** Base of `/v2`. */
  readonly baseUrl: string;
  /** How long an unreachable or failing platform is tried again before giving up; Infinity in the daemon. */
  readonly retryForMs: number;
  readonly now?: () => number;
  readonly pause?: Pause;
  /** Ends waiting, not a call in hand. */
  readonly stopping?: AbortSignal;
  readonly onRetry?: (message: string) => void;
  /** Asked before every call. */
  readonly gate?: Gate;
}

/** Waits; rejects when the signal ends the waiting. */
export type Pause = (ms: number, stopping?: AbortSignal) => Promise<unknown>;

export const pauseFor: Pause = (ms, stopping) => sleep(ms, undefined, stopping && { signal: stopping });

export interface WireRequest {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly path: string;
  /** How many records it is about; without it, one. */
  readonly records?: number;
  readonly query?: string;
  readonly restliMethod?: string;
  readonly body?: string;
}

const LONGEST_WAIT_MS = 10_000;
/** An answer that took longer holds a place that others wait for. */
const SLOW_MS = 5_000;

/** Calls the platform with a token, tunnelled where the query is long, again while it is away, throttling or failing. */
export class WireCaller {
  readonly #options: WireCallOptions;
  readonly #now: () => number;
  readonly #token: AccessToken;
  readonly #pause: Pause;

  constructor(options: WireCallOptions) {
    this.#options = options;
    this.#now = options.now ?? machineTime;
    this.#token = new AccessToken(options, this.#now);
    this.#pause = options.pause ?? pauseFor;
  }

  /**
   * What `read` makes of the answer.
   * @throws RefusedRequest when the platform refuses the request as a whole.
   * @throws ConnectorError when it stayed away for as long as it is waited for.
   */
  async call<T>(request: WireRequest, read: (answer: unknown) => T): Promise<T> {
    const { retryForMs, stopping } = this.#options;
    const giveUpAt = this.#now() + retryForMs;
    for (let attempt = 0; ; attempt++) {
      stopping?.throwIfAborted();
      try {
        return await this.#try(request, read);
      } catch (failure) {
        if (!(failure instanceof PassingFailure)) throw failure;
        if (this.#now() >= giveUpAt)
          throw new ConnectorError(`Gave up: ${failure.message}`, { cause: failure });
        await this.#backOff(attempt, failure, giveUpAt);
      }
    }
  }

  async #try<T>(request: WireRequest, read: (answer: unknown) => T): Promise<T> {
    let token = await this.#token.get();
    let answer = await this.#send(token, request);
    if (answer.status === 401) {
      token = await this.#token.renew(token);
      answer = await this.#send(token, request);
    }
    if (answer.status >= 400)
      throw new RefusedRequest(
        answer.status,
        `The platform refused ${request.restliMethod ?? request.method} ${request.path.slice(0, 120)} (${answer.status}): ${messageOf(answer.text)}`,
      );
    try {
      return read(answer.text === '' ? {} : JSON.parse(answer.text));
    } catch (cause) {
      if (!(cause instanceof SyntaxError || cause instanceof RestliError)) throw cause;
      // A proxy's page in place of the platform, or half an answer: what it did is unknown, and may be done again.
      throw new PassingFailure(`the platform's answer cannot be read (${cause.message})`, { cause });
    }
  }

  async #send(token: string, request: WireRequest) {
    const { gate } = this.#options;
    const passed = await gate?.({ resource: resourceOf(request.path), records: request.records ?? 1 });
    const startedAt = this.#now();
    try {
      return await this.#exchange(token, request);
    } finally {
      passed?.({ isSlow: this.#now() - startedAt > SLOW_MS });
    }
  }

  #exchange(token: string, { method, path, query = '', restliMethod, body }: WireRequest) {
    const isTunnelled = needsTunnel(path, query);
    const { headers, ...request } = isTunnelled
      ? tunnel({ method, path, query, body })
      : { method, headers: body === undefined ? {} : { 'Content-Type': 'application/json' }, body };
    return send(`${this.#options.baseUrl}${path}${isTunnelled || query === '' ? '' : `?${query}`}`, {
      method: request.method,
      headers: {
        ...headers,
        Authorization: `Bearer ${token}`,
        ...(restliMethod && { 'X-RestLi-Method': restliMethod }),
      },
      body: request.body,
    });
  }

  /** Half jitter, from a quarter of a second up to ten seconds, never past the moment of giving up. */
  async #backOff(
    attempt: number,
    { message, retryAfterMs }: PassingFailure,
    giveUpAt: number,
  ): Promise<void> {
    const { onRetry, stopping } = this.#options;
    const ceiling = Math.min(250 * 2 ** attempt, LONGEST_WAIT_MS);
    const wait = Math.ceil(Math.max(retryAfterMs, ceiling / 2 + (Math.random() * ceiling) / 2));
    // Said less and less often: the 1st, 2nd, 4th, 8th … time.
    if ((attempt & (attempt + 1)) === 0) onRetry?.(`${message}; trying again`);
    await this.#pause(Math.min(wait, Math.max(giveUpAt - this.#now(), 0)), stopping);
  }
}

/** `/v2/atsCandidates/{key}/notes` → `v2/atsCandidates/notes` */
function resourceOf(path: string): string {
  const [base, name, , child] = path.split('/').slice(1);
  return [base, name, child].filter((part) => part !== undefined).join('/');
}
