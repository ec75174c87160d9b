import type { Context } from '../kernel/context.ts';
import { type Limit, Throttle } from '../kernel/throttle.ts';
import { Refusal } from '../session/index.ts';

/** Ten a second is more than anybody reads; the key's stands for many at once. */
const BY_SESSION: Limit = { most: 600, windowMs: 60_000 };
const BY_KEY: Limit = { most: 30_000, windowMs: 60_000 };

interface Limits {
  readonly sessions: Throttle;
  readonly keys: Throttle;
}

// Per platform: two platforms in one process share no count.
const limits = new WeakMap<Context, Limits>();

/** Counts a request of a frame. @throws Refusal WIDGET_TOO_FAST */
export function admitFrame(
  ctx: Context,
  { applicationId }: { readonly applicationId: number },
  { tokenSha256 }: { readonly tokenSha256: Buffer },
): void {
  const { sessions, keys } = limits.get(ctx) ?? {
    sessions: new Throttle(ctx.clock, BY_SESSION),
    keys: new Throttle(ctx.clock, BY_KEY),
  };
  limits.set(ctx, { sessions, keys });
  const waitMs = sessions.attempt(tokenSha256.toString('base64')) || keys.attempt(String(applicationId));
  if (waitMs > 0) throw new Refusal('WIDGET_TOO_FAST', waitMs);
}
