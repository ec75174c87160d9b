import type { Tx } from '../kernel/db.ts';
import { canonicalEmail } from './email.ts';
import { int8Array, type KeyRow } from './key-rows.ts';
import { KEY_KINDS } from './keys.ts';
import type { Matcher } from './matcher.ts';
import { appendRematch, appendSweep } from './rematch-work.ts';
import { candidatesWithKeys } from './stored-candidates.ts';

/** In the column of kinds, where identifiers have theirs: a mail domain. */
const DOMAIN_KIND = 0;

/** Where everybody has a mailbox: of a seat there only the very address is a recruiter's. The names that are reserved for examples, too. */
const OPEN_DOMAINS =
  /^(gmail\.com|googlemail\.com|(outlook|hotmail|live|msn)\.[a-z.]+|yahoo\.[a-z.]+|ymail\.com|rocketmail\.com|aol\.com|icloud\.com|me\.com|mac\.com|proton\.me|protonmail\.com|pm\.me|fastmail\.(com|fm)|gmx\.[a-z]+|web\.de|t-online\.de|freenet\.de|mail\.(com|ru)|yandex\.[a-z.]+|zoho\.com|qq\.com|163\.com|126\.com|naver\.com|daum\.net|hanmail\.net|orange\.fr|wanadoo\.fr|free\.fr|laposte\.net|libero\.it|virgilio\.it|uol\.com\.br|bol\.com\.br|rediffmail\.com|comcast\.net|verizon\.net|att\.net|btinternet\.com|(.+\.)?example(\.(com|org|net))?|.+\.(test|invalid|localhost))$/;

/**
 * What is a recruiter's own says nothing about a candidate: whoever types candidates in may leave it there. Brings the marks of an
 * organisation in line with its seats; what rested on an address or a domain that is marked now, or no more, is decided anew.
 */
export async function markRecruiters(matcher: Matcher, tx: Tx, tenantId: number): Promise<void> {
  await tx`select pg_advisory_xact_lock(hashtextextended(${`recruiters ${tenantId}`}, 0))`;
  const [seats, marked] = await tx.flight([
    tx<{ email: string }>`select distinct email from seat where tenant_id = ${tenantId} and is_active`,
    tx<{ key: string; kind: number }>`
      select key::text as key, kind from weak_identifier where tenant_id = ${tenantId} and reason = 'RECRUITER'`,
  ]);
  const domains = new Map<string, string>();
  const wanted = new Map<string, KeyRow>();
  for (const { email } of seats) {
    const mailbox = canonicalEmail(email);
    if (!mailbox) continue;
    for (const { key, kind } of matcher.keysOfCandidate({ tenantId }, { emailAddresses: [email] }))
      wanted.set(key, { owner: '', key, kind });
    const domain = mailbox.canon.slice(mailbox.canon.lastIndexOf('@') + 1);
    if (OPEN_DOMAINS.test(domain)) continue;
    const key = matcher.keys.domain(domain);
    domains.set(key, domain);
    wanted.set(key, { owner: '', key, kind: DOMAIN_KIND });
  }
  const come = [...wanted.values()].filter(({ key }) => !marked.some((mark) => mark.key === key));
  const gone = marked.filter(({ key }) => !wanted.has(key));
  if (come.length + gone.length === 0) return;
  await tx.flight([
    tx`
      insert into weak_identifier (tenant_id, key, reason, kind, noted_at)
      select ${tenantId}, g.key, 'RECRUITER', g.kind, ${matcher.ctx.clock.now()}
      from unnest(${int8Array(come.map(({ key }) => key))}::bigint[], ${int8Array(come.map(({ kind }) => kind))}::smallint[]) as g(key, kind)
      order by g.key
      on conflict do nothing`,
    tx`
      delete from weak_identifier
      where tenant_id = ${tenantId} and key = any(${int8Array(gone.map(({ key }) => key))}::bigint[]) and reason = 'RECRUITER'`,
  ]);
  const changed = [...come, ...gone];
  const mailboxes = changed.filter(({ kind }) => kind === KEY_KINDS.email).map(({ key }) => key);
  for (const [atsNo, ids] of await candidatesWithKeys(tx, tenantId, mailboxes))
    await appendRematch(matcher, tx, { tenantId, atsNo }, ids, { cause: 'identifier', isLate: true });
  // Domains are not stored with candidates: all of them are gone through, which seats are rare enough for.
  const changedDomains = changed.filter(({ kind }) => kind === DOMAIN_KIND);
  if (changedDomains.length === 0) return;
  const only = changedDomains.length === 1 ? domains.get(changedDomains[0]?.key ?? '') : undefined;
  const instances = await tx<{
    ats_no: number;
  }>`select ats_no from ats_instance where tenant_id = ${tenantId}`;
  for (const { ats_no: atsNo } of instances)
    await appendSweep(matcher, tx, { tenantId, atsNo }, 'identifier', only);
}
