import { MAX_QUERY_BYTES, MAX_URL_BYTES } from './limits.ts';
import { formatMultipart, parseMultipart } from './multipart.ts';
import { excerpt, RestliError } from './restli-error.ts';

export const METHOD_OVERRIDE_HEADER = 'X-HTTP-Method-Override';
const FORM_TYPE = 'application/x-www-form-urlencoded';

export interface TunnelledRequest {
  readonly httpMethod: string;
  /** Value of `X-HTTP-Method-Override`. */
  readonly override: string | undefined;
  readonly contentType: string | undefined;
  readonly rawQuery: string;
  readonly bodyText: string;
}

export interface PlainRequest {
  readonly httpMethod: string;
  readonly rawQuery: string;
  readonly bodyText: string;
  readonly contentType: string | undefined;
}

/**
 * The request that was meant: the query comes out of the body as raw text, for the same parser as
 * any other. A request without the override header passes unchanged. Throws 400 for a tunnel that
 * cannot be read.
 */
export function untunnel(request: TunnelledRequest): PlainRequest {
  const { httpMethod, rawQuery, bodyText, contentType } = request;
  const override = request.override?.trim().toUpperCase();
  if (override === undefined || override === '') return { httpMethod, rawQuery, bodyText, contentType };
  if (httpMethod.toUpperCase() !== 'POST')
    throw new RestliError(400, `${METHOD_OVERRIDE_HEADER} is only for POST`);
  if (!['GET', 'PUT', 'POST', 'DELETE'].includes(override))
    throw new RestliError(
      400,
      `${METHOD_OVERRIDE_HEADER} '${excerpt(override)}' is not GET, PUT, POST or DELETE`,
    );
  const type = mediaType(contentType);
  if (type === FORM_TYPE)
    return {
      httpMethod: override,
      rawQuery: joinQueries(rawQuery, bodyText),
      bodyText: '',
      contentType: undefined,
    };
  if (type.startsWith('multipart/')) {
    const { query, entity } = sortParts(parseMultipart(bodyText, contentType ?? ''));
    return {
      httpMethod: override,
      rawQuery: joinQueries(rawQuery, query),
      bodyText: entity?.body ?? '',
      contentType: entity === undefined ? undefined : (entity.contentType ?? 'application/json'),
    };
  }
  // Only the verb is overridden: the query is still on the URL and the body is the entity.
  return { httpMethod: override, rawQuery, bodyText, contentType };
}

function mediaType(contentType: string | undefined): string {
  return (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

function joinQueries(onUrl: string, inBody: string): string {
  const query = inBody.trim();
  if (onUrl === '') return query;
  return query === '' ? onUrl : `${onUrl}&${query}`;
}

type Part = ReturnType<typeof parseMultipart>[number];

function sortParts(parts: readonly Part[]): { query: string; entity: Part | undefined } {
  // A part without a type is the query when it comes first: that is the order of the protocol.
  const isQuery = (part: Part, index: number): boolean =>
    part.contentType === undefined ? index === 0 : mediaType(part.contentType) === FORM_TYPE;
  const queries = parts.filter(isQuery);
  const entities = parts.filter((part, index) => !isQuery(part, index));
  const [query] = queries;
  if (query === undefined || queries.length > 1 || entities.length > 1)
    throw new RestliError(400, `A tunnelled request has one ${FORM_TYPE} part and at most one other`);
  return { query: query.body, entity: entities[0] };
}

/** Whether a request line would pass the limits of servers. `query` is without its `?`. */
export function needsTunnel(path: string, query: string): boolean {
  return query.length > MAX_QUERY_BYTES || path.length + 1 + query.length > MAX_URL_BYTES;
}

export interface TunnelInput {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly path: string;
  readonly query: string;
  /** JSON text; left out where the request has none. */
  readonly body?: string | undefined;
}

export interface TunnelOutput {
  readonly method: 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The same request with its query in the body. Headers come on top of the caller's own. */
export function tunnel({ method, path, query, body }: TunnelInput): TunnelOutput {
  if (body === undefined)
    return {
      method: 'POST',
      path,
      headers: { [METHOD_OVERRIDE_HEADER]: method, 'Content-Type': FORM_TYPE },
      body: query,
    };
  const multipart = formatMultipart([
    { contentType: FORM_TYPE, body: query },
    { contentType: 'application/json', body },
  ]);
  return {
    method: 'POST',
    path,
    headers: { [METHOD_OVERRIDE_HEADER]: method, 'Content-Type': multipart.contentType },
    body: multipart.text,
  };
}
