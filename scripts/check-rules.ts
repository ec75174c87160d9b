/**
 * Ties docs/spec to the tests: every rule (`- **XX12** text`) is cited by a test title, and every test title begins
 * with the id of a rule that exists. Titles may go on with more ids and with ids of the form L-123.
 */
import { type Finding, listFiles, readText, report } from './repository.ts';
import { isNode, nodesOf } from './syntax.ts';

const RULE_LINE = /^- \*\*([A-Z]{2}\d+)\*\* \S/gm;
const LEADING_IDS = /^(?:(?:[A-Z]{2}\d+|L-\d+)[,:]?\s+)+/;
const VARIANTS = new Set([
  'only',
  'skip',
  'fails',
  'concurrent',
  'sequential',
  'todo',
  'skipIf',
  'runIf',
  'each',
  'for',
]);

const findings: Finding[] = [];
const rules = new Map<string, string>();
for (const path of listFiles(/^docs\/spec\/[^/]+\.md$/)) {
  for (const [, id = ''] of readText(path).matchAll(RULE_LINE)) {
    const other = rules.get(id);
    if (other) findings.push({ path, text: `${id} is defined twice (also in ${other})` });
    rules.set(id, path);
  }
}

const cited = new Set<string>();
let titleCount = 0;
for (const path of listFiles(/\.(test|spec|e2e)\.tsx?$/)) {
  for (const title of titlesIn(path, readText(path))) {
    titleCount += 1;
    const ids = LEADING_IDS.exec(title)?.[0].match(/[A-Z]{2}\d+/g) ?? [];
    if (ids.length === 0)
      findings.push({ path, text: `a test title cites no rule: ${JSON.stringify(title)}` });
    for (const id of ids) {
      cited.add(id);
      if (!rules.has(id))
        findings.push({ path, text: `a test cites ${id}, which docs/spec does not define` });
    }
  }
}
for (const [id, path] of rules) {
  if (!cited.has(id)) findings.push({ path, text: `no test proves ${id}` });
}
report(findings, `${rules.size} rules, ${titleCount} tests`);

/** First arguments of test(…) and it(…), each(…) and the like included. A template counts up to its first hole. */
function titlesIn(path: string, source: string): string[] {
  return [...nodesOf(path, source)].flatMap((node) => {
    const title =
      node.type === 'CallExpression' && isTest(node.callee) ? literalOf(node.arguments) : undefined;
    return title === undefined ? [] : [title];
  });
}

/** test, it, test.only, test.skipIf(…), test.each(…), it.concurrent.each(…) … */
function isTest(callee: unknown): boolean {
  if (!isNode(callee)) return false;
  switch (callee.type) {
    case 'Identifier':
      return callee.value === 'test' || callee.value === 'it';
    case 'MemberExpression': {
      const property = callee.property;
      return isNode(property) && VARIANTS.has(String(property.value)) && isTest(callee.object);
    }
    case 'CallExpression':
    case 'TaggedTemplateExpression':
      return callee.callee === undefined ? isTest(callee.tag) : isMaker(callee.callee);
    default:
      return false;
  }
}

/** The calls that return a test function: each(…), for(…), skipIf(…), runIf(…). */
function isMaker(callee: unknown): boolean {
  if (!isNode(callee) || !isNode(callee.property)) return false;
  return ['each', 'for', 'skipIf', 'runIf'].includes(String(callee.property.value)) && isTest(callee);
}

/** The title, or undefined where the call is no test: `test.skip(condition, reason)`, `test.each(rows)`. */
function literalOf(args: unknown): string | undefined {
  const first = Array.isArray(args) && isNode(args[0]) ? args[0].expression : undefined;
  if (!isNode(first)) return undefined;
  if (first.type === 'StringLiteral') return String(first.value);
  if (first.type !== 'TemplateLiteral' || !Array.isArray(first.quasis)) return undefined;
  const start: unknown = first.quasis[0];
  return isNode(start) ? String(start.cooked) : undefined;
}
