import { formDecode, unescapeName } from './escape.ts';
import { MAX_DEPTH } from './limits.ts';
import type { ParamValue, RawIds, RawParams } from './params.ts';
import { isProjectionName, type ProjectionName, splitPairs } from './query-pairs.ts';
import { excerpt, RestliError } from './restli-error.ts';

type Node =
  | { readonly kind: 'text'; readonly texts: string[] }
  | { readonly kind: 'map'; readonly items: Map<string, Node> }
  | { readonly kind: 'list'; readonly items: Map<number, Node> };

/** Protocol 1.0: `a=x`, `a.b=x`, `a[0]=x`, `a[0].b=x`; everything form-decoded once. */
export function parseQueryV1(rawQuery: string): RawParams {
  const root = new Map<string, Node>();
  const idPairs: (readonly [string, string])[] = [];
  const projections = new Map<ProjectionName, string>();
  for (const pair of splitPairs(rawQuery)) {
    const [rawName, rawValue] = pair;
    const name = formDecode(rawName);
    if (name === 'ids' || name.startsWith('ids[') || name.startsWith('ids.')) {
      idPairs.push(name === rawName ? pair : [name, rawValue]);
    } else if (isProjectionName(name)) {
      if (projections.has(name)) refuseRepeated(name);
      projections.set(name, rawValue);
    } else {
      place(root, name, formDecode(rawValue));
    }
  }
  const values = new Map<string, ParamValue>();
  for (const [name, node] of root) values.set(name, toValue(node));
  const ids: RawIds | undefined = idPairs.length > 0 ? { version: '1.0.0', pairs: idPairs } : undefined;
  return ids === undefined ? { values, projections } : { values, ids, projections };
}

function place(root: Map<string, Node>, name: string, text: string): void {
  const path = parseName(name);
  let node: Node = { kind: 'map', items: root };
  for (const [depth, step] of path.entries()) {
    const next = path[depth + 1];
    // One name cannot be both a value and a container, nor a list and a map.
    const kind = next === undefined ? 'text' : typeof next === 'number' ? 'list' : 'map';
    const found: Node | undefined = child(node, step, name);
    if (found === undefined) {
      const made: Node =
        kind === 'text'
          ? { kind, texts: [text] }
          : kind === 'list'
            ? { kind, items: new Map() }
            : { kind, items: new Map() };
      attach(node, step, made);
      node = made;
    } else {
      if (found.kind !== kind) refuseRepeated(name);
      if (found.kind === 'text') {
        if (path.length > 1) refuseRepeated(name);
        found.texts.push(text);
      }
      node = found;
    }
  }
}

function child(node: Node, step: string | number, name: string): Node | undefined {
  if (node.kind === 'map' && typeof step === 'string') return node.items.get(step);
  if (node.kind === 'list' && typeof step === 'number') return node.items.get(step);
  return refuseRepeated(name);
}

function attach(node: Node, step: string | number, made: Node): void {
  if (node.kind === 'map' && typeof step === 'string') node.items.set(step, made);
  else if (node.kind === 'list' && typeof step === 'number') node.items.set(step, made);
}

function toValue(node: Node): ParamValue {
  switch (node.kind) {
    case 'text': {
      const [only, ...more] = node.texts;
      return only !== undefined && more.length === 0 ? only : node.texts;
    }
    case 'map':
      return new Map([...node.items].map(([name, item]) => [name, toValue(item)]));
    case 'list':
      // An index only orders; holes are passed over.
      return [...node.items].sort(([a], [b]) => a - b).map(([, item]) => toValue(item));
  }
}

/** `a[0].b` → `['a', 0, 'b']`; throws 400 for an index that is not a whole number. */
export function parseName(name: string): (string | number)[] {
  const path: (string | number)[] = [];
  for (const piece of name.split('.', MAX_DEPTH + 1)) {
    const bracket = piece.indexOf('[');
    path.push(unescapeName(bracket < 0 ? piece : piece.slice(0, bracket)));
    for (let open = bracket; open >= 0 && open < piece.length; ) {
      const close = piece.indexOf(']', open);
      const digits = close < 0 ? '' : piece.slice(open + 1, close);
      if (piece[open] !== '[' || !/^\d{1,9}$/.test(digits))
        throw new RestliError(400, `Parameter name '${excerpt(name)}' has no valid index`);
      path.push(Number(digits));
      open = close + 1;
      if (path.length > MAX_DEPTH) break;
    }
    if (path.length > MAX_DEPTH)
      throw new RestliError(400, `Parameter name '${excerpt(name)}' is nested too deep`);
  }
  return path;
}

function refuseRepeated(name: string): never {
  throw new RestliError(400, `Parameter '${excerpt(name)}' is given more than once or in two forms`);
}
