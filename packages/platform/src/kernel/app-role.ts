import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { connect, type SqlClient, withAccount } from './connect.ts';
import { deriveKey, type MasterKey } from './secrets.ts';

/** What the platform signs in with: row-level security holds for it, for it is neither superuser nor owner of anything. */
export const APP_ROLE = 'carrick_app';
/** Owns the SECURITY DEFINER functions that must read across row-level security. Nobody signs in with it. */
export const READER_ROLE = 'carrick_reader';

const ATTEMPTS = 20;

/**
 * Sees to it that both roles exist and that the application's role is what it must be. Comes before the migrations, which grant
 * to them. Roles belong to the whole server, so deployments that share one must share the master key too.
 * @returns the URL of the application's role on the same database.
 * @throws Error when the role is more than it may be, or the owner's account may not create roles.
 */
export async function ensureRoles({
  ownerUrl,
  masterKey,
}: {
  ownerUrl: string;
  masterKey: MasterKey;
}): Promise<string> {
  const password = deriveKey(masterKey, 'app-role-password').toString('base64url');
  const appUrl = withAccount(ownerUrl, APP_ROLE, password);
  if (await canSignIn(appUrl)) return appUrl;
  await createRoles(ownerUrl, password);
  if (!(await canSignIn(appUrl))) throw new Error(`PostgreSQL does not let the role ${APP_ROLE} sign in`);
  return appUrl;
}

/** Also says no where the role is the one of a database restored elsewhere and the reader is missing. */
async function canSignIn(appUrl: string): Promise<boolean> {
  const sql = connect(appUrl, { max: 1 });
  try {
    const [app] = await sql<{ isTooStrong: boolean; hasReader: boolean }[]>`
      select rolsuper or rolbypassrls or rolcreaterole as "isTooStrong",
        exists (select from pg_roles where rolname = ${READER_ROLE}) as "hasReader"
      from pg_roles where rolname = current_user`;
    if (app?.isTooStrong)
      throw new Error(`the role ${APP_ROLE} could get around row-level security; take its rights away`);
    return app?.hasReader ?? false;
  } catch (error) {
    // 28P01 wrong password, 28000 no such role or not allowed in.
    if (error instanceof postgres.PostgresError && ['28P01', '28000'].includes(error.code)) return false;
    throw error;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function createRoles(ownerUrl: string, password: string): Promise<void> {
  const sql = connect(ownerUrl, { max: 1 });
  try {
    await createRole(sql, READER_ROLE, 'nologin');
    await createRole(sql, APP_ROLE, `login password '${password}'`);
    // An owner that is no superuser may hand functions over only to a role it belongs to, and that may create in the schema.
    await patiently(async () => {
      const [owner] = await sql<{ isSuperuser: boolean }[]>`
        select rolsuper as "isSuperuser" from pg_roles where rolname = current_user`;
      if (!owner?.isSuperuser)
        await sql.unsafe(
          `grant ${READER_ROLE} to current_user; grant create on schema public to ${READER_ROLE}`,
        );
    });
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function createRole(sql: SqlClient, name: string, attributes: string): Promise<void> {
  await patiently(async () => {
    const [found] = await sql`select 1 from pg_roles where rolname = ${name}`;
    // Attributes and password are ours, never input; a role statement takes no parameters.
    await sql.unsafe(`${found ? 'alter' : 'create'} role ${name} ${attributes}`);
  });
}

/** Roles are shared by all databases of a server, and their statements do not wait for each other: they fail. */
async function patiently(work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      // 23505, 42710: another made the role meanwhile. XX000 "tuple concurrently updated".
      const isRace =
        error instanceof postgres.PostgresError && ['23505', '42710', 'XX000'].includes(error.code);
      if (!isRace || attempt >= ATTEMPTS) throw error;
      await pause(Math.random() * 50);
    }
  }
}
