import { ERRORS, type ErrorCode, type RestliMethod } from '@carrick/protocol';
import type { Case } from './case.ts';
import { subjects } from './subject.ts';
import { allCases } from './suite.ts';

/** Errors that nobody can cause from outside with one application's credentials, and what proves them instead. */
const FROM_INSIDE: { readonly [C in ErrorCode]?: string } = {
  EXPIRED_ACCESS_TOKEN: 'half an hour has to pass: tests with a turned clock',
  REVOKED_ACCESS_TOKEN: 'an operator has to block the application: tests of tenancy',
  APPLICATION_NOT_ENABLED: 'needs an application that waits for its enabling: tests of tenancy',
  INTEGRATION_NOT_ENABLED: 'needs an organization without an enabled integration: tests of tenancy',
  INTEGRATION_NOT_OFFERED: 'needs a request of the onboarding plugin: tests of tenancy',
  REQUEST_EXPIRED: 'needs the id of an old notification: tests of tenancy',
  THROTTLED: 'a day of requests: tests of traffic with a turned clock',
  METHOD_NOT_ALLOWED: 'resources answer 400 for methods that they do not offer, which is covered',
  LENGTH_REQUIRED: 'HTTP clients always send a length: tests of the edge on a bare socket',
  BODY_TOO_LARGE: 'tests of the edge',
  INTERNAL: 'a bug',
  UNAVAILABLE: 'only while a platform starts or stops: tests of the edge',
};

/** Resources whose records the suite cannot make up, by kind. */
const NOT_MADE_UP: Readonly<Record<string, string>> = {
  ownProfile: 'needs the consent of a member: tests of tenancy',
  integration: 'needs the id of a notification: tests of tenancy',
  exportedCandidate: 'needs an export by a recruiter: tests of exports',
  seat: 'belongs to a contract: tests of retrieval',
  conversationEvent: 'needs a message of a recruiter: tests of messages',
  mailStub: 'needs the answer of a member: tests of messages',
  prospectNote: 'needs a note of a recruiter: tests of recruiter notes',
  attachment: 'needs an upload before: tests of records',
  mediaUrl: 'begins an upload: tests of records',
};

/** `COVERAGE.md` */
export function coverage(): string {
  const cases = allCases();
  const codes = (Object.keys(ERRORS) as ErrorCode[]).filter((code) =>
    cases.some(({ outcome }) => outcome === code),
  ); // keys of that table
  const columns = ['success', ...codes] as const;
  const missing = (Object.keys(ERRORS) as ErrorCode[]).filter(
    (code) => !(codes as readonly string[]).includes(code),
  );
  return [
    '# Coverage of the conformance suite',
    '',
    `Written by \`npm run gen\` from the ${cases.length} cases. A cell says how many cases there are in protocol 1.0.0 and 2.0.0.`,
    'Methods without a prefix take one record, whose key stands in the path.',
    '',
    ...(['v2', 'rest'] as const).flatMap((base) => [
      `## /${base}`,
      '',
      `| resource | method | ${columns.map(spaced).join(' | ')} |`,
      `| --- | --- |${' --- |'.repeat(columns.length)}`,
      ...rowsOf(
        cases.filter(({ subject }) => subject.base === base),
        columns,
      ),
      '',
    ]),
    '## Not covered',
    '',
    '| resource | why |',
    '| --- | --- |',
    ...withoutSuccess(cases),
    '',
    '| error | why, and what proves it |',
    '| --- | --- |',
    ...missing.map((code) => `| ${code} | ${FROM_INSIDE[code] ?? 'no case yet'} |`),
    '',
  ].join('\n');
}

/** Long names may break. */
const spaced = (name: string): string => name.toLowerCase().replaceAll('_', ' ');

function rowsOf(cases: readonly Case[], columns: readonly Case['outcome'][]): string[] {
  const rows = Map.groupBy(cases, ({ subject, method }) => `${subject.address} | ${method}`);
  return [...rows].map(([name, group]) => {
    const count = (outcome: Case['outcome'], version: string) =>
      group.filter((each) => each.outcome === outcome && each.subject.version === version).length;
    const cells = columns.map((outcome) => {
      const [one, two] = [count(outcome, '1.0.0'), count(outcome, '2.0.0')];
      return one + two === 0 ? '' : `${one} · ${two}`;
    });
    return `| ${name} | ${cells.join(' | ')} |`;
  });
}

function withoutSuccess(cases: readonly Case[]): string[] {
  const proven = new Set(
    cases
      .filter(({ outcome }) => outcome === 'success')
      .map(({ subject, method }) => `${subject.address} ${method}`),
  );
  const rows = subjects().flatMap(({ address, definition }) =>
    definition.methods
      .filter((method: RestliMethod) => !proven.has(`${address} ${method}`))
      .map((method) => `| ${address} ${method} | ${NOT_MADE_UP[definition.kind] ?? reasonOf(method)} |`),
  );
  return [...new Set(rows)];
}

function reasonOf(method: RestliMethod): string {
  return method === 'create' ? 'one record as in a batch of one: tests of records' : 'no case yet';
}
