import { ConnectorError } from '../connector-error.ts';
import type { Pause } from '../wire-call.ts';
import type { SourceObject } from './selection.ts';

export interface GreenhouseOptions {
  /** Base of `/v3`; Greenhouse's own, if not given. */
  readonly apiUrl?: string;
  /** Base of `/token`; Greenhouse's own, if not given. */
  readonly authUrl?: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly now: () => number;
  readonly pause: Pause;
  readonly stopping?: AbortSignal;
}

export interface Page {
  readonly objects: readonly SourceObject[];
  /** The address of the next page, as it was given: a cursor stands alone. */
  readonly next: string | null;
}

const API_URL = 'https://harvest.greenhouse.io';
const AUTH_URL = 'https://auth.greenhouse.io';
const EARLY_MS = 60_000;
const TIMEOUT_MS = 60_000;
const MOST_ATTEMPTS = 8;
const LONGEST_WAIT_MS = 60_000;

/**
 * Reads lists of Greenhouse's Harvest API, version 3: a token by client credentials, pages by the `Link` header, and no request when the
 * headers say that none is left in the window. Built to its public documentation, not tried there.
 */
export class GreenhouseCaller {
  readonly #options: GreenhouseOptions;
  readonly #apiUrl: string;
  #token: { readonly text: string; readonly staleAt: number } | null = null;
  /** Nothing is asked before. */
  #opensAt = 0;

  constructor(options: GreenhouseOptions) {
    this.#options = options;
    this.#apiUrl = options.apiUrl ?? API_URL;
  }

  first(list: string, query: Readonly<Record<string, string>>): Promise<Page> {
    return this.page(`${this.#apiUrl}/v3/${list}?${new URLSearchParams(query)}`);
  }

  async page(url: string): Promise<Page> {
    if (!url.startsWith(`${this.#apiUrl}/`))
      throw new ConnectorError(
        `Greenhouse names a next page on another host (${URL.parse(url)?.host}); the token stays here.`,
      );
    const response = await this.#get(url);
    const objects: unknown = await response.json().catch(() => null);
    if (!Array.isArray(objects)) throw new ConnectorError('Greenhouse answered something that is no list.');
    return { objects: objects as SourceObject[], next: nextIn(response.headers.get('link')) };
  }

  async #get(url: string): Promise<Response> {
    let isRenewed = false;
    for (let attempt = 0; ; attempt++) {
      await this.#waitFor(this.#opensAt - this.#options.now());
      const response = await this.#send(url, {
        headers: { Authorization: `Bearer ${await this.#bearer()}` },
      });
      if (response) this.#heed(response.headers);
      if (response?.ok) return response;
      if (response?.status === 401 && !isRenewed) {
        this.#token = null;
        isRenewed = true;
      } else if (response && response.status !== 429 && response.status < 500) {
        throw new ConnectorError(refusalOf(url, response.status, await response.text()));
      } else if (attempt === MOST_ATTEMPTS) {
        throw new ConnectorError(
          `Greenhouse cannot be read (${response?.status ?? 'no answer'}): ${pathOf(url)}`,
        );
      } else {
        const seconds = Number(response?.headers.get('retry-after'));
        await this.#waitFor(seconds > 0 ? seconds * 1000 : Math.min(500 * 2 ** attempt, LONGEST_WAIT_MS));
      }
    }
  }

  /** The window is fixed and its end is told: with nothing left, wait for it rather than be refused. */
  #heed(headers: Headers): void {
    const remaining = headers.get('x-ratelimit-remaining');
    const reset = Number(headers.get('x-ratelimit-reset'));
    if (remaining !== null && Number(remaining) <= 0 && reset > 0) this.#opensAt = reset * 1000;
  }

  async #waitFor(ms: number): Promise<void> {
    if (ms > 0) await this.#options.pause(ms, this.#options.stopping);
  }

  async #bearer(): Promise<string> {
    const { now, clientId, clientSecret, authUrl = AUTH_URL } = this.#options;
    if (this.#token && now() < this.#token.staleAt) return this.#token.text;
    const response = await this.#send(`${authUrl}/token`, {
      method: 'POST',
      headers: {
        Authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
        'Content-Type': 'application/x-www-form-urlencoded',
      },
      body: 'grant_type=client_credentials',
    });
    const answer = (await response?.json().catch(() => null)) as Record<string, unknown> | null | undefined;
    if (!response?.ok || typeof answer?.access_token !== 'string')
      throw new ConnectorError(
        `Greenhouse gave no access token (${response?.status ?? 'no answer'}). Check GREENHOUSE_CLIENT_ID and GREENHOUSE_CLIENT_SECRET, and that they are of Harvest V3 (OAuth).`,
      );
    const endsAt =
      typeof answer.expires_at === 'string'
        ? Date.parse(answer.expires_at)
        : now() + Number(answer.expires_in) * 1000;
    this.#token = { text: answer.access_token, staleAt: (Number.isNaN(endsAt) ? now() : endsAt) - EARLY_MS };
    return answer.access_token;
  }

  /** Null: no answer came. */
  async #send(url: string, init: RequestInit): Promise<Response | null> {
    try {
      return await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
    } catch {
      return null;
    }
  }
}

/** `<https://…>; rel="next"` */
function nextIn(link: string | null): string | null {
  return /<([^>]+)>\s*;\s*rel="?next"?/.exec(link ?? '')?.[1] ?? null;
}

const pathOf = (url: string): string => new URL(url).pathname;

function refusalOf(url: string, status: number, text: string): string {
  const what = status === 403 ? ' The credentials lack the scope of this list.' : '';
  return `Greenhouse refused ${pathOf(url)} (${status}): ${text.slice(0, 200)}${what}`;
}
