import type { TransactionSql } from 'postgres';
import { READER_ROLE } from '../kernel/app-role.ts';
import { identifier } from '../kernel/backup/tables.ts';
import { connect } from '../kernel/connect.ts';
import { OF_NO_TENANT, PLACES, type Reach, type SubjectKind } from './places.ts';
import { resolve, SUBJECT_COLUMNS, type Subject, type SubjectRow } from './subject.ts';

/** Rows by place; a place without any is left out. */
export type Counts = Readonly<Record<string, number>>;

interface Step {
  readonly place: string;
  readonly reach: Reach;
  /** With the organisation, where the table has one and the subject is of one. */
  readonly where: string;
}

function stepsOf(kind: SubjectKind): Step[] {
  return Object.entries(PLACES).flatMap(([place, { reach }]) => {
    const own = reach[kind];
    if (own === undefined) return [];
    const condition = typeof own === 'string' ? own : own.where;
    const isWithin = kind !== 'member' && !OF_NO_TENANT.has(place);
    return [
      { place, reach: own, where: isWithin ? `t.tenant_id = s.tenant_id and (${condition})` : condition },
    ];
  });
}

/** Places that an erasure of this kind goes over: whose files are written anew. */
export const placesOf = (kind: SubjectKind): readonly string[] => stepsOf(kind).map(({ place }) => place);

const SUBJECT = `with s as (select * from jsonb_to_record($1::text::jsonb) as s (${SUBJECT_COLUMNS}))`;

/**
 * Works as the reader, whom row-level security lets into every place: the organisation is part of every condition instead.
 */
async function asReader<T>(ownerUrl: string, work: (tx: TransactionSql) => Promise<T>): Promise<T> {
  const sql = connect(ownerUrl, { max: 1, applicationName: 'carrick-erasure' });
  try {
    // TypeScript takes what begin() resolves with for rows.
    return (await sql.begin(async (tx) => {
      await tx.unsafe(`set local role ${READER_ROLE}`);
      return work(tx);
    })) as T;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** What has to be known of the subject before anything of it goes. Null: there is nothing of the kind. */
export function findSubject(ownerUrl: string, subject: Subject): Promise<SubjectRow | null> {
  return asReader(ownerUrl, (tx) => resolve(tx, subject));
}

/** What an erasure would reach now, in one statement. */
export function countPlaces(ownerUrl: string, kind: SubjectKind, row: SubjectRow): Promise<Counts> {
  return asReader(ownerUrl, async (tx) => {
    const counts = stepsOf(kind).map(
      ({ place, where }) =>
        `select '${place}' as place, count(*)::int as rows from ${identifier(place)} t, s where ${where}`,
    );
    const rows = await tx.unsafe<{ place: string; rows: number }[]>(
      `${SUBJECT} ${counts.join(' union all ')}`,
      [JSON.stringify(row)],
    );
    return Object.fromEntries(rows.filter((each) => each.rows > 0).map((each) => [each.place, each.rows]));
  });
}

/** Erases what is there in every place, in one flight and one transaction. */
export function sweepPlaces(ownerUrl: string, kind: SubjectKind, row: SubjectRow): Promise<void> {
  return asReader(ownerUrl, async (tx) => {
    const json = JSON.stringify(row);
    await Promise.all(
      stepsOf(kind).map(({ place, reach, where }) => {
        const verb =
          typeof reach === 'string'
            ? `delete from ${identifier(place)} t using s`
            : `update ${identifier(place)} t set ${reach.set} from s`;
        return tx.unsafe(`${SUBJECT} ${verb} where ${where}`, [json]);
      }),
    );
  });
}

/** What nobody may read, not even the person it is about: secrets, and what is only an index. */
const NEVER_GIVEN =
  "array['search_doc', 'password_hash', 'client_secret', 'former_secret', 'token_sha256', 'code_sha256']";

/** Everything that is stored of the subject, place by place; files as hexadecimal text. */
export function readPlaces(
  ownerUrl: string,
  kind: SubjectKind,
  row: SubjectRow,
): Promise<readonly { readonly place: string; readonly rows: readonly unknown[] }[]> {
  return asReader(ownerUrl, async (tx) => {
    const json = JSON.stringify(row);
    const all = await Promise.all(
      stepsOf(kind).map(async ({ place, where }) => {
        const rows = await tx.unsafe<{ row: unknown }[]>(
          `${SUBJECT} select to_jsonb(t) - ${NEVER_GIVEN} as row from ${identifier(place)} t, s where ${where}`,
          [json],
        );
        return { place, rows: rows.map((each) => each.row) };
      }),
    );
    return all.filter(({ rows }) => rows.length > 0);
  });
}
