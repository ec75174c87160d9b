import { RECORD_KINDS, type SyncHealth, type SyncHealthAnswer, type SyncState } from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import { Refusal, type Session } from '../session/index.ts';
import { type CallPauses, type CallTiming, readCallsOverTime, readQuotaUse } from '../traffic/index.ts';
import { completenessOf, recordStatements, type StoredRow, warningsOf } from './sync-records.ts';
import { acceptedOf, KIND_OF_RESOURCE } from './sync-traffic.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** How finely a range is drawn: never more than a hundred and seventy points on a line. */
const SPANS_MS: Readonly<Record<number, number>> = {
  1: MINUTE_MS,
  24: 15 * MINUTE_MS,
  168: HOUR_MS,
  2160: 24 * HOUR_MS,
};
/** A call so recent belongs to a round under way. */
const SYNCING_MS = 2 * MINUTE_MS;
const LEAST_PAUSE_MS = MINUTE_MS;
const LONGEST_PAUSE_MS = 24 * HOUR_MS;
/** While too little is known of an ATS to say how often it comes. */
const UNKNOWN_PAUSE_MS = HOUR_MS;
const LEAST_PAUSES = 3;
/** Of the records of the range: more is for somebody to look at. */
const FAILING = 0.01;

interface AtsRow {
  ats_no: number;
  name: string;
  application_id: number;
  is_on: boolean;
}

/** How the synchronisation with one ATS fares; with the first one, unless it is said. @throws Refusal NO_SUCH_INTEGRATION */
export async function readSyncHealth(
  ctx: Context,
  { tenantId }: Session,
  { atsNo, hours }: { readonly atsNo: number | null; readonly hours: number },
): Promise<SyncHealthAnswer> {
  const now = ctx.clock.now();
  const atss = await ctx.db.read(
    tenantId,
    async (tx) => tx<AtsRow>`
      select t.ats_no, t.name, t.application_id, exists (
        select from integration i
        where i.tenant_id = t.tenant_id and i.ats_no = t.ats_no and i.status = 'ENABLED'
          and i.integration_type in ('ONE_CLICK_EXPORT', 'IN_ATS_INDICATOR', 'PROFILE_PLUGIN')
      ) as is_on
      from ats_instance t where t.tenant_id = ${tenantId} order by t.ats_no`,
  );
  const chosen = atsNo === null ? atss[0] : atss.find((each) => each.ats_no === atsNo);
  if (!chosen && atsNo !== null) throw new Refusal('NO_SUCH_INTEGRATION');
  return {
    hours,
    atss: atss.map((each) => ({ atsNo: each.ats_no, name: each.name })),
    ats: chosen ? await healthOf(ctx, tenantId, chosen, hours, now) : null,
    answeredAt: now,
  };
}

async function healthOf(
  ctx: Context,
  tenantId: number,
  { ats_no: atsNo, name, application_id: applicationId, is_on: isOn }: AtsRow,
  hours: number,
  now: number,
): Promise<SyncHealth> {
  const spanMs = SPANS_MS[hours] ?? HOUR_MS;
  const spans = Math.ceil((hours * HOUR_MS) / spanMs);
  // Whole spans, so that a point does not change its meaning from one reading to the next.
  const from = (Math.floor(now / spanMs) + 1 - spans) * spanMs;
  const [quotas, [traffic, timings, [pause], latest], [stored, lags, empties, [funnel], theirs, [linked]]] =
    await Promise.all([
      readQuotaUse(ctx, applicationId),
      ctx.db.read(tenantId, (tx) => readCallsOverTime(tx, applicationId, { from, spanMs, now })),
      ctx.db.read(tenantId, (tx) => tx.flight(recordStatements(tx, atsNo, { from, now }))),
    ]);
  const usualPauseMs = usualPause(pause);
  const inSpan = Map.groupBy(timings, ({ span }) => span);
  const each = <T>(of: (row: CallTiming | undefined) => T): T[] =>
    Array.from({ length: spans }, (_, span) => of(inSpan.get(span)?.[0]));
  const failed = traffic.reduce((sum, row) => sum + row.failed, 0);
  const accepted = traffic.reduce((sum, row) => sum + row.accepted, 0);
  const lastCallAt = pause?.last_at ?? null;
  return {
    atsNo,
    name,
    state: stateOf({
      isOn,
      isFailing: failed > (failed + accepted) * FAILING || (pause?.last_status ?? 200) >= 400,
      silentMs: lastCallAt === null ? null : now - lastCallAt,
      usualPauseMs,
    }),
    lastCallAt,
    usualPauseMs,
    times: Array.from({ length: spans }, (_, span) => from + span * spanMs),
    spanMs,
    calls: each((row) => row?.calls ?? 0),
    p50Ms: each((row) => row?.p50 ?? null),
    p95Ms: each((row) => row?.p95 ?? null),
    kinds: RECORD_KINDS.map((kind) => ({
      kind,
      stored: sum(stored, kind),
      lastReceivedAt: latestOf(stored, kind),
      lagMs: lags.find((row) => row.kind === kind)?.lag ?? null,
      accepted: acceptedOf(traffic, kind, spans),
      failed: traffic
        .filter(({ resource }) => KIND_OF_RESOURCE.get(resource) === kind)
        .reduce((total, row) => total + row.failed, 0),
    })),
    funnel: {
      candidates: funnel?.candidates ?? 0,
      identifiable: funnel?.identifiable ?? 0,
      linked: funnel?.linked ?? 0,
      pastApplicants: funnel?.past_applicants ?? 0,
    },
    completeness: completenessOf(stored, theirs),
    quotas,
    warnings: warningsOf(stored, empties, linked, now),
    latest: [...latest],
  };
}

interface Signs {
  readonly isOn: boolean;
  readonly isFailing: boolean;
  /** Null: it never called. */
  readonly silentMs: number | null;
  readonly usualPauseMs: number;
}

/** The one word for an ATS; the first that holds. */
export function stateOf({ isOn, isFailing, silentMs, usualPauseMs }: Signs): SyncState {
  if (!isOn) return 'off';
  if (silentMs === null || silentMs > 2 * usualPauseMs) return 'delayed';
  if (isFailing) return 'attention';
  return silentMs < SYNCING_MS ? 'syncing' : 'up-to-date';
}

function usualPause(row: CallPauses | undefined): number {
  if (row?.pause == null || row.pauses < LEAST_PAUSES) return UNKNOWN_PAUSE_MS;
  return Math.min(Math.max(row.pause, LEAST_PAUSE_MS), LONGEST_PAUSE_MS);
}

function sum(rows: readonly StoredRow[], kind: StoredRow['kind']): number {
  return rows.filter((row) => row.kind === kind).reduce((total, { stored }) => total + stored, 0);
}

function latestOf(rows: readonly StoredRow[], kind: StoredRow['kind']): number | null {
  const times = rows.flatMap((row) => (row.kind === kind && row.last_at !== null ? [row.last_at] : []));
  return times.length === 0 ? null : Math.max(...times);
}
