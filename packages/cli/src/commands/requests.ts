import {
  findOauthApplication,
  findOrganisation,
  findRequests,
  type LoggedRequest,
  openDeployment,
  type RequestFilter,
} from '@carrick/platform';
import { type Command, CommandError, type Flags, optional, usageError } from '../command.ts';
import { configFlags, configHelp } from '../config-flags.ts';
import { existingDeployment } from '../existing-deployment.ts';
import { readSince } from '../read-since.ts';

const NAMES = ['dataDir', 'logLevel'] as const;
const MOST = 10_000;

export const command: Command = {
  summary: 'Search the log of API requests: by the x-li-uuid of an answer, or for what failed.',
  usage: 'requests --uuid ID | [--failed] [--since WHEN] [flags]',
  options: {
    ...configFlags(NAMES),
    uuid: { type: 'string' },
    failed: { type: 'boolean' },
    since: { type: 'string' },
    organization: { type: 'string' },
    application: { type: 'string' },
    most: { type: 'string' },
    json: { type: 'boolean' },
  },
  help: {
    ...configHelp(NAMES),
    uuid: 'the x-li-uuid header of the answer',
    failed: 'only refused requests and batches with a refused record',
    since: 'a time (2026-01-31T08:00Z) or how long ago (90m, 12h, 7d), else all that is kept',
    organization: 'only those for urn:li:organization:…',
    application: 'only those of the application with this client id',
    most: `how many at most, the newest first (1 to ${MOST}, else 100)`,
    json: 'one request a line, with every failed key',
  },
  async run({ flags }) {
    const filterAt = readFilter(flags);
    const { ctx, close } = await openDeployment(existingDeployment(flags));
    try {
      const filter = filterAt(ctx.clock.now());
      const urn = optional(flags, 'organization');
      const organisation = urn === undefined ? null : await findOrganisation(ctx, urn);
      if (urn !== undefined && !organisation) throw new CommandError(`there is no organisation ${urn}`);
      const clientId = optional(flags, 'application');
      const application = clientId === undefined ? null : await findOauthApplication(ctx, clientId);
      if (clientId !== undefined && !application)
        throw new CommandError(`there is no application with the client id ${clientId}`);
      const found = await findRequests(ctx, {
        ...filter,
        ...(organisation ? { tenantId: organisation.tenantId } : {}),
        ...(application ? { applicationIds: [application.applicationId] } : {}),
      });
      process.stdout.write(
        flags.json === true
          ? found.map((each) => `${JSON.stringify({ ...each, at: timeOf(each) })}\n`).join('')
          : describe(found),
      );
      return found.length > 0 || filter.requestId === undefined ? 0 : 1;
    } finally {
      await close();
    }
  },
};

function readFilter(flags: Flags): (now: number) => RequestFilter {
  const uuid = optional(flags, 'uuid');
  const since = optional(flags, 'since');
  const most = Number(optional(flags, 'most') ?? '100');
  if (!Number.isInteger(most) || most < 1 || most > MOST)
    throw usageError(`--most takes a number from 1 to ${MOST}`);
  const sinceOf = since === undefined ? null : readSince(since);
  return (now) => ({
    most,
    isFailed: flags.failed === true,
    ...(uuid === undefined ? {} : { requestId: uuid }),
    ...(sinceOf ? { since: sinceOf(now) } : {}),
  });
}

function timeOf({ at }: LoggedRequest): string {
  return new Date(at).toISOString();
}

function describe(requests: readonly LoggedRequest[]): string {
  if (requests.length === 0) return 'No such requests. They appear about a second after their answer.\n';
  return requests
    .map((request) => {
      const { requestId, status, code, rule, records, failed, ms, failures, warnings } = request;
      const what = `${request.httpMethod} ${request.resource} ${request.method ?? '(not read)'}`;
      const outcome = code === null ? `${records} records, ${failed} failed` : `${code}: ${rule ?? ''}`;
      const keys = failures.map(
        (each) =>
          `    ${each.key}: ${[each.status, each.code, each.field, each.rule].filter((part) => part !== null).join(' ')}\n`,
      );
      const warned = Object.entries(warnings).map(([field, count]) => `    ${count} without ${field}\n`);
      return `${timeOf(request)}  ${requestId}  ${status}  ${what}  ${outcome}  ${ms} ms\n${[...keys, ...warned].join('')}`;
    })
    .join('');
}
