import { readFileSync, writeFileSync } from 'node:fs';
import {
  configOf,
  createLog,
  createPlatform,
  createScratchDatabase,
  findAts,
  findOauthApplication,
  findOrganisation,
  listContracts,
  listIntegrations,
  openDeployment,
  openSideDatabase,
  switchIntegration,
} from '@carrick/platform';
import { certify, isPassed } from '../certify/certify.ts';
import type { Verdict } from '../certify/check.ts';
import { openEyes, type SeatLogin } from '../certify/eyes.ts';
import type { Hands } from '../certify/hands.ts';
import { personHands } from '../certify/person-hands.ts';
import { openProgress, type Progress } from '../certify/progress.ts';
import { referenceHands } from '../certify/reference-hands.ts';
import { openReferenceWorld } from '../certify/reference-world.ts';
import { reportHtml } from '../certify/report-html.ts';
import { reportJunit } from '../certify/report-junit.ts';
import { Stage } from '../certify/stage.ts';
import { type Command, CommandError, type Flags, optional, required, usageError } from '../command.ts';
import { configFlags, configHelp } from '../config-flags.ts';
import { existingDeployment } from '../existing-deployment.ts';

const NAMES = ['dataDir', 'logLevel'] as const;
const WAIT_MINUTES = 10;
const INTRODUCTION = `You are at the ATS. Do what stands behind →, then press Enter; answer what stands behind ?. Names are made up and may be copied.
s passes a case over, Ctrl-C ends with a report of what was done so far.
`;

export const command: Command = {
  summary: 'Certify an integration: every known case of the five modules, with evidence.',
  usage:
    'certify --reference | --sandbox FILE | --base-url URL --client-id ID --organization URN --seats LIST [flags]',
  options: {
    ...configFlags(NAMES),
    reference: { type: 'boolean' },
    sandbox: { type: 'string' },
    'base-url': { type: 'string' },
    'client-id': { type: 'string' },
    organization: { type: 'string' },
    seats: { type: 'string' },
    ats: { type: 'string' },
    only: { type: 'string' },
    wait: { type: 'string' },
    progress: { type: 'string' },
    json: { type: 'boolean' },
    junit: { type: 'string' },
    html: { type: 'string' },
  },
  help: {
    ...configHelp(NAMES),
    reference: 'the reference ATS against a platform of its own: needs nothing, and shows what it does',
    sandbox: 'what `carrick sandbox --json` printed, in a file: in place of the next four',
    'base-url': 'the platform that the ATS is pointed at (a sandbox; its data with --data or DATABASE_URL)',
    'client-id': 'of the customer application that the ATS uses',
    organization: 'the company, as urn:li:organization:…',
    seats:
      'administrator and two recruiters, as email:password,email:password,email:password; the recruiters are users of the ATS',
    ats: 'address of a reference ATS, which is then driven over its pages; else a person is told what to do',
    only: 'ids of cases, with commas between; what they need runs too',
    wait: `minutes that the ATS may take until what was done there is seen, with a person at it (${WAIT_MINUTES})`,
    progress: 'file that keeps what has passed: begun again with it, a certification goes on',
    json: 'one verdict a line on stdout',
    junit: 'also write a JUnit file there',
    html: 'also write the report there, as a page',
  },
  async run({ flags, stopping }) {
    const target = flags.reference === true ? null : targetOf(flags);
    const path = optional(flags, 'progress');
    if (path !== undefined && !target) throw usageError('--progress is for an ATS of your own');
    const progress = openProgress(path, `${target?.organization} ${target?.clientId}`);
    const arena = await (target ? openOwn(target, flags, stopping, progress) : openReference());
    try {
      const only = optional(flags, 'only')?.split(',');
      const isPerson = arena.stage.hands.confirm !== undefined;
      if (isPerson) process.stderr.write(INTRODUCTION);
      if (progress.passed.length > 0)
        process.stderr.write(`${progress.passed.length} cases have passed before and are not played again\n`);
      const verdicts = await certify(arena.stage, {
        stopping,
        earlier: progress.passed,
        ...(only && { only }),
        onCase: ({ id, title }, number, total) =>
          isPerson && process.stderr.write(`\n[${number}/${total}] ${id} ${title}\n`),
        onVerdict(verdict) {
          progress.keep(verdict);
          if (flags.json !== true) process.stdout.write(textLine(verdict));
        },
      });
      if (verdicts.length === 0) throw usageError(`--only names no case: ${optional(flags, 'only')}`);
      if (flags.json === true) process.stdout.write(verdicts.map(jsonLine).join(''));
      const [junit, html] = [optional(flags, 'junit'), optional(flags, 'html')];
      if (junit !== undefined) writeFileSync(junit, reportJunit(verdicts));
      if (html !== undefined) writeFileSync(html, reportHtml(verdicts, arena.frame()));
      const count = (outcome: Verdict['outcome']) =>
        verdicts.filter((each) => each.outcome === outcome).length;
      process.stderr.write(
        `${count('passed')} passed, ${count('failed')} failed, ${count('not run')} not run, ${count('not known')} not known\n`,
      );
      return isPassed(verdicts) && !stopping.aborted ? 0 : 1;
    } finally {
      await arena.close();
    }
  },
};

