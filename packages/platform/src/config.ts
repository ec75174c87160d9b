import { join, resolve } from 'node:path';
import type { CallbackUrlPolicy } from '@carrick/protocol';
import { trustedProxies } from './kernel/proxies.ts';

/** One row of the option table: where a value comes from, what it is when nobody says, and what it does. */
interface Option<T> {
  /** Environment variable. */
  readonly env: string;
  /** Command-line flag; absent where a value must not stand in a process list. */
  readonly flag?: string;
  readonly default: T;
  readonly docs: string;
  /** @throws Error with what is expected, without the value. */
  parse(text: string): T;
}

const option = <T>(row: Option<T>): Option<T> => row;
const text = (value: string): string => value;

const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
type LogLevel = (typeof LOG_LEVELS)[number];

const CALLBACK_VALIDATIONS = ['off', 'on-set'] as const;
type CallbackValidation = (typeof CALLBACK_VALIDATIONS)[number];

/** Every option of the platform. Flags win over the environment. */
export const OPTIONS = {
  host: option({
    env: 'CARRICK_HOST',
    flag: 'host',
    default: 'localhost',
    docs: 'Address to listen on. `localhost` means 127.0.0.1 and ::1.',
    parse: text,
  }),
  port: option({
    env: 'CARRICK_PORT',
    flag: 'port',
    default: 8080,
    docs: 'Port to listen on; 0 takes a free one.',
    parse: parsePort,
  }),
  publicUrl: option<string | null>({
    env: 'CARRICK_PUBLIC_URL',
    flag: 'public-url',
    default: null,
    docs: 'Origin under which browsers and ATSs reach the platform, when a proxy stands before it. https makes cookies Secure.',
    parse: parseOrigin,
  }),
  trustedProxies: option<readonly string[]>({
    env: 'CARRICK_TRUSTED_PROXIES',
    default: [],
    docs: 'Addresses and networks, separated by commas (10.0.0.0/8,192.0.2.7), of the proxies whose X-Forwarded-For, -Proto and -Host are believed.',
    parse: parseNetworks,
  }),
  dataDir: option({
    env: 'CARRICK_DATA',
    flag: 'data',
    default: join('.carrick', 'data'),
    docs: 'Folder of the embedded database and its master key.',
    parse: text,
  }),
  databaseUrl: option<string | null>({
    env: 'DATABASE_URL',
    default: null,
    docs: 'A PostgreSQL of your own, as a role that may create roles and tables. Without it the embedded one is started.',
    parse: parseDatabaseUrl,
  }),
  masterKey: option<string | null>({
    env: 'CARRICK_MASTER_KEY',
    default: null,
    docs: '32 bytes, hexadecimal or base64, from which all secrets derive. Needed with `DATABASE_URL`; embedded, a file beside the data holds it.',
    parse: text,
  }),
  backupPassphrase: option<string | null>({
    env: 'CARRICK_BACKUP_PASSPHRASE',
    default: null,
    docs: 'Seals the master key in backups, and opens it again. Without it a backup holds the key as it is.',
    parse: text,
  }),
  poolSize: option({
    env: 'CARRICK_POOL_SIZE',
    default: 8,
    docs: 'Database connections of one process.',
    parse: parseCount,
  }),
  profileHosts: option<readonly string[]>({
    env: 'CARRICK_PROFILE_HOSTS',
    default: ['linkedin.com'],
    docs: 'Hosts, separated by commas, whose addresses of the form HOST/in/NAME are profiles: candidates and members are matched by them.',
    parse: parseHosts,
  }),
  callbackUrls: option<CallbackUrlPolicy>({
    env: 'CARRICK_CALLBACK_URLS',
    default: 'strict',
    docs: 'Which CALLBACK_URL an ATS may set. `strict`: https on port 443 or 80; `loopback`: also any http address of this machine. `demo` and `sandbox` are `loopback`.',
    parse: parseCallbackUrlPolicy,
  }),
  callbackNetworks: option<readonly string[]>({
    env: 'CARRICK_CALLBACK_NETWORKS',
    default: [],
    docs: 'Addresses and networks, separated by commas (10.20.0.0/16), that callbacks may reach although they are not public: an ATS in your own network.',
    parse: parseNetworks,
  }),
  callbackValidation: option<CallbackValidation>({
    env: 'CARRICK_CALLBACK_VALIDATION',
    default: 'off',
    docs: 'Whether a CALLBACK_URL must answer a challenge when it is set: `off` or `on-set`.',
    parse: parseCallbackValidation,
  }),
  notificationDays: option({
    env: 'CARRICK_NOTIFICATION_DAYS',
    default: 7,
    docs: 'Days for which an ATS can fetch what it was notified of.',
    parse: parseCount,
  }),
  quotas: option({
    env: 'CARRICK_QUOTAS',
    flag: 'quotas',
    default: true,
    docs: 'Whether applications are held to their quotas: `on` or `off`. In `demo` and `sandbox` they are off unless the flag says otherwise.',
    parse: parseSwitch,
  }),
  strict: option({
    env: 'CARRICK_STRICT',
    default: false,
    docs: 'Whether candidates without externalProfileUrl, phoneNumbers or addresses are refused (`on`) or taken with a warning in the request log (`off`).',
    parse: parseSwitch,
  }),
  requestLogDays: option({
    env: 'CARRICK_REQUEST_LOG_DAYS',
    default: 30,
    docs: 'Days for which the log of API requests is kept.',
    parse: parseCount,
  }),
  auditDays: option({
    env: 'CARRICK_AUDIT_DAYS',
    default: 730,
    docs: 'Days for which the audit log of administrators is kept.',
    parse: parseCount,
  }),
  oidcIssuer: option<string | null>({
    env: 'CARRICK_OIDC_ISSUER',
    default: null,
    docs: 'OpenID provider at which seat holders may sign in: its issuer address. The provider is to send back to ORIGIN/app/oidc/callback. It decides who holds an address, so only one that confirms addresses.',
    parse: parseIssuer,
  }),
  oidcClientId: option<string | null>({
    env: 'CARRICK_OIDC_CLIENT_ID',
    default: null,
    docs: 'Client id at the OpenID provider.',
    parse: text,
  }),
  oidcClientSecret: option<string | null>({
    env: 'CARRICK_OIDC_CLIENT_SECRET',
    default: null,
    docs: 'Client secret at the OpenID provider.',
    parse: text,
  }),
  oidcName: option({
    env: 'CARRICK_OIDC_NAME',
    default: 'single sign-on',
    docs: 'What the provider is called on the sign-in page.',
    parse: text,
  }),
  unseenResources: option({
    env: 'CARRICK_UNSEEN_RESOURCES',
    default: false,
    docs: 'Whether `/rest` offers resources of which only the keys are known, with bodies guessed from /v2: `on` or `off`. For trying out only.',
    parse: parseSwitch,
  }),
  smtpUrl: option<string | null>({
    env: 'CARRICK_SMTP_URL',
    default: null,
    docs: 'The mail server that takes mails to members: smtp://user:password@host:587, smtps://… for TLS from the start. Without it no mail is sent; `demo` and `sandbox` have a mailbox of their own.',
    parse: parseSmtpUrl,
  }),
  mailFrom: option({
    env: 'CARRICK_MAIL_FROM',
    default: 'Carrick <no-reply@localhost>',
    docs: 'From whom members get mail: `Name <address>` or an address.',
    parse: parseSender,
  }),
  replyAddress: option<string | null>({
    env: 'CARRICK_REPLY_ADDRESS',
    default: null,
    docs: 'Address for answers by mail, such as replies@mail.example.com; mails carry it as replies+TOKEN@mail.example.com. Without it members answer on their page only.',
    parse: parseAddress,
  }),
  inboundMailSecret: option<string | null>({
    env: 'CARRICK_INBOUND_MAIL_SECRET',
    default: null,
    docs: 'With it `POST /mail/inbound` takes raw messages from your mail server, which sends `Authorization: Bearer SECRET`. At least 20 characters.',
    parse: parseSecret,
  }),
  mailbox: option({
    env: 'CARRICK_MAILBOX',
    default: false,
    docs: 'Whether mails go into built-in mailboxes that everybody can read at `/mailbox`, where no mail server is set: `on` or `off`. For trying out only; on in `demo` and `sandbox`.',
    parse: parseSwitch,
  }),
  memberSeesRecords: option({
    env: 'CARRICK_MEMBER_SEES_RECORDS',
    default: false,
    docs: 'Whether members see on their page which organisations hold an ATS record that is tied to them, where the law asks for it: `on` or `off`.',
    parse: parseSwitch,
  }),
  logLevel: option<LogLevel>({
    env: 'CARRICK_LOG',
    flag: 'log',
    default: 'info',
    docs: `Least level that is logged to stderr: ${LOG_LEVELS.join(', ')}.`,
    parse: parseLogLevel,
  }),
};

