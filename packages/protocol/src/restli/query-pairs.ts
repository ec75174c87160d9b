import { checkTokens } from './limits.ts';

/** The `name=value` pairs of a raw query, undecoded; empty pairs (`?&a=1`) are passed over. Throws 400 for a flood of them. */
export function splitPairs(rawQuery: string): (readonly [rawName: string, rawValue: string])[] {
  const pairs: (readonly [string, string])[] = [];
  let equals = -1;
  for (let start = 0; start < rawQuery.length; ) {
    const end = indexOrEnd(rawQuery, '&', start);
    // One that was found behind its pair is that of a later one: a text without any is looked through once.
    if (equals < start) equals = indexOrEnd(rawQuery, '=', start);
    if (end > start)
      pairs.push(
        equals >= end
          ? [rawQuery.slice(start, end), '']
          : [rawQuery.slice(start, equals), rawQuery.slice(equals + 1, end)],
      );
    start = end + 1;
    checkTokens(pairs.length);
  }
  return pairs;
}

function indexOrEnd(text: string, char: string, from: number): number {
  const at = text.indexOf(char, from);
  return at < 0 ? text.length : at;
}

export type ProjectionName = 'fields' | 'metadataFields' | 'pagingFields';

export function isProjectionName(name: string): name is ProjectionName {
  return name === 'fields' || name === 'metadataFields' || name === 'pagingFields';
}
