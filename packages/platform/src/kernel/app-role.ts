import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { connect, type SqlClient, withAccount } from './connect.ts';
import { deriveKey, type MasterKey } from './secrets.ts';

/**
 * Whom policies and grants name: row-level security holds for it, for it is neither superuser nor owner of anything. Nobody signs
 * in with it; each deployment has a role of its own that belongs to it.
 */
export const APP_ROLE = 'carrick_app';
/** Owns the SECURITY DEFINER functions that must read across row-level security. Nobody signs in with it. */
export const READER_ROLE = 'carrick_reader';

const ATTEMPTS = 20;

/**
 * What a deployment signs in with. Roles belong to the whole server: named after the master key, deployments that share one
 * do not set each other's password.
 */
export function appLogin(masterKey: MasterKey): string {
  return `${APP_ROLE}_${deriveKey(masterKey, 'app-role-name').toString('hex').slice(0, 10)}`;
}

/**
 * Sees to it that the roles exist and that the application's is what it must be. Comes before the migrations, which grant
 * to them.
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
  const login = appLogin(masterKey);
  const appUrl = withAccount(ownerUrl, login, password);
  if (await canSignIn(appUrl)) return appUrl;
  await createRoles(ownerUrl, login, password);
  if (!(await canSignIn(appUrl))) throw new Error(`PostgreSQL does not let the role ${login} sign in`);
  return appUrl;
}

/** Also says no where one of the other roles is missing, or this one is not the application's. */
async function canSignIn(appUrl: string): Promise<boolean> {
  const sql = connect(appUrl, { max: 1 });
  try {
    const roles = await sql<{ name: string; isTooStrong: boolean; isHeld: boolean }[]>`
      select rolname as name, rolsuper or rolbypassrls or rolcreaterole as "isTooStrong",
        pg_has_role(current_user, oid, 'usage') as "isHeld"
      from pg_roles where rolname in (current_user, ${APP_ROLE}, ${READER_ROLE})`;
    const strong = roles.find(({ isTooStrong, isHeld }) => isTooStrong && isHeld);
    if (strong)
      throw new Error(`the role ${strong.name} could get around row-level security; take its rights away`);
    const isApplication = roles.some(({ name, isHeld }) => name === APP_ROLE && isHeld);
    return isApplication && roles.some(({ name }) => name === READER_ROLE);
  } catch (error) {
    // 28P01 wrong password, 28000 no such role or not allowed in.
    if (error instanceof postgres.PostgresError && ['28P01', '28000'].includes(error.code)) return false;
    throw error;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function createRoles(ownerUrl: string, login: string, password: string): Promise<void> {
  const sql = connect(ownerUrl, { max: 1 });
  try {
    await ensureRole(sql, READER_ROLE, { made: 'nologin' });
    await ensureRole(sql, APP_ROLE, { made: 'nologin' });
    const attributes = `login password '${password}'`;
    await ensureRole(sql, login, { made: attributes, changed: attributes });
    await patiently(() => sql.unsafe(`grant ${APP_ROLE} to ${login}`));
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

/** Attributes and password are ours, never input; a role statement takes no parameters. */
async function ensureRole(
  sql: SqlClient,
  name: string,
  { made, changed }: { readonly made: string; readonly changed?: string },
): Promise<void> {
  await patiently(async () => {
    const [found] = await sql`select 1 from pg_roles where rolname = ${name}`;
    if (!found) await sql.unsafe(`create role ${name} ${made}`);
    else if (changed !== undefined) await sql.unsafe(`alter role ${name} ${changed}`);
  });
}

/** Roles are shared by all databases of a server, and their statements do not wait for each other: they fail. */
async function patiently(work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await work();
      return;
    } catch (error) {
      // 23505, 42710: another made the role meanwhile. XX000 "tuple concurrently updated".
      const isRace =
        error instanceof postgres.PostgresError && ['23505', '42710', 'XX000'].includes(error.code);
      if (!isRace || attempt >= ATTEMPTS) throw error;
      await pause(Math.random() * 50);
    }
  }
}
