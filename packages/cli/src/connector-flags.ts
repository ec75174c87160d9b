import { fileURLToPath } from 'node:url';
import {
  ConnectorError,
  type Mapping,
  machineTime,
  openFiles,
  openGreenhouse,
  openMysql,
  openPostgres,
  pauseFor,
  type Source,
} from '@carrick/connector/daemon';
import { CommandError, type Flags, optional, required, usageError } from './command.ts';

/** What the commands of the ATS's side ask for, to reach a platform as one customer. */
export const PLATFORM_FLAGS = {
  'base-url': { type: 'string' },
  'auth-url': { type: 'string' },
  'client-id': { type: 'string' },
  'client-secret-env': { type: 'string' },
  organization: { type: 'string' },
} as const;

export const PLATFORM_HELP = {
  'base-url': 'the platform, such as http://localhost:8080',
  'auth-url': 'where tokens are fetched, when that is another host than --base-url',
  'client-id': "the customer application's client id",
  'client-secret-env': 'name of the environment variable that holds the client secret',
  organization: 'urn:li:organization:…',
} as const;

export const SOURCE_HELP =
  'the ATS: mysql://user:password@host:3306/name (MySQL and MariaDB), postgres://…, a folder of CSV or JSONL files, or greenhouse: (with GREENHOUSE_CLIENT_ID and GREENHOUSE_CLIENT_SECRET)';

export function platformOf(flags: Flags) {
  const baseUrl = addressOf(required(flags, 'base-url'), '--base-url');
  const authUrl = optional(flags, 'auth-url');
  return {
    baseUrl,
    authUrl: authUrl === undefined ? baseUrl : addressOf(authUrl, '--auth-url'),
    clientId: required(flags, 'client-id'),
    clientSecret: secretFrom(required(flags, 'client-secret-env'), '--client-secret-env'),
    organization: required(flags, 'organization'),
  };
}

function addressOf(url: string, flag: string): string {
  const parsed = URL.parse(url);
  if (!parsed || !/^https?:$/.test(parsed.protocol))
    throw usageError(`${flag} must be an address such as https://recruiting.example.com`);
  return url.replace(/\/+$/, '');
}

export function secretFrom(name: string, flag: string): string {
  const secret = process.env[name];
  if (!secret) throw usageError(`the environment variable ${name} (${flag}) is empty`);
  return secret;
}

export async function openSource(
  source: string,
  { timezone }: Mapping,
  stopping: AbortSignal,
): Promise<Source> {
  const url = URL.parse(source);
  switch (url?.protocol) {
    case 'mysql:':
    case 'mariadb:':
      return openMysql(source.replace(/^mariadb:/, 'mysql:'), { timezone });
    case 'postgres:':
    case 'postgresql:':
      return openPostgres(source, { timezone });
    case 'greenhouse:':
      return openGreenhouse({
        clientId: secretFrom('GREENHOUSE_CLIENT_ID', '--source greenhouse:'),
        clientSecret: secretFrom('GREENHOUSE_CLIENT_SECRET', '--source greenhouse:'),
        now: machineTime,
        pause: pauseFor,
        stopping,
      });
    case 'file:':
      return openFiles(fileURLToPath(url));
    case undefined:
      return openFiles(source);
    default:
      throw usageError(`--source is ${SOURCE_HELP}`);
  }
}

/** What the connector says to its operator, as the end of a command. */
export function asCommandError(error: unknown, stopping: AbortSignal): unknown {
  if (stopping.aborted)
    return new CommandError('stopped; started again, it goes on from here', { exitCode: 130 });
  return error instanceof ConnectorError ? new CommandError(error.message, { cause: error }) : error;
}
