import { insertMemberKeys, keyRows } from './key-rows.ts';
import type { Matcher } from './matcher.ts';
import { type MemberRow, memberFactsOf } from './member-rows.ts';
import { TERM_FIELDS, type TermField, termsOf, WEIGHTS } from './model.ts';

/** Raised when members' keys come out otherwise: then a count writes those that are missing. */
export const NORM_VERSION = 1;

const PAGE = 500;
/** Of each field: what a process keeps in memory. */
const MOST_TERMS = 20_000;
const MOST_COUNTED = 500_000;

/** Counts of values among members, in bounded memory: what was seen once is forgotten when there is too much of it. */
class TermCounts {
  readonly #counts = new Map<TermField, Map<string, number>>(TERM_FIELDS.map((field) => [field, new Map()]));
  readonly totals: Record<TermField, number> = { given: 0, family: 0, company: 0, city: 0 };
  #forgotten = 1;

  add(terms: ReturnType<typeof termsOf>): void {
    const fields = new Set<TermField>();
    for (const { field, value } of terms) {
      fields.add(field);
      const counts = this.#of(field);
      counts.set(value, (counts.get(value) ?? 0) + 1);
      if (counts.size > MOST_COUNTED) this.#forget(counts);
    }
    for (const field of fields) this.totals[field]++;
  }

  /** The values that at least `floor` members have, the lowest floor at which there are not too many. */
  frequent(): { readonly floor: number; readonly rows: { field: string; value: string; members: number }[] } {
    let floor = this.#forgotten + 1;
    const tooMany = () =>
      TERM_FIELDS.some((field) => {
        let found = 0;
        for (const members of this.#of(field).values()) if (members >= floor) found++;
        return found > MOST_TERMS;
      });
    while (tooMany()) floor++;
    const rows = TERM_FIELDS.flatMap((field) =>
      [...this.#of(field)].flatMap(([value, members]) =>
        members >= floor ? [{ field, value, members }] : [],
      ),
    );
    return { floor, rows };
  }

  #of(field: TermField): Map<string, number> {
    const counts = this.#counts.get(field);
    if (!counts) throw new Error(`no counts of ${field}`);
    return counts;
  }

  #forget(counts: Map<string, number>): void {
    this.#forgotten++;
    for (const [value, members] of counts) if (members < this.#forgotten) counts.delete(value);
  }
}

/**
 * Makes a model of the members as they are and of the weights that come with the program; it holds once it is published.
 * With `areKeysWritten` keys that members lack are written on the way. @returns its number
 */
export async function countMembers(
  matcher: Matcher,
  { areKeysWritten, signal }: { readonly areKeysWritten: boolean; readonly signal?: AbortSignal | undefined },
): Promise<number> {
  const { db, clock } = matcher.ctx;
  const counts = new TermCounts();
  let memberCount = 0;
  for (let after = 0; ; ) {
    signal?.throwIfAborted();
    const rows = await db.read(
      null,
      async (tx) => tx<MemberRow>`
        select * from match_members(array(
          select m.member_id from member m where m.member_id > ${after} and not m.is_closed order by m.member_id limit ${PAGE}
        )) order by member_id`,
    );
    const last = rows.at(-1);
    if (!last) break;
    after = last.member_id;
    memberCount += rows.length;
    const members = rows.map((row) => matcher.member(memberFactsOf(row)));
    for (const member of members) counts.add(termsOf(member));
    if (!areKeysWritten) continue;
    const keys = keyRows(
      members.map((member) => ({
        id: member.memberId,
        keys: [...matcher.keysOfMember(member), ...matcher.softKeys(member)],
      })),
    );
    await db.pipeline(null, (tx) => [insertMemberKeys(tx, keys)]);
  }
  const { floor, rows } = counts.frequent();
  return db.transaction(null, async (tx) => {
    const [row] = await tx<{ model_no: number }>`
      insert into match_model (weights_version, weights, norm_version, member_count, totals, floor, created_at)
      values (${WEIGHTS.version}, ${JSON.stringify(WEIGHTS)}::text::jsonb, ${NORM_VERSION}, ${memberCount},
              ${JSON.stringify(counts.totals)}::text::jsonb, ${floor}, ${clock.now()})
      returning model_no`;
    if (!row) throw new Error('a model was not stored');
    await tx`
      insert into term_frequency (model_no, field, value, members)
      select ${row.model_no}, f.field, f.value, f.members
      from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as f(field text, value text, members int)`;
    return row.model_no;
  });
}
