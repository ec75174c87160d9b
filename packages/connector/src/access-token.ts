import { ConnectorError } from './connector-error.ts';
import { send } from './http.ts';

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

  /** @throws ConnectorError for refused credentials, PassingFailure while the endpoint cannot answer. */
  async get(): Promise<string> {
    if (this.#current && this.#now() < this.#current.staleAt) return this.#current.token;
    this.#fetching ??= this.#fetch().finally(() => {
      this.#fetching = undefined;
    });
    return this.#fetching;
  }

  async renew(refused: string): Promise<string> {
    if (this.#current?.token === refused) this.#current = undefined;
    return this.get();
  }

  async #fetch(): Promise<string> {
    const { authUrl, clientId, clientSecret } = this.#credentials;
    const askedAt = this.#now();
    const { status, text } = await send(`${authUrl}/oauth/v2/accessToken`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
      body: String(
        new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: clientId,
          client_secret: clientSecret,
        }),
      ),
    });
    const { access_token: token, expires_in: seconds, error_description: reason } = membersOf(text);
    if (status >= 400 || typeof token !== 'string') {
      throw new ConnectorError(
        `The platform gave no access token (${status}${typeof reason === 'string' ? `: ${reason}` : ''}). Check --client-id, the secret's environment variable and --auth-url.`,
      );
    }
    // Some servers write expires_in as a string.
    const lifeMs = Math.max(Number(seconds) || 0, 1) * 1000;
    this.#current = { token, staleAt: askedAt + Math.max(lifeMs - EARLY_MS, lifeMs / 2) };
    return token;
  }
}

function membersOf(text: string): Record<string, unknown> {
  try {
    const answer: unknown = JSON.parse(text);
    return typeof answer === 'object' && answer !== null ? (answer as Record<string, unknown>) : {};
  } catch {
    return {}; // The caller says that there is no token in it.
  }
}
