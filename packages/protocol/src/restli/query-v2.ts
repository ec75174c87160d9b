import { percentDecode } from './escape.ts';
import { decodeNode, isEmptyToken, isStructured, parseGrammar } from './grammar-v2.ts';
import type { ParamValue, RawIds, RawParams } from './params.ts';
import { isProjectionName, type ProjectionName, splitPairs } from './query-pairs.ts';
import { excerpt, RestliError } from './restli-error.ts';

/** Protocol 2.0: values in the List/map grammar, `+` a literal plus, no name twice. */
export function parseQueryV2(rawQuery: string): RawParams {
  const values = new Map<string, ParamValue>();
  const projections = new Map<ProjectionName, string>();
  let ids: RawIds | undefined;
  for (const [rawName, rawValue] of splitPairs(rawQuery)) {
    const name = percentDecode(rawName);
    if (name === 'ids') {
      if (ids !== undefined) refuseRepeated(name);
      ids = { version: '2.0.0', text: rawValue };
    } else if (name.startsWith('ids[')) {
      throw new RestliError(
        400,
        `'${excerpt(name)}' is protocol 1.0.0 syntax, but X-RestLi-Protocol-Version says 2.0.0: write ids=List(…) or leave the header out`,
      );
    } else if (isProjectionName(name)) {
      if (projections.has(name)) refuseRepeated(name);
      projections.set(name, rawValue);
    } else {
      if (values.has(name)) refuseRepeated(name);
      values.set(name, readParam(rawValue));
    }
  }
  return ids === undefined ? { values, projections } : { values, ids, projections };
}

// A plain value ends where the parameter ends, so a raw `:` in it (an unescaped URN) misleads nobody.
function readParam(rawValue: string): ParamValue {
  if (isStructured(rawValue)) return decodeNode(parseGrammar(rawValue));
  return isEmptyToken(rawValue, 'query') ? '' : percentDecode(rawValue);
}

function refuseRepeated(name: string): never {
  throw new RestliError(400, `Parameter '${excerpt(name)}' is given more than once`);
}
