import type { LoggedRequest } from '@carrick/platform';
import { ERRORS } from '@carrick/protocol';
import { type Check, must } from '../check.ts';
import type { Stage } from '../stage.ts';

const TOKEN_LIFE_MS = 30 * 60_000;
const EARLIEST = Date.UTC(1990, 0);
const DAY_MS = 86_400_000;
/** What people write where they have nothing to write. */
const FILLER =
  /^(n\/?a|none|null|unknown|undefined|test|x+|-+|\?+|tbd|dummy|no[ -]?e?mail)$|^(unknown|noreply|no-reply|none|null|dummy|test)@|@(none|unknown|invalid|no-?mail)\.|^\+?0{5,}$/i;

const isToken = ({ resource }: LoggedRequest) => resource === 'oauth/v2/accessToken';

function mustBeTime(stage: Stage, at: unknown, what: string): void {
  const isPlausible = typeof at === 'number' && at >= EARLIEST && at <= stage.now() + DAY_MS;
  must(isPlausible, `${what} is ${String(at)}: no plausible time in epoch milliseconds`);
}

/** Looks over all that the ATS has sent, and how. They come last. */
export const lintChecks: readonly Check[] = [
  {
    id: 'FIELDS-JOB',
    module: 6,
    title: 'Required fields of jobs',
    rule: 'Jobs need title (at most 200 characters), description, location or country and postal code, companyApplyUrl, listedAt, state.',
    needs: ['RSC-101'],
    async run(stage) {
      for (const { key, record } of await stage.records('job')) {
        const where = `job ${key[0]}`;
        must(
          Boolean(record.title) && record.title.length <= 200,
          `${where} has no title of at most 200 characters`,
        );
        must((record.description ?? '').length > 0, `${where} has no description`);
        must(
          Boolean(record.location ?? (record.countryCode && record.postalCode)),
          `${where} has no location`,
        );
        must(/^https?:\/\//.test(record.companyApplyUrl ?? ''), `${where} has no companyApplyUrl`);
        mustBeTime(stage, record.listedAt, `listedAt of ${where}`);
      }
    },
  },
  {
    id: 'FIELDS-CANDIDATE',
    module: 6,
    title: 'Required fields of candidates',
    rule: 'Candidates need names, emailAddresses, phoneNumbers and addresses (present, perhaps empty) and true times; filler values are forbidden.',
    needs: ['RSC-101'],
    async run(stage) {
      for (const { key, record } of await stage.records('candidate')) {
        const where = `candidate ${key[0]}`;
        for (const value of [
          record.firstName,
          record.lastName,
          record.currentCompanyName,
          record.currentJobTitle,
          ...record.emailAddresses,
        ])
          must(!FILLER.test(value ?? 'A'), `${where} has the made-up value “${value}”`);
        for (const phone of record.phoneNumbers ?? [])
          must(!FILLER.test(phone.number), `${where} has a made-up phone number`);
        mustBeTime(stage, record.atsCreatedAt, `atsCreatedAt of ${where}`);
        mustBeTime(stage, record.atsLastModifiedAt, `atsLastModifiedAt of ${where}`);
        must(record.atsLastModifiedAt >= record.atsCreatedAt, `${where} was changed before it was made`);
      }
      const warned = (await stage.calls(stage.startedAt)).find(
        ({ resource, warnings }) => /andidates$/.test(resource) && Object.keys(warnings).length > 0,
      );
      must(
        !warned,
        `candidates were sent without ${Object.keys(warned?.warnings ?? {}).join(', ')} (call ${warned?.requestId})`,
      );
    },
  },
  {
    id: 'FIELDS-APPLICATION',
    module: 6,
    title: 'Required fields of applications and stages',
    rule: 'Applications need job id and name and true times; stages a name and a true time.',
    needs: ['RSC-101'],
    async run(stage) {
      for (const { key, record } of await stage.records('application')) {
        const where = `application ${key[0]}`;
        must(Boolean(record.atsJobPostingId) && Boolean(record.atsJobPostingName), `${where} names no job`);
        mustBeTime(stage, record.atsCreatedAt, `atsCreatedAt of ${where}`);
        must(record.atsLastModifiedAt >= record.atsCreatedAt, `${where} was changed before it was made`);
        must(!FILLER.test(record.candidateEmail ?? 'A'), `${where} has a made-up e-mail address`);
      }
      for (const { key, record } of await stage.records('stage')) {
        must(!FILLER.test(record.stage), `the stage ${key.join(' ')} is called “${record.stage}”`);
        mustBeTime(stage, record.atsCreatedAt, `the time of stage ${key.join(' ')}`);
      }
    },
  },
  {
    id: 'FIELDS-NOTE',
    module: 6,
    title: 'Required fields of notes and feedback',
    rule: 'Notes need an author with first and last name, and like feedback a text and a true time.',
    needs: ['RSC-101'],
    async run(stage) {
      const notes = [...(await stage.records('candidateNote')), ...(await stage.records('applicationNote'))];
      for (const { key, record } of notes) {
        must(
          Boolean(record.author?.firstName) && Boolean(record.author?.lastName),
          `note ${key.join(' ')} has no author`,
        );
        must(!FILLER.test(record.author?.lastName ?? ''), `note ${key.join(' ')} has a made-up author`);
        must(Boolean(record.note), `note ${key.join(' ')} is empty`);
        mustBeTime(stage, record.atsCreatedAt, `the time of note ${key.join(' ')}`);
      }
      for (const { key, record } of await stage.records('interviewFeedback')) {
        const { interviewer } = record;
        must(
          Boolean(interviewer?.firstName) && Boolean(interviewer?.lastName),
          `feedback ${key.join(' ')} has no interviewer`,
        );
        mustBeTime(stage, record.atsCreatedAt, `the time of feedback ${key.join(' ')}`);
      }
    },
  },
  {
    id: 'QUOTA-TOKEN',
    module: 6,
    title: 'One access token for all calls until it expires',
    rule: 'A token is kept for its 30 minutes and used by all calls; never one token a call.',
    needs: ['RSC-101'],
    async run(stage) {
      const calls = await stage.calls(stage.startedAt);
      const tokens = calls.filter(isToken).length;
      const others = calls.length - tokens;
      // One of the partner's, one of the customer's, one after a restart; then one for each life.
      const most = 3 + Math.ceil((stage.now() - stage.startedAt) / TOKEN_LIFE_MS);
      must(others === 0 || tokens <= most, `${tokens} tokens were fetched for ${others} calls`);
    },
  },
  {
    id: 'QUOTA-BATCH',
    module: 6,
    title: 'Batches of at most 100, and batches at all',
    rule: 'At most 100 records a batch; a history is sent in batches, not record by record.',
    needs: ['RSC-101'],
    async run(stage) {
      const calls = await stage.calls(stage.startedAt);
      const large = calls.find(({ records }) => records > 100);
      must(!large, `the call ${large?.requestId} holds ${large?.records} records`);
      const candidates = calls.filter(
        ({ resource, method }) => /andidates$/.test(resource) && method === 'batch_update',
      );
      const records = candidates.reduce((sum, call) => sum + call.records, 0);
      const largest = Math.max(0, ...candidates.map((call) => call.records));
      must(
        records < 40 || largest > 1,
        `${records} candidates were sent in ${candidates.length} calls of one record`,
      );
    },
  },
  {
    id: 'QUOTA-PACE',
    module: 6,
    title: 'No call too many',
    rule: 'No 429 is caused, and calls on integrations are at least a second apart.',
    needs: ['RSC-101'],
    async run(stage) {
      const calls = await stage.calls(stage.startedAt);
      const throttled = calls.find(
        ({ code, status }) => code === 'THROTTLED' || status === ERRORS.THROTTLED.status,
      );
      must(!throttled, `the call ${throttled?.requestId} was answered 429`);
      const writes = calls.filter(
        ({ resource, method }) => /ntegrations$/.test(resource) && method === 'batch_partial_update',
      );
      for (const [index, { at, requestId }] of writes.entries()) {
        const before = writes[index - 1];
        // The log has the time of the answer: half a second for its way.
        must(
          !before || at - before.at >= 500,
          `the call ${requestId} came ${at - (before?.at ?? 0)} ms after the one before`,
        );
      }
    },
  },
  {
    id: 'REFUSALS',
    module: 6,
    title: 'Nothing is refused that should have been right',
    rule: 'No record and no call is refused, but those that a check provoked.',
    needs: ['RSC-101'],
    async run(stage) {
      const calls = await stage.calls(stage.startedAt);
      const refused = calls.find(
        ({ status, failed, failures, resource }) =>
          (status >= 400 && status !== 401 && status !== 404) ||
          (failed > 0 &&
            !/stages$|applicationStage$/i.test(resource) &&
            failures.some((each) => each.status !== 404)),
      );
      const why = refused?.failures[0]?.rule ?? refused?.rule ?? refused?.code ?? '';
      must(!refused, `the call ${refused?.requestId} on ${refused?.resource} was refused: ${why}`);
    },
  },
];
