import { ConnectorError } from './connector-error.ts';

export interface Credentials {
  /** Base of `/oauth/v2/accessToken`. */
  readonly authUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Fetched again this long before it runs out, so that no call starts with a token about to end. */
const EARLY_MS = 60_000;

/**
 * One token for all concurrent and consecutive calls, fetched anew only when it runs out, one fetch at a time.
 * `renew(old)` after a 401 fetches once however many calls saw the old one refused.
 */
export class AccessToken {
  readonly #credentials: Credentials;
  readonly #now: () => number;
  #current: { readonly token: string; readonly staleAt: number } | undefined;
  #fetching: Promise<string> | undefined;

  constructor(credentials: Credentials, now: () => number) {
    this.#credentials = credentials;
    this.#now = now;
  }

  async get(): Promise<string> {
    if (this.#current && this.#now() < this.#current.staleAt) return this.#current.token;
    return this.#fetchOnce();
  }

  async renew(refused: string): Promise<string> {
    if (this.#current?.token === refused) this.#current = undefined;
    return this.get();
  }

  #fetchOnce(): Promise<string> {
    this.#fetching ??= this.#fetch().finally(() => {
      this.#fetching = undefined;
    });
    return this.#fetching;
  }

  async #fetch(): Promise<string> {
    const { authUrl, clientId, clientSecret } = this.#credentials;
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
    });
    const askedAt = this.#now();
    const response = await fetch(`${authUrl}/oauth/v2/accessToken`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(30_000),
    });
    const answer: unknown = await response.json().catch(() => ({}));
    const {
      access_token: token,
      expires_in: seconds,
      error_description: reason,
    } = answer as Record<string, unknown>;
    if (response.status >= 500) throw new Error(`the token endpoint answered ${response.status}`);
    if (!response.ok || typeof token !== 'string') {
      throw new ConnectorError(
        `The platform refused the client id or secret (${response.status}${typeof reason === 'string' ? `: ${reason}` : ''}). Check --client-id and the secret's environment variable.`,
      );
    }
    // Some servers write expires_in as a string.
    const lifeMs = Math.max(Number(seconds) || 0, 1) * 1000;
    this.#current = { token, staleAt: askedAt + Math.max(lifeMs - EARLY_MS, lifeMs / 2) };
    return token;
  }
}
