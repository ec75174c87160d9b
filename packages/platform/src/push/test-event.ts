import { randomUUID } from 'node:crypto';
import {
  notificationBody,
  SIGNATURE_HEADER,
  STANDARD_HEADERS,
  signedText,
  standardSignedText,
  TEST_EVENT,
  type TestEvent,
} from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import { type AtsScope, findSecrets } from '../tenancy/index.ts';
import { addressGuard } from './address-guard.ts';
import { openCaller } from './call.ts';
import { openResolveHost, type ResolveHost } from './resolve-host.ts';
import { signatureHeaders } from './sign.ts';

const TIMEOUT_MS = 5_000;

/**
 * Sends one event that means nothing, signed like any other and past the same guard, and tells what was sent and what came back.
 * It is in no log of deliveries and is not tried again. Somebody waits for it: the time-out is real time.
 */
export function openTestEvent(ctx: Context, resolveHost: ResolveHost = openResolveHost()) {
  return async (scope: AtsScope, url: string): Promise<TestEvent> => {
    const { secrets, isSecretKnown } = await findSecrets(ctx, scope);
    const [secret = '', formerSecret = null] = secrets;
    const id = `test-${randomUUID()}`;
    const at = ctx.clock.now();
    const body = notificationBody({ id, type: TEST_EVENT, expiresAt: at });
    const headers = {
      'content-type': 'application/json',
      ...signatureHeaders({ secret, formerSecret, isSecretKnown }, { id, body, at }),
    };
    const caller = openCaller(addressGuard(ctx.config), resolveHost);
    const startedAt = performance.now();
    try {
      const flight = caller.start({ method: 'POST', url, headers, body });
      const timer = setTimeout(
        () => flight.abort({ failure: 'TIMED_OUT', detail: `no answer within ${TIMEOUT_MS / 1000} s` }),
        TIMEOUT_MS,
      );
      const outcome = await flight.outcome.finally(() => clearTimeout(timer));
      return {
        url,
        headers,
        body,
        signed: [
          { header: SIGNATURE_HEADER, text: signedText(body) },
          {
            header: STANDARD_HEADERS.signature,
            text: standardSignedText(id, Math.floor(at / 1000), body),
          },
        ],
        outcome: 'failure' in outcome ? outcome : { status: outcome.status },
        ms: Math.round(performance.now() - startedAt),
      };
    } finally {
      caller.close();
    }
  };
}
