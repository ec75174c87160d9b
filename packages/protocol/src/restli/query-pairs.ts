import { checkTokens } from './limits.ts';

/** The `name=value` pairs of a raw query, undecoded; empty pairs (`?&a=1`) are passed over. Throws 400 for a flood of them. */
export function splitPairs(rawQuery: string): (readonly [rawName: string, rawValue: string])[] {
  const pairs: (readonly [string, string])[] = [];
  for (let start = 0; start < rawQuery.length; ) {
    let end = rawQuery.indexOf('&', start);
    if (end < 0) end = rawQuery.length;
    if (end > start) {
      const pair = rawQuery.slice(start, end);
      const equals = pair.indexOf('=');
      pairs.push(equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)]);
    }
    start = end + 1;
    checkTokens(pairs.length);
  }
  return pairs;
}

export type ProjectionName = 'fields' | 'metadataFields' | 'pagingFields';

export function isProjectionName(name: string): name is ProjectionName {
  return name === 'fields' || name === 'metadataFields' || name === 'pagingFields';
}
