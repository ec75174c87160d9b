import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Config,
  createPlatform,
  makeFolder,
  openSideDatabase,
  type Platform,
  readConfig,
  setJsSdkDomains,
  stopUnusedPostgres,
} from '@carrick/platform';
import { openAts, type RunningAts } from '@carrick/reference-ats';
import { type Command, CommandError, optional, usageError } from '../command.ts';
import { configFlags, configHelp } from '../config-flags.ts';
import { COMPANY, SECURED_FOR } from '../demo/company.ts';
import { askForFeatures, CUSTOMER, seedDemo } from '../demo/seed.ts';
import { ensureTenant, type TenantDetails } from '../ensure-tenant.ts';
import { openTls, TLS_HELP, TLS_OPTION } from '../tls.ts';
import { startPlatform, untilStopped } from './serve.ts';

const NAMES = ['host', 'port', 'dataDir', 'quotas', 'logLevel'] as const;
const MASTER_KEY = 'master.key';

export const command: Command = {
  summary: 'Run the platform with a company, people and two years of ATS records in it (npm start).',
  usage: 'demo [flags]',
  options: {
    ...configFlags(NAMES),
    ...TLS_OPTION,
    'ats-port': { type: 'string' },
    fresh: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  help: {
    ...configHelp(NAMES),
    ...TLS_HELP,
    'ats-port': 'port of the reference ATS, on 127.0.0.1 (8090; 0 takes a free one)',
    fresh: 'forget the data folder and begin anew',
    json: 'one line of JSON on stdout when ready, as sandbox prints it',
  },
  async run({ flags, stopping }) {
    const atsPort = optional(flags, 'ats-port') ?? '8090';
    if (!/^\d{1,5}$/.test(atsPort)) throw usageError('--ats-port takes a port number');
    const config = {
      ...readConfig({ log: 'warn', quotas: 'off', ...flags }),
      callbackUrls: 'loopback' as const,
      mailbox: true,
    };
    if (flags.fresh === true) await forget(config);
    const platform = createPlatform(config, {
      sandbox: { hasClock: false, hasFaults: false },
      tls: await openTls(flags, config),
    });
    await startPlatform(platform, config.port);
    try {
      const company = await ensureTenant(platform.deployment, COMPANY);
      const ats = await startAts(platform, config, company, Number(atsPort));
      try {
        await ensureFilled(platform, config, company, ats.running);
        const { databaseUrl } = platform.deployment;
        const { baseUrl } = platform;
        const atsUrl = ats.running.url;
        const details = { ready: true, baseUrl, atsUrl, databaseUrl, tenants: [company], ...company };
        process.stdout.write(
          flags.json === true ? `${JSON.stringify(details)}\n` : describe(baseUrl, atsUrl, company),
        );
        await Promise.all([ats.running.run(stopping), untilStopped(stopping)]);
      } finally {
        await ats.close();
      }
    } finally {
      await platform.stop();
    }
    return 0;
  },
};

const WORLD = 2;
const ATS_POLLS_MS = 15_000;
const ATS_POLLS_BACK_MS = 3_600_000;

/** The company's ATS: another origin than the platform's, as in life, and a database of its own. */
async function startAts(platform: Platform, config: Config, company: TenantDetails, port: number) {
  const { ctx } = platform.deployment;
  const { clientId, clientSecret } = company.customer;
  const database = await openSideDatabase(config, ctx.log, 'carrick_ats');
  const running = await openAts({
    name: COMPANY.atsName,
    company: CUSTOMER,
    databaseUrl: database.url,
    host: '127.0.0.1',
    port,
    platform: platform.baseUrl,
    customer: { clientId, clientSecret, organization: company.organization, contracts: [company.contract] },
    secretsKey: database.secretsKey,
    poll: { everyMs: ATS_POLLS_MS, backMs: ATS_POLLS_BACK_MS },
    isPaced: config.quotas,
    now: () => ctx.clock.now(),
    log: (message) => ctx.log.warn(message),
  }).catch(async (error: unknown) => {
    await database.close();
    throw explained(error, port);
  });
  // Its pages show the widgets.
  await setJsSdkDomains(ctx, clientId, [running.url]);
  return {
    running,
    async close() {
      await running.close();
      await database.close();
    },
  };
}

function explained(error: unknown, port: number): unknown {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
    ? new CommandError(
        `port ${port} is in use: stop what listens there, or choose another for the ATS with --ats-port N (0 takes a free one)`,
      )
    : error;
}

/** Of a seeding that was begun: the time it counts from, and whether it was finished. */
interface Progress {
  /** Which demo world it is; missing in data folders of the first one, which knew no ATS. */
  readonly world?: number;
  readonly startedAt: number;
  readonly isComplete: boolean;
}

async function ensureFilled(
  platform: Platform,
  config: Config,
  company: TenantDetails,
  ats: RunningAts,
): Promise<void> {
  const file = join(config.dataDir, 'demo.json');
  const known = readProgress(file);
  if (known && known.world !== WORLD)
    throw new CommandError(
      `${config.dataDir} holds the demo world of an earlier version: begin anew with --fresh, or choose another folder with --data`,
    );
  const progress = known ?? {
    world: WORLD,
    startedAt: platform.deployment.ctx.clock.now(),
    isComplete: false,
  };
  if (!progress.isComplete) {
    process.stderr.write('carrick: filling the demo company (once)\n');
    makeFolder(config.dataDir); // with a database of one's own nothing else needs the folder
    writeProgress(file, progress);
    await seedDemo(platform.deployment, ats, company, progress.startedAt);
    writeProgress(file, { ...progress, isComplete: true });
  } else await askForFeatures(ats, company);
}

function readProgress(file: string): Progress | null {
  // The file is ours: whoever edits it can delete it too.
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Progress) : null;
}

