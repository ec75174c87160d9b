import type { Ats, CandidateList, CandidateSummary } from '@carrick/protocol';
import { type Viewer, visibleCandidate, visibleJob } from '../access/index.ts';
import type { Context } from '../kernel/context.ts';
import type { Sql, Statement, Tx } from '../kernel/db.ts';
import { personIdOf, webUrl } from '../search/index.ts';
import { atsWords } from '../session/index.ts';

export const PAGE_SIZE = 25;

export interface CandidateKey {
  readonly atsNo: number;
  readonly candidateId: string;
}

export interface CandidateRow {
  readonly ats_no: number;
  readonly id: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly middle_initial: string | null;
  readonly suffix: string | null;
  readonly email_addresses: readonly string[];
  readonly phone_numbers: readonly { readonly number: string; readonly extension?: string | null }[] | null;
  readonly addresses: readonly Readonly<Record<string, string | null>>[] | null;
  readonly linked_in_profile_url: string | null;
  readonly external_profile_url: string | null;
  readonly current_company_name: string | null;
  readonly current_job_title: string | null;
  readonly ats_created_at: number;
  readonly applications: number;
  readonly newest_job: string | null;
}

/** Candidates of the viewer's ATSs, by key; those that are not there are absent. What the ATS holds on a candidate has no ACL, its applications have. */
export async function readCandidates(
  tx: Tx,
  viewer: Viewer,
  keys: readonly CandidateKey[],
): Promise<Map<string, CandidateRow>> {
  if (keys.length === 0) return new Map();
  const rows = await tx<CandidateRow>`
    select ${columns(tx, viewer)}
    from unnest(${keys.map((key) => key.atsNo)}::int[], ${keys.map((key) => key.candidateId)}::text[]) as w (ats_no, id)
    join candidate c on c.tenant_id = ${viewer.tenantId} and c.ats_no = w.ats_no and c.id = w.id
    where ${isOfViewer(tx, viewer)}`;
  return new Map(rows.map((row) => [keyText({ atsNo: row.ats_no, candidateId: row.id }), row]));
}

export function keyText({ atsNo, candidateId }: CandidateKey): string {
  return `${atsNo} ${candidateId}`;
}

export interface CandidateSearch {
  readonly q: string;
  /** Null: of every ATS that the viewer sees. */
  readonly atsNo: number | null;
  readonly isUnlinked: boolean;
  /** One word of the name is enough; those with more come first. */
  readonly isLoose: boolean;
  readonly page: number;
}

interface FoundRow extends CandidateRow {
  readonly total: number;
  readonly member_id: number | null;
  readonly member_name: string | null;
}

