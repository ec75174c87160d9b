import { parseQueryV1 } from './query-v1.ts';
import { parseQueryV2 } from './query-v2.ts';
import { excerpt, RestliError } from './restli-error.ts';
import type { ProtocolVersion } from './version.ts';

/** A decoded query parameter. Maps, never plain objects: names come from outside. */
export type ParamValue = string | readonly ParamValue[] | ReadonlyMap<string, ParamValue>;

/** 1.0: one entry per `ids…` pair, name decoded and value raw. 2.0: the raw `List(…)`. */
export type RawIds =
  | { readonly version: '1.0.0'; readonly pairs: readonly (readonly [name: string, rawValue: string])[] }
  | { readonly version: '2.0.0'; readonly text: string };

/**
 * A parsed query. `ids` stay undecoded so that a malformed one can fail alone; projections stay
 * undecoded because they have a grammar of their own.
 */
export interface RawParams {
  readonly values: ReadonlyMap<string, ParamValue>;
  readonly ids?: RawIds;
  readonly projections: ReadonlyMap<'fields' | 'metadataFields' | 'pagingFields', string>;
}

/** `rawQuery` is what follows the first `?`, exactly as received. Throws 400 for bad syntax. */
export function parseQuery(rawQuery: string, version: ProtocolVersion): RawParams {
  return version === '1.0.0' ? parseQueryV1(rawQuery) : parseQueryV2(rawQuery);
}

/** The text of a scalar parameter; undefined when absent. Throws 400 for a list or a map. */
export function textParam(params: RawParams, name: string): string | undefined {
  const value = params.values.get(name);
  if (value === undefined || typeof value === 'string') return value;
  throw new RestliError(400, `Parameter '${excerpt(name)}' must be a single value`);
}

/** The texts of a list parameter (a single value counts as a list of one); undefined when absent. */
export function listParam(params: RawParams, name: string): readonly string[] | undefined {
  const value = params.values.get(name);
  if (value === undefined) return undefined;
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) {
    const texts = value.filter((item): item is string => typeof item === 'string');
    if (texts.length === value.length) return texts;
  }
  throw new RestliError(400, `Parameter '${excerpt(name)}' must be a list of values`);
}

/** A whole number of zero or more; undefined when absent. Throws 400 for anything else. */
export function countParam(params: RawParams, name: string): number | undefined {
  const text = textParam(params, name);
  if (text === undefined) return undefined;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new RestliError(400, `Parameter '${excerpt(name)}' must be a whole number of zero or more`);
}
