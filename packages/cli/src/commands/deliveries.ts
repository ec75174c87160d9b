import {
  type Context,
  enableDestination,
  findOrganisation,
  listDeliveries,
  listDestinations,
  openDeployment,
  readDelivery,
  resend,
} from '@carrick/platform';
import {
  DELIVERY_STATES,
  type DeliveryAnswer,
  type DeliverySummary,
  type DestinationSummary,
} from '@carrick/protocol';
import { type Command, CommandError, type Flags, optional, required, usageError } from '../command.ts';
import { configFlags, configHelp } from '../config-flags.ts';
import { existingDeployment } from '../existing-deployment.ts';
import { readSince } from '../read-since.ts';

const NAMES = ['dataDir', 'logLevel'] as const;
const MOST = 10_000;

export const command: Command = {
  summary: 'See what the ATSs of an organisation were notified of, and send it again.',
  usage: 'deliveries --organization URN [flags]',
  options: {
    ...configFlags(NAMES),
    organization: { type: 'string' },
    id: { type: 'string' },
    ats: { type: 'string' },
    state: { type: 'string' },
    since: { type: 'string' },
    most: { type: 'string' },
    destinations: { type: 'boolean' },
    resend: { type: 'boolean' },
    enable: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  help: {
    ...configHelp(NAMES),
    organization: 'whose (urn:li:organization:…)',
    id: 'one notification, with every attempt',
    ats: 'only those of this ATS of the organisation (its number)',
    state: `only those that are ${DELIVERY_STATES.join(', ')}`,
    since: 'a time (2026-01-31T08:00Z) or how long ago (90m, 12h, 7d)',
    most: `how many at most, the newest first (1 to ${MOST}, else 100)`,
    destinations: 'the ATSs themselves: how they fare, and why one is disabled',
    resend:
      'send again: the one of --id, or all of --ats since --since (with --state dead only those that failed)',
    enable: 'begin anew with the disabled --ats, and send what it missed',
    json: 'one delivery, destination or outcome a line',
  },
  async run({ flags }) {
    const urn = required(flags, 'organization');
    const whatAt = readWhat(flags);
    const { ctx, close } = await openDeployment(existingDeployment(flags));
    try {
      const organisation = await findOrganisation(ctx, urn);
      if (!organisation) throw new CommandError(`there is no organisation ${urn}`);
      const lines = await answer(ctx, organisation.tenantId, flags, whatAt(ctx.clock.now()));
      const text =
        flags.json === true ? lines.map(({ json }) => JSON.stringify(json)) : lines.map(({ text }) => text);
      process.stdout.write(text.map((line) => `${line}\n`).join(''));
      return 0;
    } finally {
      await close();
    }
  },
};

interface Line {
  readonly json: unknown;
  readonly text: string;
}

type What = ReturnType<ReturnType<typeof readWhat>>;

function readWhat(flags: Flags) {
  const id = optional(flags, 'id');
  const ats = optional(flags, 'ats');
  const since = optional(flags, 'since');
  const state = optional(flags, 'state');
  const knownState = DELIVERY_STATES.find((each) => each === state);
  const most = Number(optional(flags, 'most') ?? '100');
  if (state !== undefined && !knownState)
    throw usageError(`--state takes one of ${DELIVERY_STATES.join(', ')}`);
  if (ats !== undefined && !/^[1-9]\d{0,5}$/.test(ats)) throw usageError('--ats takes the number of an ATS');
  if (!Number.isInteger(most) || most < 1 || most > MOST)
    throw usageError(`--most takes a number from 1 to ${MOST}`);
  if (flags.enable === true && ats === undefined) throw usageError('--enable needs --ats');
  if (flags.resend === true && id === undefined && (since === undefined || ats === undefined))
    throw usageError('--resend needs --id, or --ats and --since');
  const sinceOf = since === undefined ? null : readSince(since);
  return (now: number) => ({
    most,
    ...(id === undefined ? {} : { id }),
    ...(ats === undefined ? {} : { atsNo: Number(ats) }),
    ...(sinceOf ? { since: sinceOf(now) } : {}),
    ...(knownState ? { state: knownState } : {}),
  });
}

async function answer(ctx: Context, tenantId: number, flags: Flags, what: What): Promise<Line[]> {
  const { id, atsNo, since, state } = what;
  if (flags.enable === true && atsNo !== undefined) {
    if (!(await enableDestination(ctx, { tenantId, atsNo })))
      throw new CommandError(`ATS ${atsNo} was never notified of anything`);
    return [{ json: { enabled: atsNo }, text: `ATS ${atsNo} is sent to again.` }];
  }
  const one = id === undefined ? null : await readDelivery(ctx, tenantId, id);
  if (id !== undefined && !one) throw new CommandError(`there is no notification ${id}`);
  if (flags.resend === true) {
    const resent = one
      ? await resend(ctx, { tenantId, atsNo: one.atsNo }, { notificationId: one.id })
      : await resend(ctx, { tenantId, atsNo: atsNo ?? 0 }, { since: since ?? 0, onlyDead: state === 'dead' });
    return [{ json: { resent }, text: `${resent} are sent again.` }];
  }
  if (flags.destinations === true)
    return (await listDestinations(ctx, tenantId)).map((each) => ({
      json: each,
      text: describeDestination(each),
    }));
  if (one) return [{ json: one, text: [describe(one), ...attemptsOf(one)].join('\n') }];
  return (await listDeliveries(ctx, tenantId, what)).map((each) => ({ json: each, text: describe(each) }));
}

function describe({
  id,
  createdAt,
  type,
  state,
  attempts,
  failure,
  detail,
  nextAt,
}: DeliverySummary): string {
  const why = failure === null ? '' : `  ${failure} ${detail ?? ''}`.trimEnd();
  const next = nextAt === null ? '' : `  next ${timeOf(nextAt)}`;
  return `${timeOf(createdAt)}  ${id}  ${type}  ${state} after ${attempts}${why}${next}`;
}

function attemptsOf({ log }: DeliveryAnswer): string[] {
  return log.map(
    ({ at, ms, host, status, failure, detail }) =>
      `    ${timeOf(at)}  ${host}  ${failure === null ? `HTTP ${status}` : `${failure} ${detail ?? ''}`.trim()}  ${ms} ms`,
  );
}

function describeDestination(destination: DestinationSummary): string {
  const { atsNo, name, state, since, reason, failures, pending, dead } = destination;
  const when = since === null ? '' : ` since ${timeOf(since)}`;
  const why = reason === null ? '' : `  ${reason}`;
  return `${atsNo}  ${name}  ${state}${when}  ${failures} failures in a row, ${pending} pending, ${dead} dead${why}`;
}

function timeOf(at: number): string {
  return new Date(at).toISOString();
}
