import { type Deployment, openDeployment } from '@carrick/platform';
import type { Command } from '../command.ts';
import { configFlags, configHelp } from '../config-flags.ts';
import { existingDeployment } from '../existing-deployment.ts';

const NAMES = ['dataDir', 'logLevel'] as const;

interface Finding {
  readonly check: string;
  readonly isOk: boolean;
  readonly detail: string;
}

export const command: Command = {
  summary:
    'Check that the deployment is sound: Node, database, schema, roles, row-level security, master key.',
  usage: 'doctor [flags]',
  options: { ...configFlags(NAMES), json: { type: 'boolean' } },
  help: { ...configHelp(NAMES), json: 'the findings as JSON' },
  async run({ flags }) {
    const findings: Finding[] = [{ check: 'node', isOk: true, detail: process.version }];
    try {
      // Opening reads the master key, makes the roles and applies what migrations are missing.
      const deployment = await openDeployment(existingDeployment(flags));
      try {
        findings.push(...(await examine(deployment)));
      } finally {
        await deployment.close();
      }
    } catch (error) {
      findings.push({
        check: 'database',
        isOk: false,
        detail: error instanceof Error ? error.message : String(error),
      });
    }
    process.stdout.write(
      flags.json === true
        ? `${JSON.stringify(findings)}\n`
        : findings
            .map(({ check, isOk, detail }) => `${isOk ? 'ok  ' : 'BAD '} ${check}: ${detail}\n`)
            .join(''),
    );
    return findings.every(({ isOk }) => isOk) ? 0 : 1;
  },
};

async function examine({ ctx, migrations }: Deployment): Promise<Finding[]> {
  const { lookup } = ctx.db;
  const [server] = await lookup<{ version: string; role: string; is_super: boolean; bypasses: boolean }>`
    select current_setting('server_version') as version, r.rolname as role, r.rolsuper as is_super, r.rolbypassrls as bypasses
    from pg_roles r where r.rolname = current_user`;
  const owned = await lookup<{ relname: string }>`
    select c.relname from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and pg_get_userbyid(c.relowner) = current_user`;
  const open = await lookup<{ relname: string }>`
    select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      and not (c.relrowsecurity and c.relforcerowsecurity)`;
  const isBound = server !== undefined && !server.is_super && !server.bypasses && owned.length === 0;
  return [
    { check: 'master key', isOk: true, detail: 'present and private' },
    { check: 'database', isOk: true, detail: `PostgreSQL ${server?.version ?? '?'}` },
    {
      check: 'schema',
      isOk: true,
      detail: migrations.length === 0 ? 'up to date' : `applied ${migrations.join(', ')}`,
    },
    {
      check: 'role',
      isOk: isBound,
      detail: `${server?.role ?? '?'} ${isBound ? 'is neither superuser nor owner' : 'is not bound by row-level security'}`,
    },
    {
      check: 'row-level security',
      isOk: open.length === 0,
      detail:
        open.length === 0
          ? 'forced on every tenant table'
          : `missing on ${open.map(({ relname }) => relname).join(', ')}`,
    },
  ];
}
