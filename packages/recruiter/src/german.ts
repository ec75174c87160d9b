import { de as activities } from './activities/words.de.ts';
import { de as erasure } from './admin/erasure-words.de.ts';
import { de as sync } from './admin/sync-words.de.ts';
import { de as admin } from './admin/words.de.ts';
import { de as charts } from './charts/words.de.ts';
import { de as conversations } from './conversations/words.de.ts';
import { de as exporting } from './export/words.de.ts';
import { de as firstSteps } from './first-steps/words.de.ts';
import { de as help } from './help/words.de.ts';
import { de as home } from './home/words.de.ts';
import { de as jobs } from './jobs/words.de.ts';
import type { WordsOf } from './language.ts';
import { de as merge } from './matches/merge-words.de.ts';
import { de as matches } from './matches/words.de.ts';
import { de as messages } from './messages.de.ts';
import { de as notices } from './notices/words.de.ts';
import { de as partnerAudit } from './partner-console/audit-words.de.ts';
import { de as partnerConsole } from './partner-console/words.de.ts';
import { de as profile } from './profile/words.de.ts';
import { de as projects } from './projects/words.de.ts';
import { de as reports } from './reports/words.de.ts';
import { de as search } from './search/words.de.ts';
import { de as account } from './session/account-words.de.ts';

export { refusals } from './refusals.de.ts';

/** All that the app says, in German. Imports no words of its own language: they would be read before these are there. */
export const german = {
  account,
  activities,
  admin,
  charts,
  conversations,
  erasure,
  export: exporting,
  firstSteps,
  help,
  home,
  jobs,
  matches,
  merge,
  messages,
  notices,
  partnerAudit,
  partnerConsole,
  profile,
  projects,
  reports,
  search,
  sync,
} satisfies Record<WordsOf, object>;
