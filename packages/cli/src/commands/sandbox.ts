import { addMagicMembers, createPlatform, readConfig } from '@carrick/platform';
import { type Command, type Flags, optional, usageError } from '../command.ts';
import { configFlags, configHelp } from '../config-flags.ts';
import { ensureTenant, type TenantDetails, type TenantPlan } from '../ensure-tenant.ts';
import { openTls, TLS_HELP, TLS_OPTION } from '../tls.ts';
import { startPlatform, untilStopped } from './serve.ts';

const NAMES = ['host', 'port', 'dataDir', 'quotas', 'logLevel'] as const;
const MAX_TENANTS = 1_000;
const FIRST_ORGANIZATION = 90_000_000;
const LATER = ['intercept'] as const;

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
    ...Object.fromEntries(LATER.map((name) => [name, { type: 'boolean' as const }])),
  },
  help: {
    ...configHelp(NAMES),
    ...TLS_HELP,
    tenants: `how many organisations, each with its own applications, contract and three seats (1 to ${MAX_TENANTS}, else 1)`,
    clock:
      'a clock that can be turned, by POST /sandbox/clock and carrick clock: this data is a sandbox from then on',
    faults: 'faults on demand by POST /sandbox/faults, and magic records (docs/guides/sandbox.md)',
    json: 'everything needed to use it, in one line on stdout when ready',
  },
  async run({ flags, stopping }) {
    const count = tenantCount(flags);
    for (const name of LATER) {
      if (flags[name] === true)
        throw usageError(`--${name} comes later: this version has no ${name} control yet`);
    }
    const config = {
      ...readConfig({ quotas: 'off', ...flags }),
      callbackUrls: 'loopback' as const,
      mailbox: true,
    };
    const sandbox = { hasClock: flags.clock === true, hasFaults: flags.faults === true };
    const platform = createPlatform(config, { sandbox, tls: await openTls(flags, config) });
    await startPlatform(platform, config.port);
    try {
      const { ctx, memberHooks } = platform.deployment;
      if (sandbox.hasFaults) await addMagicMembers(ctx, memberHooks);
      const tenants: TenantDetails[] = [];
      for (let number = 1; number <= count; number++) {
        tenants.push(await ensureTenant(platform.deployment, tenantPlan(number)));
      }
      const { databaseUrl } = platform.deployment;
      const details = { ready: true, baseUrl: platform.baseUrl, databaseUrl, tenants, ...tenants[0] };
      process.stdout.write(
        flags.json === true ? `${JSON.stringify(details)}\n` : describe(platform.baseUrl, tenants),
      );
      await untilStopped(stopping);
    } finally {
      await platform.stop();
    }
    return 0;
  },
};

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