type Parsed<O> = O extends Option<infer T> ? T : never;
type OptionName = keyof typeof OPTIONS;
export type Config = Readonly<{ [K in OptionName]: Parsed<(typeof OPTIONS)[K]> }>;

/** An option's default as one would write it; null where there is none. */
export function defaultText({ default: initial }: { readonly default: unknown }): string | null {
  if (typeof initial === 'boolean') return initial ? 'on' : 'off';
  return initial === null ? null : String(initial);
}

/** An option that does not say what it should; the message names where it was set and is fit for the user. */
export class ConfigError extends Error {}

/**
 * Reads flags (by flag name, as `parseArgs` returns them) and the environment. The only reader of process.env.
 * @throws ConfigError
 */
export function readConfig(
  flags: Readonly<Record<string, string | boolean | undefined>> = {},
  env: Readonly<Record<string, string | undefined>> = process.env,
): Config {
  const values = Object.entries<Option<unknown>>(OPTIONS).map(([name, row]) => {
    const given = row.flag === undefined ? undefined : flags[row.flag];
    if (typeof given === 'string') return [name, parse(row, given, `--${row.flag}`)];
    const set = env[row.env];
    return [name, set === undefined || set === '' ? row.default : parse(row, set, row.env)];
  });
  return freeze(Object.fromEntries(values));
}