/** Every word must begin a part of the name, or the whole be the start of an e-mail, or the record's id. Newest first. */
export async function findCandidates(
  ctx: Context,
  tx: Tx,
  viewer: Viewer,
  { q, atsNo, isUnlinked, isLoose, page }: CandidateSearch,
): Promise<Omit<CandidateList, 'answeredAt'>> {
  const words = q
    .toLowerCase()
    .split(/[\s,-]+/)
    .filter(Boolean)
    .slice(0, 8);
  const found = words.reduce(
    (sum, word) =>
      tx`${sum} + (' ' || translate(lower(c.first_name || ' ' || c.last_name), '-', ' ') like ${`% ${likeText(word)}%`})::int`,
    tx`0`,
  );
  const start = `${likeText(q.trim().toLowerCase())}%`;
  const matches =
    words.length === 0
      ? tx`true`
      : tx`((${found}) >= ${isLoose ? 1 : words.length} or c.id = ${q.trim()} or exists (
          select from jsonb_array_elements_text(c.email_addresses) as e (address) where lower(e.address) like ${start}
        ))`;
  const unlinked = isUnlinked ? tx`l.member_id is null` : tx`true`;
  const ofAts = atsNo === null ? tx`true` : tx`c.ats_no = ${atsNo}`;
  const rows = await tx<FoundRow>`
    with found as (
      select c.*, l.member_id, count(*) over () as total, ${found} as found
      from candidate c
      left join candidate_member l on l.tenant_id = c.tenant_id and l.ats_no = c.ats_no and l.candidate_id = c.id
      where c.tenant_id = ${viewer.tenantId} and ${isOfViewer(tx, viewer)} and ${ofAts} and ${matches} and ${unlinked}
      order by found desc, c.ats_created_at desc, c.ats_no, c.id
      limit ${PAGE_SIZE} offset ${(page - 1) * PAGE_SIZE}
    )
    select ${columns(tx, viewer)}, c.total, c.member_id, m.first_name || ' ' || m.last_name as member_name
    from found c left join member m on m.member_id = c.member_id and not m.is_closed
    order by c.found desc, c.ats_created_at desc, c.ats_no, c.id`;
  const { atss } = atsWords(viewer);
  return {
    total: rows[0]?.total ?? 0,
    page,
    pageSize: PAGE_SIZE,
    candidates: rows.map((row) => ({
      ...summaryOf(row, atss),
      linkedTo:
        row.member_id === null || row.member_name === null
          ? null
          : { id: personIdOf(ctx, viewer.tenantId, row.member_id), name: row.member_name },
    })),
  };
}

function likeText(text: string): string {
  return text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);
}

function isOfViewer(tx: Sql, viewer: Viewer): Statement {
  return tx`(
    c.ats_no = any(${viewer.atss.map(({ atsNo }) => atsNo)}::int[])
    and ${visibleCandidate(tx, viewer, { atsNo: tx`c.ats_no`, candidateId: tx`c.id` })}
  )`;
}

function columns(tx: Sql, viewer: Viewer): Statement {
  const visible = tx`
    from application a
    left join job j on j.tenant_id = a.tenant_id and j.ats_no = a.ats_no and j.id = a.job_id
    where a.tenant_id = c.tenant_id and a.ats_no = c.ats_no and a.candidate_id = c.id
      and ${visibleJob(tx, viewer, {
        atsNo: tx`a.ats_no`,
        jobId: tx`a.job_id`,
        isRestricted: tx`coalesce(a.access_restricted, false)`,
      })}`;
  return tx`
    c.ats_no, c.id, c.first_name, c.last_name, c.middle_initial, c.suffix, c.email_addresses, c.phone_numbers, c.addresses,
    c.linked_in_profile_url, c.external_profile_url, c.current_company_name, c.current_job_title, c.ats_created_at,
    (select count(*) ${visible}) as applications,
    (select coalesce(j.title, a.job_name) ${visible} order by a.ats_created_at desc, a.id limit 1) as newest_job`;
}

export function summaryOf(row: CandidateRow, atss: readonly Ats[]): CandidateSummary {
  return {
    ats: atss.find(({ atsNo }) => atsNo === row.ats_no) ?? { atsNo: row.ats_no, name: 'ATS' },
    candidateId: row.id,
    name: [row.first_name, row.middle_initial, row.last_name, row.suffix].filter(Boolean).join(' '),
    url: webUrl(row.external_profile_url),
    title: row.current_job_title,
    employer: row.current_company_name,
    emails: row.email_addresses,
    phones: (row.phone_numbers ?? []).map(({ number, extension }) =>
      extension ? `${number} ext. ${extension}` : number,
    ),
    profileUrl: row.linked_in_profile_url,
    addresses: (row.addresses ?? []).map(placeOf).filter(Boolean),
    addedAt: row.ats_created_at,
    applications: row.applications,
    newestJob: row.newest_job,
  };
}

function placeOf(address: Readonly<Record<string, string | null>>): string {
  return ['line1', 'postalCode', 'city', 'geographicArea', 'country']
    .flatMap((part) => address[part]?.trim() || [])
    .join(', ');
}
