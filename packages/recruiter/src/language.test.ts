import { expect, test } from 'vitest';
import * as activities from './activities/words.ts';
import * as erasure from './admin/erasure-words.ts';
import * as sync from './admin/sync-words.ts';
import * as admin from './admin/words.ts';
import * as charts from './charts/words.ts';
import * as conversations from './conversations/words.ts';
import * as exporting from './export/words.ts';
import * as firstSteps from './first-steps/words.ts';
import { german, refusals } from './german.ts';
import * as help from './help/words.ts';
import * as home from './home/words.ts';
import * as jobs from './jobs/words.ts';
import { inWordsOf, marked } from './language.ts';
import * as merge from './matches/merge-words.ts';
import * as matches from './matches/words.ts';
import * as messages from './messages.ts';
import * as notices from './notices/words.ts';
import * as partnerAudit from './partner-console/audit-words.ts';
import * as partnerConsole from './partner-console/words.ts';
import * as profile from './profile/words.ts';
import * as projects from './projects/words.ts';
import * as reports from './reports/words.ts';
import * as search from './search/words.ts';
import * as account from './session/account-words.ts';

const words = {
  plain: 'Search',
  said: (name: string) => `Account of ${name}`,
  group: { inner: 'Open', count: (count: number) => `${count} people` },
};

/** Where there is a text, a function or a list in one, there is one in the other, with as many parameters read. */
function shapeOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return typeof value;
  if (Array.isArray(value)) return value.map(shapeOf);
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, each]) => [name, shapeOf(each)]),
  );
}

/** What the files of words say in English, by slice: each calls `inLanguage` with it. */
const english: Record<string, object> = {
  account: account.words,
  activities: activities.words,
  admin: admin.words,
  charts: charts.words,
  conversations: conversations.words,
  erasure: erasure.words,
  export: exporting.words,
  firstSteps: firstSteps.words,
  help: help.words,
  home: home.words,
  jobs: jobs.words,
  matches: matches.words,
  merge: merge.words,
  messages: messages.messages,
  notices: notices.words,
  partnerAudit: partnerAudit.words,
  partnerConsole: partnerConsole.words,
  profile: profile.words,
  projects: projects.words,
  reports: reports.words,
  search: search.words,
  sync: sync.words,
};

test.each(Object.entries(german))('SH9 every word of %s is there in English and in German', (slice, de) => {
  expect(shapeOf(de)).toEqual(shapeOf(english[slice]));
});

test('SH10 in the pseudo-locale every text is marked once, what functions say too', () => {
  const { plain, said, group } = marked(words) as typeof words;
  expect([plain, said('⟦Ádá⟧'), group.inner, group.count(3)]).toEqual([
    '⟦Séárch⟧',
    '⟦Áccóúnt óf Ádá⟧',
    '⟦Ópén⟧',
    '⟦3 péóplé⟧',
  ]);
});

test('SH15 what the server refuses is said in German by its code, and in its own words where the code is not known', () => {
  expect(inWordsOf(refusals, 'SIGNED_OUT', 'Sign in to continue.')).toBe(
    'Melden Sie sich an, um weiterzumachen.',
  );
  expect(inWordsOf(refusals, 'NOT_VALID', 'name is taken.')).toContain(
    'nicht gespeichert werden: name is taken.',
  );
  for (const code of ['OF_TOMORROW', 'toString'])
    expect(inWordsOf(refusals, code, 'Something else.')).toBe('Something else.');
});
