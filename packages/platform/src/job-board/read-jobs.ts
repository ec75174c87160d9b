import type { Tx } from '../kernel/db.ts';
import { isListed } from '../records/index.ts';

/** A job as the public may see it. */
export interface BoardJob {
  /** Its number on this platform; the ATS's own id is not the public's. */
  readonly postingNo: number;
  readonly title: string;
  /** As stored: allowed tags only. */
  readonly description: string;
  readonly location: string | null;
  readonly applyUrl: string;
  readonly listedAt: number;
  readonly expiresAt: number | null;
  readonly companyName: string | null;
  /** The posting's remaining fields as they were sent. */
  readonly extra: Readonly<Record<string, unknown>>;
}

export interface BoardPage {
  readonly jobs: readonly BoardJob[];
  readonly total: number;
}

export const PAGE_SIZE = 50;

interface JobRow {
  job_posting_no: number;
  title: string;
  description: string;
  location: string | null;
  company_apply_url: string;
  listed_at: number;
  expires_at: number | null;
  extra: Readonly<Record<string, unknown>>;
}

/** The condition of every read here: $1 tenant, $2 now. Private and internal jobs are not on the board, by link neither. */
const ON_BOARD = `from job j
  where j.tenant_id = $1 and j.availability = 'PUBLIC' and ${isListed('j', '$2::bigint')}
    and not exists (select from organisation o where o.tenant_id = $1 and o.is_board_fed_elsewhere)`;
const COLUMNS =
  'j.job_posting_no, j.title, j.description, j.location, j.company_apply_url, j.listed_at, j.expires_at, j.extra';

/** @param page from 1 */
export async function readBoard(tx: Tx, tenantId: number, now: number, page: number): Promise<BoardPage> {
  const [rows, counts] = await tx.flight([
    tx.prepared<JobRow>(
      `select ${COLUMNS} ${ON_BOARD} order by j.listed_at desc, j.job_posting_no desc limit $3 offset $4`,
      [tenantId, now, PAGE_SIZE, (page - 1) * PAGE_SIZE],
    ),
    tx.prepared<{ total: number }>(`select count(*) as total ${ON_BOARD}`, [tenantId, now]),
  ]);
  return { jobs: rows.map(jobOf), total: counts[0]?.total ?? 0 };
}

export async function readBoardJob(
  tx: Tx,
  tenantId: number,
  now: number,
  postingNo: number,
): Promise<BoardJob | null> {
  const [row] = await tx.prepared<JobRow>(`select ${COLUMNS} ${ON_BOARD} and j.job_posting_no = $3`, [
    tenantId,
    now,
    postingNo,
  ]);
  return row ? jobOf(row) : null;
}

function jobOf(row: JobRow): BoardJob {
  const { companyName } = row.extra;
  return {
    postingNo: row.job_posting_no,
    title: row.title,
    description: row.description,
    location: row.location,
    applyUrl: row.company_apply_url,
    listedAt: row.listed_at,
    expiresAt: row.expires_at,
    companyName: typeof companyName === 'string' ? companyName : null,
    extra: row.extra,
  };
}
