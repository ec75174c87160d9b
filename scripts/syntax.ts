import { parseSync } from '@swc/core';

/** A node of any kind, with the fields that the checks read. */
export type SyntaxNode = Partial<Record<NodeField, unknown>>;
type NodeField =
  | 'type'
  | 'callee'
  | 'arguments'
  | 'value'
  | 'property'
  | 'object'
  | 'tag'
  | 'expression'
  | 'quasis'
  | 'cooked';

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every node of a source file, parents before children, in no other promised order. Where JSX may stand, `<T>(x)` means another thing. */
export function* nodesOf(path: string, source: string): Generator<SyntaxNode> {
  const left: unknown[] = [parseSync(source, { syntax: 'typescript', tsx: path.endsWith('x') })];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (isNode(next)) yield next;
    if (typeof next !== 'object' || next === null) continue;
    left.push(...Object.values(next).filter((child) => typeof child === 'object' && child !== null));
  }
}
