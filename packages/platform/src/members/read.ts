import type { Tx } from '../kernel/db.ts';
import { sameEmail } from './own-choices.ts';
import { type MemberRecord, type MemberRow, memberRecord } from './record.ts';

/** By member id; unknown ids are absent. Closed accounts are among them: the caller decides whether to show them. */
export async function readMembers(tx: Tx, memberIds: readonly number[]): Promise<Map<number, MemberRecord>> {
  if (memberIds.length === 0) return new Map();
  const rows = await tx<MemberRow & { connections: number }>`
    select m.member_id, m.external_id, m.first_name, m.last_name, m.headline, m.industry, m.location, m.open_to_work,
           m.shares_with_third_parties, m.is_closed, m.is_found_by_email, m.is_found_by_phone, m.doc,
           (select count(*) from member_connection c where c.member_id = m.member_id) as connections
    from member m where m.member_id = any(${[...memberIds]}::bigint[])`;
  return new Map(rows.map((row) => [row.member_id, memberRecord(row, row.connections)]));
}

export async function memberByExternalId(tx: Tx, externalId: string): Promise<number | null> {
  const [row] = await tx<{
    member_id: number;
  }>`select member_id from member where external_id = ${externalId}`;
  return row?.member_id ?? null;
}

/** Whose address this is, confirmed: by whatever writing of upper and lower case. Those who were erased have none. */
export async function membersByEmail(tx: Tx, email: string): Promise<number[]> {
  const rows = await tx<{ member_id: number }>`
    select member_id from member where member_addresses(doc) @> array[${sameEmail(email)}] order by member_id limit 10`;
  return rows.map((row) => row.member_id);
}