/** The platform and the company that the ATS is pointed at. */
interface Target {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly organization: string;
  readonly seats: readonly SeatLogin[];
}

function targetOf(flags: Flags): Target {
  const file = optional(flags, 'sandbox');
  if (file !== undefined) {
    try {
      // What the sandbox prints; where it is something else, the first use says so.
      const { customer, ...printed } = JSON.parse(readFileSync(file, 'utf8'));
      return { ...printed, clientId: customer.clientId };
    } catch (cause) {
      throw new CommandError(
        `${file} does not hold what carrick sandbox --json prints: is the sandbox ready?`,
        { cause },
      );
    }
  }
  return {
    baseUrl: required(flags, 'base-url').replace(/\/$/, ''),
    clientId: required(flags, 'client-id'),
    organization: required(flags, 'organization'),
    seats: required(flags, 'seats')
      .split(',')
      .map((pair) => ({ email: pair.split(':')[0] ?? '', password: pair.slice(pair.indexOf(':') + 1) })),
  };
}

/** A platform, a company and the reference ATS, gone afterwards. */
async function openReference() {
  const log = createLog('error');
  const scratch = await createScratchDatabase(log);
  const config = {
    ...configOf({ dataDir: scratch.dataDir, port: 0, quotas: false }),
    callbackUrls: 'loopback' as const,
    mailbox: true,
  };
  const platform = createPlatform(config, { log, sandbox: { hasClock: false, hasFaults: false } });
  try {
    await platform.start();
    const database = await openSideDatabase(config, log, 'certified_ats');
    const { stage, close } = await openReferenceWorld(platform, { number: 1, database });
    return {
      stage,
      frame: () => frameOf(stage, platform.baseUrl),
      async close() {
        await close();
        await platform.stop();
        await scratch.remove();
      },
    };
  } catch (error) {
    await platform.stop();
    await scratch.remove();
    throw error;
  }
}

/** An ATS that is pointed at a running sandbox. */
async function openOwn(target: Target, flags: Flags, stopping: AbortSignal, progress: Progress) {
  const { baseUrl, clientId, organization } = target;
  const [adminLogin, firstLogin, secondLogin, ...more] = target.seats;
  if (!adminLogin || !firstLogin || !secondLogin || more.length > 0)
    throw usageError('--seats takes three, as email:password with commas between');
  const minutes = Number(optional(flags, 'wait') ?? WAIT_MINUTES);
  if (!(minutes > 0)) throw usageError('--wait takes minutes, such as 10');
  const deployment = await openDeployment(existingDeployment(flags));
  try {
    const { ctx } = deployment;
    const organisation = await findOrganisation(ctx, organization);
    if (!organisation) throw new CommandError(`there is no organisation ${organization}`);
    const application = await findOauthApplication(ctx, clientId);
    const scope = application && (await findAts(ctx, application.applicationId));
    if (!application || scope?.tenantId !== organisation.tenantId)
      throw new CommandError(
        `the application ${clientId} serves no ATS of ${organization}: onboard it first`,
      );
    const [contract] = await listContracts(ctx, organisation.tenantId);
    const ats = optional(flags, 'ats');
    const person =
      ats === undefined
        ? personHands(process.stdin, process.stderr, { waitMs: minutes * 60_000, stopping })
        : null;
    const hands: Hands =
      person ??
      referenceHands(ats?.replace(/\/$/, '') ?? '', async () => {
        throw new CommandError('this ATS is not onboarded: request the integrations on its setup page');
      });
    const open = (login: typeof adminLogin) => openEyes(baseUrl, scope.atsNo, login);
    const seats = { admin: await open(adminLogin), r1: await open(firstLogin), r2: await open(secondLogin) };
    const stage = new Stage({
      baseUrl,
      deployment,
      scope,
      organization,
      contract: contract?.urn ?? '',
      application,
      hands,
      seats,
      async switchOn() {
        for (const { type, contextUrn } of await listIntegrations(ctx, scope))
          await switchIntegration(ctx, scope, { type, contextUrn }, true);
      },
      ...(progress.since !== null && { since: progress.since }),
    });
    progress.begin(stage.startedAt);
    return {
      stage,
      frame: () => frameOf(stage, baseUrl),
      async close() {
        person?.close();
        await deployment.close();
      },
    };
  } catch (error) {
    await deployment.close();
    throw error;
  }
}

const frameOf = (stage: Stage, baseUrl: string) => ({
  organization: stage.options.organization,
  baseUrl,
  at: stage.now(),
});

const SIGNS: Readonly<Record<Verdict['outcome'], string>> = {
  passed: '✓',
  failed: '✗',
  'not run': '○',
  'not known': '?',
};

function textLine({ check, outcome, reason }: Verdict): string {
  const why =
    reason === null ? '' : `\n    ${reason}${outcome === 'failed' ? `\n    rule: ${check.rule}` : ''}`;
  return `${SIGNS[outcome]} ${check.id.padEnd(16)} ${check.title}${why}\n`;
}

function jsonLine({ check: { id, module, title, rule }, outcome, reason, evidence, ms }: Verdict): string {
  return `${JSON.stringify({ id, module, title, rule, outcome, reason, ms, evidence })}\n`;
}
