import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import type { Context } from '../kernel/context.ts';
import type { Sql, Statement } from '../kernel/db.ts';

/** What a link opens: the member's own page, the confirmation of one address, the answer to one conversation. Nothing else. */
export type LinkPurpose = 'settings' | 'confirm-email' | 'reply';

export interface MemberLink {
  readonly linkId: string;
  readonly memberId: number;
  readonly purpose: LinkPurpose;
  readonly subject: Readonly<Record<string, unknown>>;
  readonly expiresAt: number;
}

export type OpenedLink =
  | { readonly link: MemberLink }
  /** `expired` and `revoked` are said only to who holds a link that once was good. */
  | { readonly problem: 'unknown' | 'expired' | 'revoked' };

const DAY_MS = 24 * 3_600_000;
export const LINK_MS = 30 * DAY_MS;
/** How long it is told of a link that it expired, and not that it never was. */
const REMEMBERED_MS = 90 * DAY_MS;

const ID_BYTES = 16;
const MAC_BYTES = 24;
const TOKEN = /^[A-Za-z0-9_-]{54}$/;

interface NewLink {
  readonly memberId: number;
  readonly purpose: LinkPurpose;
  readonly subject?: Readonly<Record<string, string | number>>;
  /** To which it is mailed: the link ends when the member removes that address. */
  readonly address: string | null;
}

/** A link and the statement that makes it good; for any transaction. */
export function createLink(
  { keys, clock }: Pick<Context, 'keys' | 'clock'>,
  tx: Sql,
  { memberId, purpose, subject = {}, address }: NewLink,
): { readonly linkId: string; readonly token: string; readonly stored: Statement } {
  const linkId = randomUUID();
  const createdAt = clock.now();
  const expiresAt = createdAt + LINK_MS;
  const stored = tx`
    insert into member_link (link_id, member_id, purpose, subject, address, created_at, expires_at)
    values (${linkId}, ${memberId}, ${purpose}, ${JSON.stringify(subject)}::text::jsonb, ${address?.trim().toLowerCase() ?? null},
      ${createdAt}, ${expiresAt})`;
  return { linkId, token: tokenOf(keys.memberLink, { linkId, memberId, purpose, expiresAt }), stored };
}

interface LinkRow {
  readonly link_id: string;
  readonly member_id: number;
  readonly purpose: LinkPurpose;
  readonly subject: Readonly<Record<string, unknown>>;
  readonly expires_at: number;
  readonly revoked_at: number | null;
}

/** The link behind a token, if it was made for this purpose. */
export async function openLink(ctx: Context, token: string, purpose: LinkPurpose): Promise<OpenedLink> {
  if (!TOKEN.test(token)) return { problem: 'unknown' };
  const bytes = Buffer.from(token, 'base64url');
  const hex = bytes.subarray(0, ID_BYTES).toString('hex');
  const found = await findLink(ctx, hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'), purpose);
  // Whatever else is wrong with it is said to nobody whose signature is not right.
  if (!found || !isSame(token, tokenOf(ctx.keys.memberLink, found.link))) return { problem: 'unknown' };
  return stateOf(ctx, found);
}

/** The reply link that a signed reply address named. */
export async function openReplyLink(ctx: Context, linkId: string): Promise<OpenedLink> {
  const found = await findLink(ctx, linkId, 'reply');
  return found ? stateOf(ctx, found) : { problem: 'unknown' };
}

interface FoundLink {
  readonly link: MemberLink;
  readonly isRevoked: boolean;
}

async function findLink({ db }: Context, linkId: string, purpose: LinkPurpose): Promise<FoundLink | null> {
  const [row] = await db.lookup<LinkRow>`
    select link_id, member_id, purpose, subject, expires_at, revoked_at from member_link
    where link_id = ${linkId}::text::uuid and purpose = ${purpose}`;
  if (!row) return null;
  const { link_id, member_id: memberId, subject, expires_at: expiresAt } = row;
  return {
    link: { linkId: link_id, memberId, purpose, subject, expiresAt },
    isRevoked: row.revoked_at !== null,
  };
}

function stateOf({ clock }: Context, { link, isRevoked }: FoundLink): OpenedLink {
  if (isRevoked) return { problem: 'revoked' };
  return link.expiresAt <= clock.now() ? { problem: 'expired' } : { link };
}

/** All of a member's, or only those of one purpose, those that were mailed to one address, or one. */
export function revokeLinks(
  tx: Sql,
  memberId: number,
  at: number,
  only: { readonly address?: string; readonly linkId?: string; readonly purpose?: LinkPurpose } = {},
): Statement {
  const { address = null, linkId = null, purpose = null } = only;
  return tx`
    update member_link set revoked_at = ${at}
    where member_id = ${memberId} and revoked_at is null
      and (${address}::text is null or address = ${address?.trim().toLowerCase() ?? null})
      and (${linkId}::text is null or link_id = ${linkId}::text::uuid)
      and (${purpose}::text is null or purpose = ${purpose})`;
}

/** Forgets links that ended long ago. */
export async function purgeLinks({ db, clock }: Context): Promise<void> {
  await db.pipeline(null, (tx) => [
    tx`delete from member_link where expires_at < ${clock.now() - REMEMBERED_MS}`,
  ]);
}

/** Purpose, member and end are signed with the id: a row that was altered makes its link worthless. */
function tokenOf(key: Buffer, { linkId, memberId, purpose, expiresAt }: Omit<MemberLink, 'subject'>): string {
  const id = Buffer.from(linkId.replaceAll('-', ''), 'hex');
  const mac = createHmac('sha256', key)
    .update(`page\n${linkId}\n${purpose}\n${memberId}\n${expiresAt}`)
    .digest();
  return Buffer.concat([id, mac.subarray(0, MAC_BYTES)]).toString('base64url');
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
