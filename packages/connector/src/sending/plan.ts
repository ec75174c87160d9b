import {
  MAX_BATCH,
  QUOTA_WINDOWS_MS,
  quotaOf,
  RECORD_KINDS,
  RESOURCES,
  type RecordKind,
  type ResourceDefinition,
  resourceAddress,
} from '@carrick/protocol';

/** Of its quota the connector uses this much. */
export const QUOTA_SHARE = 0.95;

/** How many records of each kind a history has, and on how many candidates or applications the children hang. */
export type HistorySize = {
  readonly [K in RecordKind]?: { readonly records: number; readonly parents?: number };
};

export interface KindPlan {
  readonly kind: RecordKind;
  readonly records: number;
  readonly requests: number;
  readonly hours: number;
  /** Which limit decides, in words. */
  readonly heldUpBy: string;
}

export interface HistoryPlan {
  readonly kinds: readonly KindPlan[];
  /** Kinds are sent one after the other. */
  readonly hours: number;
  /** "Your history needs 3.2 hours." */
  readonly sentence: string;
}

/** One call takes about this long; it decides where no quota does. */
const CALL_MS = 150;

/** How long a history takes at 95 % of the quota. A request carries at most 100 records, and children of one parent only. */
export function planHistory(size: HistorySize): HistoryPlan {
  const kinds = RECORD_KINDS.flatMap((kind) => {
    const { records = 0, parents = 0 } = size[kind] ?? {};
    return records > 0 ? [planKind(kind, records, parents)] : [];
  });
  const hours = kinds.reduce((sum, kind) => sum + kind.hours, 0);
  return { kinds, hours, sentence: `Your history needs ${describeHours(hours)}.` };
}

function planKind(kind: RecordKind, given: number, parents: number): KindPlan {
  // Who a candidate is matched with is read back by the same quota.
  const records = kind === 'candidate' ? given * 2 : given;
  const requests = Math.max(Math.ceil(records / MAX_BATCH), parents);
  const needs = quotaOf(addressOf(kind)).limits.map(({ unit, per, most }) => {
    const amount = unit === 'records' ? records : requests;
    const windows = amount / (most * QUOTA_SHARE);
    // A day's limit holds nobody up who stays below it.
    const ms = per === 'day' && windows <= 1 ? 0 : windows * QUOTA_WINDOWS_MS[per];
    return { ms, why: `${most} ${unit} a ${per}` };
  });
  needs.push({ ms: requests * CALL_MS, why: 'one call after the other' });
  const longest = needs.reduce((a, b) => (b.ms > a.ms ? b : a));
  return { kind, records: given, requests, hours: longest.ms / 3_600_000, heldUpBy: longest.why };
}

/** `v2/atsApplications/stages` */
function addressOf(kind: RecordKind): string {
  const resource: ResourceDefinition | undefined = RESOURCES.find((row) => row.kind === kind);
  if (!resource) throw new Error(`no resource of ${kind}`);
  return resourceAddress(resource);
}

function describeHours(hours: number): string {
  if (hours < 1) return `${Math.max(1, Math.ceil(hours * 60))} minutes`;
  return hours < 48 ? `${hours.toFixed(1)} hours` : `${(hours / 24).toFixed(1)} days`;
}
