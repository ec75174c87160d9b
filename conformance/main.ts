/**
 * `npm run conformance -- --base-url URL --client-id ID --client-secret SECRET --organization URN`: does a platform speak
 * the wire? Nothing is known of it but what it answers. What the suite stores it deletes again; jobs it closes.
 */
import { parseArgs } from 'node:util';
import { nameOf } from './case.ts';
import { allCases, runCases, type Verdict } from './suite.ts';
import { type Target, World } from './world.ts';

const USAGE = `usage: npm run conformance -- --base-url URL --client-id ID --client-secret SECRET --organization URN
  --person URN   a person the application knows: cases with persons are skipped without one
  --partner-client-id ID, --partner-client-secret SECRET
                 of a partner application: without them nothing is provisioned
  --only TEXT    only cases whose name holds the text (a resource, a version, a method, an error)
  --json         one verdict a line
  --list         the names of the cases, and nothing is asked
The secrets may stand in CONFORMANCE_CLIENT_SECRET and CONFORMANCE_PARTNER_CLIENT_SECRET instead.
`;

process.exitCode = await main();

async function main(): Promise<number> {
  const options = readOptions();
  if (!options) {
    process.stderr.write(USAGE);
    return 2;
  }
  const { only, json, list, target } = options;
  const cases = allCases().filter((each) => nameOf(each).includes(only));
  if (list) {
    process.stdout.write(cases.map((each) => `${nameOf(each)}\n`).join(''));
    return 0;
  }
  if (!target) {
    process.stderr.write(USAGE);
    return 2;
  }
  const world = await World.open(target, Date.now().toString(36)).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return null;
  });
  if (!world) return 2;
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for await (const verdict of runCases(world, cases)) {
    counts[verdict.is] += 1;
    process.stdout.write(json ? jsonLine(verdict) : textLine(verdict));
  }
  const summary = `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`;
  (json ? process.stderr : process.stdout).write(summary);
  return counts.failed === 0 && counts.passed > 0 ? 0 : 1;
}

function readOptions() {
  try {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({
      options: {
        'base-url': text,
        'client-id': text,
        'client-secret': text,
        organization: text,
        person: text,
        'partner-client-id': text,
        'partner-client-secret': text,
        only: text,
        json: { type: 'boolean' },
        list: { type: 'boolean' },
      },
    });
    const {
      'base-url': baseUrl,
      'client-id': clientId,
      organization,
      person,
      'partner-client-id': partnerId,
      only = '',
      json = false,
      list = false,
    } = values;
    const clientSecret = values['client-secret'] ?? process.env.CONFORMANCE_CLIENT_SECRET;
    const partnerSecret = values['partner-client-secret'] ?? process.env.CONFORMANCE_PARTNER_CLIENT_SECRET;
    const partner =
      partnerId && partnerSecret ? { clientId: partnerId, clientSecret: partnerSecret } : undefined;
    const target: Target | null =
      baseUrl && clientId && clientSecret && organization
        ? { baseUrl: baseUrl.replace(/\/$/, ''), clientId, clientSecret, organization, person, partner }
        : null;
    return { only, json, list, target };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return null;
  }
}

function jsonLine(verdict: Verdict): string {
  const { subject, method, outcome, title } = verdict.case;
  const { address: resource, version } = subject;
  const why = 'why' in verdict ? { why: verdict.why } : {};
  return `${JSON.stringify({ is: verdict.is, resource, version, method, outcome, title, ...why })}\n`;
}

/** Passed ones are counted; what failed, and what was left out, is said. */
function textLine(verdict: Verdict): string {
  switch (verdict.is) {
    case 'passed':
      return '';
    case 'failed':
      return `✗ ${nameOf(verdict.case)}\n    ${verdict.why.replaceAll('\n', '\n    ')}\n`;
    case 'skipped':
      return `- ${nameOf(verdict.case)} (${verdict.why})\n`;
  }
}
