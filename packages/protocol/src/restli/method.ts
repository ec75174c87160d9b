import type { RawParams } from './params.ts';
import { excerpt, RestliError } from './restli-error.ts';

export const RESTLI_METHOD_HEADER = 'X-RestLi-Method';

const METHODS = [
  'get',
  'batch_get',
  'finder',
  'batch_finder',
  'get_all',
  'create',
  'batch_create',
  'update',
  'batch_update',
  'partial_update',
  'batch_partial_update',
  'delete',
  'batch_delete',
  'action',
] as const;

export type RestliMethod = (typeof METHODS)[number];

export interface MethodSigns {
  readonly httpMethod: string;
  /** The path ends with a key; true as well for a resource that has none (a singleton). */
  readonly hasPathKey: boolean;
  readonly params: RawParams;
  readonly headerMethod?: string | undefined;
}

/** The Rest.li method of a request. Throws 400 where the signs contradict each other, 405 for other verbs. */
export function inferMethod(signs: MethodSigns): RestliMethod {
  const { params, hasPathKey } = signs;
  const verb = signs.httpMethod.toUpperCase();
  const header = parseHeader(signs.headerMethod);
  const hasIds = params.ids !== undefined;
  if (params.values.has('action') && verb !== 'POST')
    throw new RestliError(400, "Query parameter 'action' is only for POST");
  if (hasPathKey && hasIds)
    throw new RestliError(400, "The request has both a key in its path and 'ids' in its query");
  const inferred = inferFromUrl(verb, hasPathKey, hasIds, params);
  if (inferred === 'create' && header === 'batch_create') return header;
  if (header !== undefined && header !== inferred)
    throw new RestliError(
      400,
      `${RESTLI_METHOD_HEADER} says '${header}', but the ${verb} request is ${inferred === undefined ? 'none' : `'${inferred}'`}`,
    );
  if (inferred === undefined)
    throw new RestliError(400, `${verb} needs a key in the path or 'ids' in the query`);
  return inferred;
}

function parseHeader(header: string | undefined): RestliMethod | undefined {
  if (header === undefined || header.trim() === '') return undefined;
  const wanted = header.trim().toLowerCase();
  const method = METHODS.find((known) => known === wanted);
  if (method === undefined)
    throw new RestliError(400, `${RESTLI_METHOD_HEADER} '${excerpt(header)}' is not a known method`);
  return method;
}

function inferFromUrl(
  verb: string,
  hasPathKey: boolean,
  hasIds: boolean,
  { values }: RawParams,
): RestliMethod | undefined {
  switch (verb) {
    case 'GET':
      if (hasPathKey) return 'get';
      if (values.has('q')) return 'finder';
      if (values.has('bq')) return 'batch_finder';
      return hasIds ? 'batch_get' : 'get_all';
    case 'PUT':
      return hasPathKey ? 'update' : hasIds ? 'batch_update' : undefined;
    case 'POST':
      if (values.has('action')) return 'action';
      return hasPathKey ? 'partial_update' : hasIds ? 'batch_partial_update' : 'create';
    case 'DELETE':
      return hasPathKey ? 'delete' : hasIds ? 'batch_delete' : undefined;
    default:
      throw new RestliError(405, `HTTP method ${excerpt(verb)} is not offered`);
  }
}
