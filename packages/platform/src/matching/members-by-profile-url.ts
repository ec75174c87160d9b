import type { Context } from '../kernel/context.ts';
import type { Sql } from '../kernel/db.ts';
import { IdentifierKeys } from './keys.ts';
import { canonicalProfileUrl } from './profile-url.ts';

const MOST = 10;

/** Whose profile's address this is, in whatever form; null for what is no profile's address. */
export async function membersByProfileUrl(ctx: Context, tx: Sql, url: string): Promise<number[] | null> {
  const address = canonicalProfileUrl(url, ctx.config.profileHosts);
  if (address === null) return null;
  const keys = new IdentifierKeys(ctx.keys.matchingPepper);
  const [identity] = keys.ofIdentity({ emails: [], phones: [], profileUrls: [address] });
  if (!identity) return null;
  const rows = await tx<{ member_id: number }>`
    select member_id from member_key where key = ${identity.key}::bigint and kind = ${identity.kind} order by member_id limit ${MOST}`;
  return rows.map((row) => row.member_id);
}
