import { asTenant } from '../kernel/as-tenant.ts';
import type { Tx } from '../kernel/db.ts';
import type { MemberFacts, MemberHook } from '../members/index.ts';
import {
  deleteMemberKeys,
  distinctKeys,
  insertMemberKeys,
  int8Array,
  type KeyRow,
  keyRows,
  keysGone,
} from './key-rows.ts';
import { lockDirectory } from './locks.ts';
import type { Matcher } from './matcher.ts';
import { writeForms } from './member-forms.ts';
import type { MemberPerson } from './person.ts';
import { appendProposing } from './propose-work.ts';
import { markRecruiters } from './recruiters.ts';
import { appendRematch } from './rematch-work.ts';
import { settleStored } from './settle-stored.ts';
import { candidatesWithKeys } from './stored-candidates.ts';

/** More candidates than this are decided behind the import, not in it. */
const MOST_AT_ONCE = 1_000;
const CHUNK = 200;

/** Everything a member is found by. */
interface MemberKeys {
  readonly identifiers: readonly KeyRow[];
  readonly soft: readonly KeyRow[];
}

/**
 * Matching's part in the writing of members: every candidate that shares an identifier with them, now or before, is decided anew,
 * and whoever has one of them proposed is looked at again.
 */
export function memberHook(matcher: Matcher): MemberHook {
  // Those that were there are asked for twice, before and after the write.
  const members = new WeakMap<MemberFacts, MemberPerson>();
  const personOf = (facts: MemberFacts): MemberPerson => {
    const person = members.get(facts) ?? matcher.member(facts);
    members.set(facts, person);
    return person;
  };
  const keysOf = (facts: MemberFacts): MemberKeys => {
    const member = personOf(facts);
    return {
      identifiers: keyRows([{ id: facts.memberId, keys: matcher.keysOfMember(member) }]),
      soft: facts.isClosed ? [] : keyRows([{ id: facts.memberId, keys: matcher.softKeys(member) }]),
    };
  };
  const identifiersOf = (all: readonly MemberFacts[]): KeyRow[] =>
    all.flatMap((facts) => keyRows([{ id: facts.memberId, keys: matcher.keysOfMember(personOf(facts)) }]));

  return {
    async afterSeat(tx) {
      if (tx.tenantId !== null) await markRecruiters(matcher, tx, tx.tenantId);
    },

    async before(tx, incoming, former) {
      const keys = distinctKeys([...identifiersOf(incoming), ...identifiersOf(former)]);
      if (keys.length > 0) await lockDirectory(tx, keys);
    },

    async after(tx, written, former) {
      const before = new Map(former.map((facts) => [facts.memberId, facts]));
      const changed = written.filter((facts) => !isSame(before.get(facts.memberId), facts));
      if (changed.length === 0) return;
      const now = changed.map(keysOf);
      const then = changed.flatMap(({ memberId }) => {
        const facts = before.get(memberId);
        return facts ? [keysOf(facts)] : [];
      });
      const rows = now.flatMap(({ identifiers, soft }) => [...identifiers, ...soft]);
      const gone = keysGone(
        then.flatMap(({ identifiers, soft }) => [...identifiers, ...soft]),
        rows,
      );
      const keys = distinctKeys([...now, ...then].flatMap(({ identifiers }) => identifiers));
      const known = changed.flatMap(({ memberId }) => (before.has(memberId) ? [memberId] : []));
      const [withKeys, withProposals] = await tx.flight([
        tx<{ id: number }>`select id from tenants_with_keys(${int8Array(keys)}::bigint[]) as id`,
        tx<{ id: number }>`select id from tenants_with_proposals(${int8Array(known)}::bigint[]) as id`,
        ...(rows.length > 0 ? [insertMemberKeys(tx, rows)] : []),
        ...(gone.length > 0 ? [deleteMemberKeys(tx, gone)] : []),
        ...writeForms(matcher, tx, changed, personOf),
      ]);
      const tenants = new Set([...withKeys, ...withProposals].map(({ id }) => id));
      for (const tenantId of [...tenants].sort((a, b) => a - b)) {
        await matcher.countries.load(tenantId);
        await asTenant(tx, tenantId, async (tenantTx) => {
          await settleHolders(matcher, tenantTx, tenantId, keys);
          await proposeAnew(matcher, tenantTx, tenantId, known);
        });
      }
    },
  };
}

/** In nothing that matching reads. */
function isSame(former: MemberFacts | undefined, facts: MemberFacts): boolean {
  return former !== undefined && JSON.stringify(ordered(former)) === JSON.stringify(ordered(facts));
}

function ordered(facts: MemberFacts): unknown {
  const { firstName, lastName, middleName, maidenName, suffix, emails, phones, profileUrls, positions } =
    facts;
  const { address, location, headline, isFoundByEmail, isFoundByPhone, isClosed } = facts;
  const names = [firstName, lastName, middleName, maidenName, suffix];
  return [
    names,
    emails,
    phones,
    profileUrls,
    positions,
    address,
    location,
    headline,
    isFoundByEmail,
    isFoundByPhone,
    isClosed,
  ];
}

async function settleHolders(
  matcher: Matcher,
  tx: Tx,
  tenantId: number,
  keys: readonly string[],
): Promise<void> {
  for (const [atsNo, ids] of await candidatesWithKeys(tx, tenantId, keys, { isWeakLeftOut: true })) {
    const scope = { tenantId, atsNo };
    for (let i = 0; i < Math.min(ids.length, MOST_AT_ONCE); i += CHUNK)
      await settleStored(matcher, tx, scope, ids.slice(i, Math.min(i + CHUNK, MOST_AT_ONCE)), {
        cause: 'member',
      });
    for (let i = MOST_AT_ONCE; i < ids.length; i += CHUNK)
      await appendRematch(matcher, tx, scope, ids.slice(i, i + CHUNK), { cause: 'member' });
  }
}

async function proposeAnew(
  matcher: Matcher,
  tx: Tx,
  tenantId: number,
  memberIds: readonly number[],
): Promise<void> {
  if (memberIds.length === 0) return;
  const rows = await tx<{ ats_no: number; candidate_id: string }>`
    select distinct p.ats_no, p.candidate_id
    from unnest(${int8Array(memberIds)}::bigint[]) as g(member_id)
    cross join lateral (
      select * from match_proposal where member_id = g.member_id and tenant_id = ${tenantId} offset 0
    ) p`;
  const byAts = Map.groupBy(rows, (row) => row.ats_no);
  for (const [atsNo, proposed] of byAts)
    for (let i = 0; i < proposed.length; i += CHUNK) {
      const ids = proposed.slice(i, i + CHUNK).map((row) => row.candidate_id);
      await Promise.all(appendProposing(matcher, tx, { tenantId, atsNo }, ids));
    }
}
