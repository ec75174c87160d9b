import { randomUUID, timingSafeEqual } from 'node:crypto';
import { CHALLENGE, formatUrn } from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import { type CheckCallback, findSecrets } from '../tenancy/index.ts';
import { addressGuard } from './address-guard.ts';
import { openCaller } from './call.ts';
import { openResolveHost, type ResolveHost } from './resolve-host.ts';
import { challengeResponse } from './sign.ts';

const TIMEOUT_MS = 3_000;
/** As the original says it. */
const NOT_PASSED = 'This URL did not pass the security challenge check';

/**
 * Asks a callback URL, before it is taken, to show that it knows the application's secret. After a rotation either secret does.
 * The time-out is real time: somebody waits for the answer.
 */
export function openChallenge(ctx: Context, resolveHost: ResolveHost = openResolveHost()): CheckCallback {
  return async (scope, url) => {
    const { applicationId, secrets } = await findSecrets(ctx, scope);
    const code = randomUUID();
    const asked = new URL(url);
    asked.searchParams.set(CHALLENGE.code, code);
    asked.searchParams.set(CHALLENGE.application, formatUrn('developerApplication', applicationId));
    const caller = openCaller(addressGuard(ctx.config), resolveHost);
    try {
      const flight = caller.start({ method: 'GET', url: asked.href, wantsBody: true });
      const timer = setTimeout(
        () => flight.abort({ failure: 'TIMED_OUT', detail: `no answer within ${TIMEOUT_MS / 1000} s` }),
        TIMEOUT_MS,
      );
      const outcome = await flight.outcome.finally(() => clearTimeout(timer));
      if ('failure' in outcome) return `${NOT_PASSED}: ${outcome.failure} ${outcome.detail}`.trim();
      if (outcome.status !== 200) return `${NOT_PASSED}: HTTP ${outcome.status}`;
      return isAnswered(outcome.body, code, secrets)
        ? null
        : `${NOT_PASSED}: the answer is not the expected one`;
    } finally {
      caller.close();
    }
  };
}

function isAnswered(body: string, code: string, secrets: readonly string[]): boolean {
  let answer: unknown;
  try {
    answer = JSON.parse(body);
  } catch {
    return false;
  }
  if (typeof answer !== 'object' || answer === null) return false;
  const { [CHALLENGE.code]: echoed, [CHALLENGE.response]: response } = answer as Record<string, unknown>;
  if (echoed !== code || typeof response !== 'string') return false;
  return secrets.some((secret) => isSame(response, challengeResponse(secret, code)));
}

function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
