import { randomBytes } from 'node:crypto';
import {
  configOf,
  createContract,
  createLog,
  createOrganisation,
  createPartner,
  createPlatform,
  createSeat,
  importMembers,
  openSideDatabase,
  type Platform,
} from '@carrick/platform';
import { openAts, type RunningAts } from '@carrick/reference-ats';

/**
 * A company on a platform and its ATS, which have yet to hear of each other: `story-stage.ts FOLDER` prints where they are and who
 * may sign in, and runs both until it is interrupted.
 */
export interface StoryStage {
  readonly baseUrl: string;
  readonly atsUrl: string;
  readonly admin: StorySeat;
  readonly recruiter: StorySeat;
}
export interface StorySeat {
  readonly email: string;
  readonly password: string;
}

/** In the ATS since her application of two years ago. */
const MAE = {
  id: 'mae',
  firstName: 'Mae',
  lastName: 'Norris',
  emails: ['mae.norris@mail.example'],
  headline: 'Account manager for freight and logistics',
  location: 'Greater Chicago Area',
  positions: [{ title: 'Account manager', companyName: 'Freshing', startDate: '2021-03' }],
};
/** Nobody in the ATS; allows that recruiters export the profile. */
const BLAKE = {
  id: 'blake',
  firstName: 'Blake',
  lastName: 'Burke',
  emails: ['blake.burke@mail.example'],
  phones: ['+49 30 901820'],
  headline: 'Senior account manager at Hanseatic',
  location: 'Berlin, Germany',
  positions: [{ title: 'Senior account manager', companyName: 'Hanseatic', startDate: '2019-03' }],
  skills: ['Negotiation', 'Key accounts', 'Freight', 'Tenders'],
  educations: [{ school: 'Lakeside Institute', degree: 'BSc', field: 'Economics', endDate: '2012' }],
  shareWithThirdParties: true,
};

const [folder = ''] = process.argv.slice(2);
const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopping.abort());

const log = createLog('warn');
const config = {
  ...configOf({ dataDir: folder, port: 0, quotas: false }),
  callbackUrls: 'loopback' as const,
  mailbox: true,
};
const platform = createPlatform(config, { log });
await platform.start();
const { stage, ats, close } = await open(platform);
process.stdout.write(`${JSON.stringify(stage)}\n`);
await ats.run(stopping.signal);
await close();
await platform.stop();

async function open({ deployment: { ctx, memberHooks }, baseUrl }: Platform) {
  const { tenantId } = await createOrganisation(ctx, {
    urn: 'urn:li:organization:96000001',
    name: 'Harbour Freight',
  });
  const { contractId } = await createContract(ctx, tenantId, { name: 'Harbour recruiters' });
  const seat = async (firstName: string, lastName: string, isAdmin: boolean): Promise<StorySeat> => {
    const email = `${firstName.toLowerCase()}@harbour.example`;
    const password = randomBytes(9).toString('base64url');
    const memberExternalId = `seat-${firstName}`;
    await createSeat(ctx, memberHooks, tenantId, {
      ...{ contractId, firstName, lastName, email, password, isAdmin, memberExternalId },
    });
    return { email, password };
  };
  const admin = await seat('Ines', 'Marlow', true);
  const recruiter = await seat('Rowan', 'Fell', false);
  const lines = [MAE, BLAKE].map((line) => `${JSON.stringify(line)}\n`).join('');
  await importMembers(
    ctx,
    (async function* () {
      yield lines;
    })(),
    { hooks: memberHooks },
  );

  const partner = await createPartner(ctx, { name: 'Bosun' });
  const database = await openSideDatabase(config, log, 'story_ats');
  const running = await openAts({
    name: 'Bosun',
    company: { id: 'harbour', name: 'Harbour Freight' },
    databaseUrl: database.url,
    secretsKey: database.secretsKey,
    host: '127.0.0.1',
    port: 0,
    platform: baseUrl,
    partner: { clientId: partner.clientId, clientSecret: partner.clientSecret },
    poll: { everyMs: 500, backMs: 600_000 },
    isPaced: false,
    log: (message) => log.warn(message),
  });
  await fillAts(running);
  return {
    stage: { baseUrl, atsUrl: running.url, admin, recruiter } satisfies StoryStage,
    ats: running,
    async close() {
      await running.close();
      await database.close();
    },
  };
}

/** What the ATS has held since long before: two jobs, and somebody who was turned down for one of them. */
async function fillAts({ sql }: RunningAts): Promise<void> {
  await sql`insert into staff values ('U-1', 'Rowan', 'Fell', 'rowan@harbour.example')`;
  const duties =
    'Somebody who plans the week, keeps the promises of the house and enjoys the company of people who do the same.';
  await sql`insert into job (id, title, description, location, is_open, opened_at) values
    ('JX1200', 'Senior Account Manager', ${duties}, 'Hamburg, Germany', true, '2026-01-05'),
    ('JX1100', 'Account Manager', ${duties}, 'Hamburg, Germany', false, '2024-02-01')`;
  await sql`insert into candidate (id, first_name, last_name, email, company, title, source, created_at, changed_at) values
    ('C-1', 'Mae', 'Norris', 'mae.norris@mail.example', 'Freshing', 'Account manager', 'Career page', '2024-03-04', '2024-05-06')`;
  await sql`insert into application values ('A-1', 'C-1', 'JX1100', 'Career page', 'Position filled', '2024-03-04', '2024-05-06')`;
  await sql`insert into stage values ('S-1', 'A-1', 'Applied', '2024-03-04'), ('S-2', 'A-1', 'Phone screen', '2024-04-01')`;
}
