import { addMagicMembers, createPlatform, readConfig, systemClock } from '@carrick/platform';
import { type Command, CommandError, type Flags, optional, usageError } from '../command.ts';
import { configFlags, configHelp } from '../config-flags.ts';
import { ensureTenant, type TenantDetails, type TenantPlan } from '../ensure-tenant.ts';
import { INTERCEPTED_HOSTS, type Intercept, openIntercept } from '../intercept.ts';
import { type LocalAuthority, openAuthority } from '../local-authority.ts';
import { openTls, TLS_HELP, TLS_OPTION } from '../tls.ts';
import { startPlatform, untilStopped } from './serve.ts';

const NAMES = ['host', 'port', 'dataDir', 'quotas', 'logLevel'] as const;
const MAX_TENANTS = 1_000;
const FIRST_ORGANIZATION = 90_000_000;
/** Where proxies are usually looked for. */
const PROXY_PORT = 3128;

export const command: Command = {
  summary: 'Run a platform with ready-made tenants, for trying an ATS against it.',
  usage: 'sandbox [flags] --json',
  options: {
    ...configFlags(NAMES),
    ...TLS_OPTION,
    tenants: { type: 'string' },
    clock: { type: 'boolean' },
    faults: { type: 'boolean' },
    json: { type: 'boolean' },
    intercept: { type: 'boolean' },
    'intercept-port': { type: 'string' },
  },
  help: {
    ...configHelp(NAMES),
    ...TLS_HELP,
    tenants: `how many organisations, each with its own applications, contract and three seats (1 to ${MAX_TENANTS}, else 1)`,
    clock:
      'a clock that can be turned, by POST /sandbox/clock and carrick clock: this data is a sandbox from then on',
    faults: 'faults on demand by POST /sandbox/faults, and magic records (docs/guides/sandbox.md)',
    intercept: `a proxy that answers for ${INTERCEPTED_HOSTS.join(', ')}, for an ATS that cannot be told another address`,
    'intercept-port': `where the proxy listens, on 127.0.0.1 (0 takes a free port, else ${PROXY_PORT})`,
    json: 'everything needed to use it, in one line on stdout when ready',
  },
  async run({ flags, stopping }) {
    const count = tenantCount(flags);
    const proxyPort = flags.intercept === true ? portOf(flags) : null;
    const config = {
      ...readConfig({ quotas: 'off', ...flags }),
      callbackUrls: 'loopback' as const,
      mailbox: true,
      // The proxy says under which name it was called.
      ...(proxyPort !== null && { trustedProxies: ['127.0.0.0/8', '::1/128'] }),
    };
    const sandbox = { hasClock: flags.clock === true, hasFaults: flags.faults === true };
    const platform = createPlatform(config, { sandbox, tls: await openTls(flags, config) });
    await startPlatform(platform, config.port);
    let intercept: Intercept | null = null;
    try {
      const { ctx, memberHooks } = platform.deployment;
      if (sandbox.hasFaults) await addMagicMembers(ctx, memberHooks);
      const tenants: TenantDetails[] = [];
      for (let number = 1; number <= count; number++) {
        tenants.push(await ensureTenant(platform.deployment, tenantPlan(number)));
      }
      const { databaseUrl } = platform.deployment;
      const authority = proxyPort === null ? null : await openAuthority(config.dataDir, systemClock);
      if (authority && proxyPort !== null)
        intercept = await startIntercept(platform.baseUrl, authority, proxyPort);
      const proxy = intercept &&
        authority && { proxyUrl: intercept.proxyUrl, caFile: authority.certificateFile };
      const details = {
        ready: true,
        baseUrl: platform.baseUrl,
        databaseUrl,
        ...proxy,
        tenants,
        ...tenants[0],
      };
      process.stdout.write(
        flags.json === true
          ? `${JSON.stringify(details)}\n`
          : describe(platform.baseUrl, tenants) + (proxy ? describeProxy(proxy) : ''),
      );
      await untilStopped(stopping);
    } finally {
      await intercept?.close();
      await platform.stop();
    }
    return 0;
  },
};

function portOf(flags: Flags): number {
  const text = optional(flags, 'intercept-port') ?? String(PROXY_PORT);
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw usageError('--intercept-port takes a port, or 0 for a free one');
  return port;
}

async function startIntercept(
  platformUrl: string,
  authority: LocalAuthority,
  port: number,
): Promise<Intercept> {
  try {
    return await openIntercept(platformUrl, authority, port);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    throw new CommandError(
      `port ${port} is in use: choose another for the proxy with --intercept-port N (0 takes a free one)`,
    );
  }
}

function describeProxy({ proxyUrl, caFile }: { proxyUrl: string; caFile: string }): string {
  return `Proxy for an ATS as it is: HTTPS_PROXY=${proxyUrl}, and let it trust ${caFile}\n`;
}

function tenantPlan(number: number): TenantPlan {
  const seat = (name: string, firstName: string, lastName: string) => ({
    firstName,
    lastName,
    email: `${name}@tenant${number}.example`,
    isAdmin: name === 'admin',
    memberExternalId: `sandbox-${number}-${name}`,
  });
  return {
    label: `sandbox:${number}`,
    organizationUrn: `urn:li:organization:${FIRST_ORGANIZATION + number}`,
    name: `Sandbox Company ${number}`,
    atsName: `Sandbox ATS ${number}`,
    contractName: `Sandbox Contract ${number}`,
    seats: [seat('admin', 'Ines', 'Marlow'), seat('r1', 'Rowan', 'Fell'), seat('r2', 'Tomoko', 'Hale')],
  };
}

function tenantCount(flags: Flags): number {
  const text = optional(flags, 'tenants') ?? '1';
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < 1 || count > MAX_TENANTS)
    throw usageError(`--tenants takes a number from 1 to ${MAX_TENANTS}`);
  return count;
}

function describe(baseUrl: string, tenants: readonly TenantDetails[]): string {
  const blocks = tenants.map(({ organization, customer, seats }) =>
    [
      `${organization}: client id ${customer.clientId}, client secret ${customer.clientSecret}`,
      ...seats.map(
        ({ name, email, password, admin }) => `  ${name}${admin ? ' (admin)' : ''}: ${email} / ${password}`,
      ),
    ].join('\n'),
  );
  return `Sandbox on ${baseUrl}\n${blocks.join('\n')}\n`;
}
