import {
  ERRORS,
  type PartnerRefusal,
  type PartnerRequest,
  RESOURCES,
  REST_RESOURCES,
  resourceAddress,
} from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import { findRequests, type LoggedRequest } from '../traffic/index.ts';

const MOST = 100;
const MOST_REFUSALS = 10;

/** What these applications asked lately, newest first; the log holds neither bodies nor values. */
export async function readRequests(
  ctx: Context,
  applicationIds: readonly number[],
  isFailed: boolean,
): Promise<PartnerRequest[]> {
  if (applicationIds.length === 0) return [];
  const found = await findRequests(ctx, { applicationIds, isFailed, most: MOST });
  return found.map((request) => ({
    requestId: request.requestId,
    applicationId: request.applicationId ?? 0,
    at: request.at,
    httpMethod: request.httpMethod,
    resource: request.resource,
    method: request.method,
    status: request.status,
    records: request.records,
    failed: request.failed,
    ms: request.ms,
    refusals: refusalsOf(request),
  }));
}

function refusalsOf({ status, code, rule, resource, failures }: LoggedRequest): PartnerRefusal[] {
  if (status >= 400)
    return [
      { key: null, status, code, field: null, reason: rule, rule: ruleAddress(resource, code, status, null) },
    ];
  return failures.slice(0, MOST_REFUSALS).map((failure) => ({
    key: failure.key,
    status: failure.status,
    code: failure.code,
    field: failure.field,
    reason: failure.rule,
    rule: ruleAddress(resource, failure.code, failure.status, failure.field),
  }));
}

const KINDS = new Map<string, string>([
  ...RESOURCES.map((each): [string, string] => [resourceAddress(each, 'v2'), each.kind]),
  ...REST_RESOURCES.map((each): [string, string] => [resourceAddress(each, 'rest'), each.kind]),
]);

/** Where the reference says what was broken: a field's own line where one is named, else the error's. */
function ruleAddress(resource: string, code: string | null, status: number, field: string | null): string {
  const kind = KINDS.get(resource);
  const name = field?.split('/')[1];
  if (kind !== undefined && name !== undefined) return `/docs/required-fields#${kind}-${name}`;
  const known = code !== null && Object.hasOwn(ERRORS, code);
  const error = known
    ? code
    : Object.entries(ERRORS).find(([, definition]) => definition.status === status)?.[0];
  return error === undefined ? '/docs/api#errors' : `/docs/api#error-${error}`;
}
