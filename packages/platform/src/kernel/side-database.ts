import type { Config } from '../config.ts';
import { connect, withAccount, withDatabase } from './connect.ts';
import { overTcp } from './embedded-postgres.ts';
import type { Log } from './log.ts';
import { openOwner } from './open-owner.ts';
import { deriveKey, type MasterKey } from './secrets.ts';

export interface SideDatabase {
  readonly url: string;
  /** 64 hexadecimal digits of the deployment's own, for whatever the program beside it encrypts. */
  readonly secretsKey: string;
  /** Gives the server back; the database stays. */
  close(): Promise<void>;
}

/**
 * A database of its own on the deployment's server, for a program that runs beside the platform: the demo's ATS. Its role owns that
 * database and nothing else.
 * @throws Error where the owner's account may create neither roles nor databases.
 */
export async function openSideDatabase(config: Config, log: Log, name: string): Promise<SideDatabase> {
  if (!/^[a-z][a-z0-9_]{0,40}$/.test(name)) throw new RangeError(`${name} is no name for a database`);
  const owner = await openOwner(config, log);
  try {
    const own = await ensureDatabase(owner.ownerUrl, owner.masterKey, name);
    return {
      // Not every client understands a socket's folder as a host.
      url: decodeURIComponent(new URL(own).hostname).startsWith('/') ? overTcp(own) : own,
      secretsKey: deriveKey(owner.masterKey, `side-secrets:${name}`).toString('hex'),
      close: () => owner.close(),
    };
  } catch (error) {
    await owner.close();
    throw error;
  }
}

async function ensureDatabase(ownerUrl: string, masterKey: MasterKey, name: string): Promise<string> {
  // Databases and roles belong to the whole server: named after the master key, deployments that share one keep apart.
  const database = `${name}_${deriveKey(masterKey, 'side-name').toString('hex').slice(0, 10)}`;
  const password = deriveKey(masterKey, `side-password:${name}`).toString('base64url');
  const sql = connect(ownerUrl, { max: 1 });
  try {
    // One at a time, whoever starts: neither statement knows "if not exists".
    await sql`select pg_advisory_lock(hashtext(${database}))`;
    const [role] = await sql`select 1 from pg_roles where rolname = ${database}`;
    if (!role) await sql.unsafe(`create role ${database} login password '${password}'`);
    const [found] = await sql`select 1 from pg_database where datname = ${database}`;
    if (!found) {
      // An owner that is no superuser gives a database only to a role it belongs to.
      await sql.unsafe(`grant ${database} to current_user`);
      await sql.unsafe(`create database ${database} owner ${database}`);
    }
  } finally {
    await sql.end({ timeout: 5 });
  }
  return withAccount(withDatabase(ownerUrl, database), database, password);
}
