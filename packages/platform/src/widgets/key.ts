import type { Context } from '../kernel/context.ts';

/** The customer application whose client id stands in a page. It says which ATS the page belongs to, and opens nothing. */
export interface WidgetKey {
  readonly apiKey: string;
  readonly applicationId: number;
  readonly name: string;
  /** Of pages that may hold its frames: each is an origin and nothing else, so that a list of them is safe in a header. */
  readonly origins: readonly string[];
  /** Null while nobody has asked for an integration with it. */
  readonly ats: {
    readonly tenantId: number;
    readonly atsNo: number;
    readonly organisationUrn: string;
  } | null;
}

interface KeyRow {
  application_id: number;
  name: string;
  access: string;
  js_domains: readonly string[];
  tenant_id: number | null;
  ats_no: number | null;
  organisation_urn: string | null;
}

/** Null for what is no key, a partner's, or one that may do nothing at present. */
export async function findWidgetKey(ctx: Context, apiKey: string): Promise<WidgetKey | null> {
  if (!/^[\w-]{1,100}$/.test(apiKey)) return null;
  const [row] = await ctx.db.lookup<KeyRow & object>`select * from find_widget_key(${apiKey})`;
  if (row?.access !== 'enabled') return null;
  const { tenant_id: tenantId, ats_no: atsNo, organisation_urn: organisationUrn } = row;
  return {
    apiKey,
    applicationId: row.application_id,
    name: row.name,
    origins: row.js_domains.flatMap((text) => originOf(text) ?? []),
    ats:
      tenantId === null || atsNo === null || organisationUrn === null
        ? null
        : { tenantId, atsNo, organisationUrn },
  };
}

/** What was stored before origins were checked as they are now. */
function originOf(text: string): string | null {
  const origin = URL.parse(text)?.origin;
  return origin?.startsWith('http') ? origin : null;
}