/** The defaults with some values of one's own: for tests, and for programs that embed the platform. */
export function configOf(values: Partial<Config> = {}): Config {
  const defaults = Object.entries<Option<unknown>>(OPTIONS).map(([name, row]) => [name, row.default]);
  return freeze({ ...Object.fromEntries(defaults), ...values });
}

function freeze(values: Record<string, unknown>): Config {
  const config = values as Config; // every option is in `values`: both callers walk the table
  return Object.freeze({ ...config, dataDir: resolve(config.dataDir) });
}

function parse(row: Option<unknown>, value: string, source: string): unknown {
  try {
    return row.parse(value);
  } catch (error) {
    throw new ConfigError(`${source}: ${error instanceof Error ? error.message : 'not usable'}`);
  }
}

function parsePort(value: string): number {
  const port = Number(value);
  if (!/^\d+$/.test(value) || port > 65_535) throw new Error('expected a port number from 0 to 65535');
  return port;
}

function parseCount(value: string): number {
  if (!/^[1-9]\d{0,3}$/.test(value)) throw new Error('expected a number of at least 1');
  return Number(value);
}

function parseSwitch(value: string): boolean {
  if (value !== 'on' && value !== 'off') throw new Error('expected on or off');
  return value === 'on';
}

function parseHosts(value: string): readonly string[] {
  const hosts = value.split(',').map((host) => host.trim().toLowerCase());
  if (!hosts.every((host) => /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(host))) {
    throw new Error('expected host names separated by commas, such as linkedin.com,people.example.com');
  }
  return hosts;
}

function parseNetworks(value: string): readonly string[] {
  const networks = value.split(',').map((network) => network.trim());
  trustedProxies(networks); // it says which one is none
  return networks;
}

function parseLogLevel(value: string): LogLevel {
  const level = LOG_LEVELS.find((known) => known === value);
  if (!level) throw new Error(`expected one of ${LOG_LEVELS.join(', ')}`);
  return level;
}

function parseCallbackUrlPolicy(value: string): CallbackUrlPolicy {
  if (value !== 'strict' && value !== 'loopback') throw new Error('expected strict or loopback');
  return value;
}

function parseCallbackValidation(value: string): CallbackValidation {
  const validation = CALLBACK_VALIDATIONS.find((known) => known === value);
  if (!validation) throw new Error(`expected ${CALLBACK_VALIDATIONS.join(' or ')}`);
  return validation;
}

function parseOrigin(value: string): string {
  const url = URL.parse(value);
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search !== '') {
    throw new Error('expected an origin such as https://recruiting.example.com');
  }
  return url.origin;
}

function parseIssuer(value: string): string {
  const url = URL.parse(value);
  const isLoopback = url?.hostname === 'localhost' || url?.hostname === '127.0.0.1';
  if (!url || (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback)))
    throw new Error('expected an https address such as https://login.example.com');
  return value;
}

function parseSmtpUrl(value: string): string {
  const url = URL.parse(value);
  if (!url || !/^smtps?:$/.test(url.protocol) || url.hostname === '')
    throw new Error('expected smtp://user:password@host:port or smtps://…');
  return value;
}

const ADDRESS = /^[^\s<>@"]{1,64}@[^\s<>@"]{1,255}$/;

function parseAddress(value: string): string {
  // The token takes 46 characters of the 64 that stand before the @.
  if (!ADDRESS.test(value) || value.indexOf('@') > 18 || value.includes('+'))
    throw new Error(
      'expected an address with at most 18 characters before the @, such as replies@mail.example.com',
    );
  return value;
}

function parseSender(value: string): string {
  const address = /<([^<>]*)>$/.exec(value)?.[1] ?? value;
  if (!ADDRESS.test(address) || /[\r\n]/.test(value))
    throw new Error('expected an address, or a name and an address: Acme Talent <no-reply@example.com>');
  return value;
}

function parseSecret(value: string): string {
  if (!/^[\x21-\x7e]{20,500}$/.test(value)) throw new Error('expected at least 20 characters without spaces');
  return value;
}

function parseDatabaseUrl(value: string): string {
  if (!/^postgres(ql)?:$/.test(URL.parse(value)?.protocol ?? ''))
    throw new Error('expected postgres://user:password@host/database');
  return value;
}