/** Whole or not at all: a kill in between must not leave half a file. */
function writeProgress(file: string, progress: Progress): void {
  writeFileSync(`${file}.new`, JSON.stringify(progress));
  renameSync(`${file}.new`, file);
}

/** Removes a data folder of ours, and nothing that only happens to have the name. */
async function forget({ dataDir, databaseUrl }: Config): Promise<void> {
  if (databaseUrl !== null)
    throw new CommandError(
      '--fresh does not empty the database of DATABASE_URL: drop and create it yourself',
    );
  if (!existsSync(dataDir) || readdirSync(dataDir).length === 0) return;
  if (!existsSync(join(dataDir, MASTER_KEY)))
    throw new CommandError(`--fresh: ${dataDir} is not a data folder of Carrick; choose it with --data`);
  if (!(await stopUnusedPostgres(dataDir)))
    throw new CommandError(
      `--fresh: ${dataDir} is in use; stop what runs on it first, or choose another with --data`,
    );
  rmSync(dataDir, { recursive: true, force: true });
}

function describe(baseUrl: string, atsUrl: string, { seats, customer, organization }: TenantDetails): string {
  const width = Math.max(...seats.map(({ email }) => email.length));
  const rows = seats.map(({ name, email, password, admin }) => {
    const role = admin
      ? 'admin'
      : email === SECURED_FOR
        ? 'recruiter, sees the confidential job'
        : 'recruiter, does not see it';
    return `    ${email.padEnd(width)}  ${password}  ${name} (${role})`;
  });
  return `
  Carrick is ready: ${baseUrl}
  ${COMPANY.atsName}, the company's ATS: ${atsUrl}  (no password: it listens on this machine only)

  Sign in as
${rows.join('\n')}

  What to try
    Search for "engineer" and choose Past applicants: who has been in ${COMPANY.atsName}, the company's ATS, before?
    Export somebody to a job: a moment later the person is a candidate in ${COMPANY.atsName}, ${atsUrl}/candidates.
    Move a candidate to another stage there, and see it in the profile here. ${atsUrl}/setup shows how the two keep in step.
    Open ${baseUrl}/mailbox: mail to people of this world ends there, and you can play them; ${baseUrl}/member is a member's own page.
    Rest on "In ${COMPANY.atsName}" in a result, then open the profile and its ${COMPANY.atsName} tab.
    Send records of your own: carrick connect --base-url ${baseUrl} --organization ${organization}
      --client-id ${customer.clientId}, with the secret ${customer.clientSecret} in a variable (carrick connect --help).

  Ctrl-C stops everything in order.

`;
}
