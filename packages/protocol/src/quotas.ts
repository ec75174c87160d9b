import type { ResourceDefinition } from './resources.ts';

/** The two roots of the wire: as documented first, and with dated versions. */
export type ApiBase = 'v2' | 'rest';

/** At most so many requests or records of one application on one resource; days and minutes are those of UTC. */
export interface QuotaLimit {
  readonly unit: 'requests' | 'records';
  readonly per: 'day' | 'minute';
  readonly most: number;
}

/** The pause that a resource asks for between calls stands in its own row (`leastGapMs`). */
export interface Quota {
  readonly limits: readonly QuotaLimit[];
  /** Resources of one name are counted together. */
  readonly sharedAs?: string;
}

export const QUOTA_WINDOWS_MS = { day: 86_400_000, minute: 60_000 } as const satisfies Record<
  QuotaLimit['per'],
  number
>;

const requestsADay = (most: number): QuotaLimit => ({ unit: 'requests', per: 'day', most });
const recordsADay = (most: number): QuotaLimit => ({ unit: 'records', per: 'day', most });
const recordsAMinute = (most: number): QuotaLimit => ({ unit: 'records', per: 'minute', most });

/** Documented for candidates, applications, what belongs to them, and access lists; taken for everything that has no row below. */
export const USUAL_QUOTA: Quota = { limits: [requestsADay(100_000), recordsAMinute(10_000)] };

/** What recruiters do with people, as an ATS reads it back. */
const PROSPECT_INTERACTIONS: Quota = { limits: [requestsADay(100_000)], sharedAs: 'prospect interactions' };

/** What differs from the usual, by `base/name` or `base/parent/name`. */
export const QUOTAS: Readonly<Record<string, Quota>> = {
  'v2/atsIntegrations': { limits: [requestsADay(5_000)] },
  'v2/atsIntegrations/configurations': { limits: [requestsADay(5_000)] },
  'rest/integrations': { limits: [requestsADay(5_000)] },
  'rest/integrationConfigurations': { limits: [requestsADay(5_000)] },
  'rest/applicationNotes': { limits: [requestsADay(1_000_000), recordsAMinute(10_000)] },
  'v2/simpleJobPostings': { limits: [requestsADay(100_000), recordsAMinute(2_000), recordsADay(60_000)] },
  'rest/simpleJobPostings': { limits: [requestsADay(100_000), recordsAMinute(2_000), recordsADay(60_000)] },
  'v2/simpleJobPostingTasks': { limits: [requestsADay(300_000)] },
  'rest/simpleJobPostingTasks': { limits: [requestsADay(300_000)] },
  'v2/jobPostingStatus': { limits: [requestsADay(1_000_000)] },
  'rest/jobPostingStatus': { limits: [requestsADay(1_000_000)] },
  'v2/seats': PROSPECT_INTERACTIONS,
  'v2/seatsV2': PROSPECT_INTERACTIONS,
  'v2/conversationEvents': PROSPECT_INTERACTIONS,
  'v2/mailStubs': PROSPECT_INTERACTIONS,
  'v2/prospectNotes': PROSPECT_INTERACTIONS,
};

export function quotaOf(resourceAddress: string): Quota {
  return QUOTAS[resourceAddress] ?? USUAL_QUOTA;
}

/** `v2/atsCandidates/notes`: what quotas, the request log and the reference call a resource. */
export function resourceAddress(
  { name, parent }: Pick<ResourceDefinition, 'name' | 'parent'>,
  base: ApiBase = 'v2',
): string {
  return parent === undefined ? `${base}/${name}` : `${base}/${parent}/${name}`;
}
