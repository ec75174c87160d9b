import type { Tx } from '../kernel/db.ts';
import type { AtsScope } from './hooks.ts';

/** What `jobPostingStatus` tells of one job. */
export interface JobStatus {
  readonly externalJobPostingId: string;
  readonly listingStatus: 'LISTED' | 'NOT_LISTED';
  readonly rawLocation: string;
  readonly [field: string]: unknown;
}

/** Whether a job is open now: not closed, and its end has not come. Composed into reads; `$n` is given as text by the caller. */
export const isListed = (job: string, now: string): string =>
  `(${job}.state = 'LISTED' and (${job}.expires_at is null or ${job}.expires_at > ${now}))`;

interface StatusRow {
  id: string;
  is_listed: boolean;
  is_known: boolean;
  state: string | null;
  availability: string | null;
  listed_at: number | null;
  expires_at: number | null;
  location: string | null;
  extra: Record<string, unknown> | null;
  job_posting_no: number | null;
  company_name: string;
  error_message: string | null;
}

/** $3 now, $4 ids. A job that never came to be is known by the task that says why. */
const STATUS = `select w.id, j.id is not null as is_known, coalesce(${isListed('j', '$3::bigint')}, false) as is_listed, j.state, j.availability,
    j.listed_at, j.expires_at, coalesce(j.location, t.location) as location, j.extra, j.job_posting_no,
    coalesce(j.extra ->> 'companyName', o.name) as company_name, t.error_message
  from unnest($4::text[]) as w(id)
  join organisation o on o.tenant_id = $1
  left join job j on j.tenant_id = $1 and j.ats_no = $2 and j.id = w.id
  left join lateral (
    select f.error_message, f.location from job_task f
    where f.tenant_id = $1 and f.ats_no = $2 and f.job_id = w.id
    order by f.created_at desc limit 1
  ) t on true
  where j.id is not null or t.error_message is not null`;

/** Statuses by externalJobPostingId; of what was never posted there is none. `boardUrl` is where the company's board stands. */
export async function getJobStatuses(
  tx: Tx,
  { tenantId, atsNo }: AtsScope,
  ids: readonly string[],
  { now, boardUrl }: { readonly now: number; readonly boardUrl: string },
): Promise<ReadonlyMap<string, JobStatus>> {
  const rows = await tx.prepared<StatusRow>(STATUS, [tenantId, atsNo, now, ids]);
  return new Map(rows.map((row) => [row.id, statusOf(row, now, boardUrl)]));
}

function statusOf(row: StatusRow, now: number, boardUrl: string): JobStatus {
  const { extra, is_listed: isOpen } = row;
  const rawLocation =
    row.location ?? ['postalCode', 'countryCode'].flatMap((field) => extra?.[field] ?? []).join(', ');
  const isOnBoard = isOpen && row.availability === 'PUBLIC';
  const detail = row.error_message ?? (isOpen ? null : notListedBecause(row, now));
  return {
    externalJobPostingId: row.id,
    listingStatus: isOpen ? 'LISTED' : 'NOT_LISTED',
    ...(detail === null
      ? {}
      : {
          listingStatusDetail: {
            ...(row.error_message === null ? {} : { errorType: 'CUSTOMER_ERROR' }),
            statusMessage: detail,
          },
        }),
    rawLocation,
    ...(row.is_known
      ? {
          jobPostingInfo: {
            listedAt: row.listed_at,
            ...(row.expires_at === null ? {} : { expireAt: row.expires_at }),
            location: rawLocation,
            ...(extra?.alternateLocations ? { alternateLocations: extra.alternateLocations } : {}),
            companyDetails: { companyName: row.company_name, companyPage: boardUrl },
            visibilityTag: VISIBILITY[row.availability ?? 'PUBLIC'],
          },
          ...(isOnBoard ? { jobPostingUrl: `${boardUrl}/${row.job_posting_no}` } : {}),
        }
      : {}),
    linkedInApplyStatus: 'NOT_ENABLED',
    promotionStatus: 'NOT_PROMOTED',
  };
}

const VISIBILITY: Readonly<Record<string, string>> = {
  PUBLIC: 'PUBLIC',
  PRIVATE_TO_ATS_INTEGRATION: 'PRIVATE',
  INTERNAL: 'COMPANY',
};

function notListedBecause({ state, expires_at: at }: StatusRow, now: number): string {
  if (state === 'CLOSED') return 'The job is closed.';
  return at !== null && at <= now
    ? 'The job has come to its end; RENEW prolongs it by 30 days.'
    : 'The job is not open.';
}
