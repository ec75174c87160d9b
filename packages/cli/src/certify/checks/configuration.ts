import { type Check, must } from '../check.ts';
import type { Stage } from '../stage.ts';

export const configurationChecks: readonly Check[] = [
  {
    id: 'RSC-101',
    module: 1,
    title: 'A new customer is brought aboard from the ATS’s own setup page',
    rule: 'The widget’s callback names the integrations, the ATS names them sensibly, and its own page shows their status.',
    async run(stage) {
      const before = await stage.integrations();
      if (before.length === 0 || before.some(({ status }) => status !== 'ENABLED')) {
        await stage.hands.act({ do: 'ask for the integration' });
        const isReady = (each: { status: string }) => each.status !== 'REQUESTED';
        await stage.until(async () => {
          const asked = await stage.integrations();
          return asked.length > 0 && asked.every(isReady);
        }, 'an integration that was requested is not ready for the administrator: it has no name, or a configuration is missing');
        await stage.options.switchOn();
      }
      const integrations = await stage.integrations();
      for (const { type, name } of integrations) {
        must(name !== null && /\p{L}{3}/u.test(name), `${type} has no name that an administrator can read`);
        must(!/linkedin|^urn:|test/i.test(name), `${type} is called “${name}”, which is no sensible name`);
      }
      await stage.until(
        () => stage.hands.setupShows(['Enabled', stage.options.organization]),
        'the ATS’s own page does not show that the integration is enabled',
      );
    },
  },
  {
    id: 'RSC-101-STORED',
    module: 1,
    title: 'Key, organisation and contract are stored; no secret is in a page',
    rule: 'The ATS stores key, secret, organization URN and contract URN of the customer, and shows no secret or token.',
    needs: ['RSC-101'],
    async run({ hands, options }) {
      const { clientId, clientSecret } = options.application;
      must(
        await hands.setupShows([clientId, options.organization, options.contract]),
        'the ATS does not show the key, the organisation and the contract that it stored',
      );
      const source = await hands.source('setup');
      must(source === null || !source.includes(clientSecret), 'the client secret stands in a page');
    },
  },
  {
    id: 'RSC-102',
    module: 1,
    title: 'Jobs are private unless the customer chose otherwise',
    rule: 'Without a choice only PRIVATE_TO_ATS_INTEGRATION is sent; a job that was chosen to be public is PUBLIC.',
    needs: ['RSC-101'],
    async run(stage) {
      const quiet = await knownJob(stage);
      must(
        quiet.record.availability === 'PRIVATE_TO_ATS_INTEGRATION',
        `a job without a choice is sent as ${quiet.record.availability}`,
      );
      const loud = await openJob(stage, { isPublic: true });
      must(
        loud.record.availability === 'PUBLIC',
        `a job that is public is sent as ${loud.record.availability}`,
      );
    },
  },
  {
    id: 'RSC-103',
    module: 1,
    title: 'Each customer instance has its own application',
    rule: 'The traffic of an instance uses its own credentials only.',
    needs: ['RSC-101'],
    async run(stage) {
      const { tenantId } = stage.options.scope;
      const foreign = (await stage.calls(stage.startedAt)).find(
        (each) => each.tenantId !== null && each.tenantId !== tenantId,
      );
      must(
        !foreign,
        `the call ${foreign?.requestId} was made for another organisation with this application`,
      );
    },
  },
  {
    id: 'RSC-104',
    module: 1,
    title: 'The integration is configured',
    rule: 'CALLBACK_URL is set; where the ATS sends no access lists, both VIEWERS configurations are ALL_PRODUCT_USERS.',
    needs: ['RSC-101'],
    async run(stage) {
      must(
        (await stage.configuration('ONE_CLICK_EXPORT', 'CALLBACK_URL')) !== null,
        'CALLBACK_URL is not set',
      );
      const viewers = await Promise.all([
        stage.configuration('ONE_CLICK_EXPORT', 'JOB_POSTING_VIEWERS'),
        stage.configuration('IN_ATS_INDICATOR', 'APPLICATION_VIEWERS'),
      ]);
      const isOpen = viewers.every((value) => value === 'ALL_PRODUCT_USERS');
      const jobs = await stage.records('job');
      const secured = new Set((await stage.records('entityAcl')).map(({ key }) => key.join('\n')));
      const acls = [...secured].join('\n');
      const isEveryJobSecured = jobs.every(({ key }) => acls.includes(key[0] ?? ''));
      must(
        isOpen || (jobs.length > 0 && isEveryJobSecured),
        'jobs without an access list are hidden from everybody: set JOB_POSTING_VIEWERS and APPLICATION_VIEWERS',
      );
    },
  },
  {
    id: 'RSC-105',
    module: 1,
    title: 'The widgets stand on the ATS’s pages',
    rule: 'Setup page and candidate record hold the loader with the customer’s API key and the widget’s tag.',
    needs: ['RSC-101'],
    async run({ hands, options }) {
      const source = await hands.source('setup');
      if (source === null) {
        must(await hands.setupShows(['the onboarding widget']), 'the setup page shows no onboarding widget');
        return;
      }
      for (const part of [
        '/xdoor/scripts/in.js',
        `api_key: ${options.application.clientId}`,
        'IN/ATSIntegrationWidget',
      ])
        must(source.includes(part), `the setup page does not hold ${part}`);
    },
  },
  {
    id: 'RSC-106',
    module: 1,
    title: 'Access tokens: what else the case asks for',
    rule: 'Beyond QUOTA-TOKEN its text is not known.',
    isUnknown: true,
  },
];

/** An open job that every recruiter sees. */
export const knownJob = (stage: Stage) => stage.once('job', () => openJob(stage));

/** A new job, as it arrives on the platform. */
export async function openJob(
  stage: Stage,
  { isPublic = false, team = null }: { readonly isPublic?: boolean; readonly team?: string | null } = {},
) {
  const title = stage.name('Bridge builder');
  await stage.hands.act({ do: 'open a job', title, isPublic, team });
  const find = async () => (await stage.records('job')).find(({ record }) => record.title === title);
  await stage.until(
    async () => (await find()) !== undefined,
    `the job “${title}” that was opened in the ATS is not sent`,
  );
  const job = await find();
  must(job !== undefined, 'the job is gone');
  return { title, id: job.key[0] ?? '', record: job.record };
}
