import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { TransactionSql } from 'postgres';
import type { Config } from '../../config.ts';
import { ensureRoles } from '../app-role.ts';
import type { Clock } from '../clock.ts';
import { connect } from '../connect.ts';
import type { Log } from '../log.ts';
import { migrate, readMigrations } from '../migrate.ts';
import { MIGRATIONS, openOwner } from '../open-owner.ts';
import { ArchiveReader, BackupError } from './archive.ts';
import type { BackupHeader } from './backup.ts';
import { fingerprint, openMasterKey } from './master-key-copy.ts';
import { columnList, identifier, listTables, type SequenceState } from './tables.ts';

export interface RestoreSummary {
  readonly rows: number;
  /** When the backup was made: epoch milliseconds. */
  readonly createdAt: number;
  /** Names of the migrations that came after the backup. */
  readonly migrations: readonly string[];
}

/** What has to be empty: whatever stands there, something hangs on one of these. */
const ROOTS = ['organisation', 'member', 'oauth_application'] as const;

/**
 * Fills an empty database from a backup, in one transaction, and brings it up to date. Embedded, the master key of the backup becomes
 * that of the data folder; with a database of one's own it has to be given as CARRICK_MASTER_KEY.
 * @throws BackupError when file, key or database will not do; then nothing was stored
 */
export async function restore(
  config: Config,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
  { file }: { readonly file: string },
): Promise<RestoreSummary> {
  const archive = new ArchiveReader(file);
  try {
    const header = (await archive.json()) as BackupHeader; // written by backup(), and the checksum follows
    await checkMigrations(header);
    const held = openMasterKey(header.masterKey, config.backupPassphrase);
    if (config.databaseUrl !== null && config.masterKey === null) throw new BackupError(NO_KEY_GIVEN);
    const owner = await openOwner(config, log, held);
    try {
      if (fingerprint(owner.masterKey) !== header.masterKeyFingerprint)
        throw new BackupError(wrongKey(config, held));
      const { ownerUrl, masterKey } = owner;
      await ensureRoles({ ownerUrl, masterKey });
      const upTo = header.migrations.at(-1)?.number ?? 0;
      await migrate({ ownerUrl, dir: MIGRATIONS, clock, log, upTo });
      const rows = await load(ownerUrl, archive, header, log);
      const migrations = await migrate({ ownerUrl, dir: MIGRATIONS, clock, log });
      return { rows, createdAt: header.createdAt, migrations };
    } finally {
      await owner.close();
    }
  } finally {
    await archive.close();
  }
}

const NO_KEY_GIVEN =
  'set CARRICK_MASTER_KEY to the master key of the backup; where the backup holds it, carrick restore FILE --print-key shows it';

/** The master key as CARRICK_MASTER_KEY takes it. @throws BackupError where there is none, or it stays sealed */
export async function masterKeyIn(file: string, passphrase: string | null): Promise<string> {
  const archive = new ArchiveReader(file);
  try {
    const { masterKey } = (await archive.json()) as BackupHeader; // written by backup()
    const key = openMasterKey(masterKey, passphrase);
    if (!key) throw new BackupError('the backup holds no master key');
    return key.toString('base64url');
  } finally {
    await archive.close();
  }
}

function wrongKey({ databaseUrl }: Config, held: unknown): string {
  if (held) return 'this deployment has another master key than the backup: choose an empty data folder';
  return databaseUrl === null
    ? 'the backup holds no master key, and the data folder has another: set CARRICK_MASTER_KEY to the one it was made with'
    : 'CARRICK_MASTER_KEY is not the master key that the backup was made with';
}

/** @throws BackupError unless the backup's migrations are a beginning of ours */
async function checkMigrations({ migrations }: BackupHeader): Promise<void> {
  const files = new Map((await readMigrations(MIGRATIONS)).map((each) => [each.number, each]));
  for (const { number, name, checksum } of migrations) {
    const own = files.get(number);
    if (!own) throw new BackupError(`the backup was made by a newer version of Carrick: it has had ${name}`);
    if (own.checksum !== checksum)
      throw new BackupError(`the backup was made by another version of Carrick: its ${name} is not ours`);
  }
}

async function load(
  ownerUrl: string,
  archive: ArchiveReader,
  header: BackupHeader,
  log: Log,
): Promise<number> {
  const sql = connect(ownerUrl, { max: 1, applicationName: 'carrick-restore', log });
  try {
    return await sql.begin(async (tx) => {
      await requireSchema(tx, header);
      const tables = await listTables(tx);
      const forced = tables.filter(({ isForced }) => isForced).map(({ name }) => identifier(name));
      // COPY does not run where row-level security holds, and that it does for the owner where it is forced.
      for (const table of forced) await tx.unsafe(`alter table ${table} no force row level security`);
      await requireEmpty(tx);
      // What migrations put in comes back from the backup.
      await tx.unsafe(`truncate ${tables.map(({ name }) => identifier(name)).join(', ')}`);
      for (const table of header.tables) {
        const target = await tx
          .unsafe(`copy ${identifier(table.name)} (${columnList(table)}) from stdin`)
          .writable();
        await pipeline(Readable.from(archive.frames(), { objectMode: false }), target);
      }
      for (const table of forced) await tx.unsafe(`alter table ${table} force row level security`);
      const { rows, sequences } = await archive.trailer();
      for (const { name, lastValue } of sequences as readonly SequenceState[])
        if (lastValue !== null) await tx`select setval(${identifier(name)}::regclass, ${lastValue})`;
      return Number(rows);
    });
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function requireSchema(tx: TransactionSql, { migrations }: BackupHeader): Promise<void> {
  const [row] = await tx<{ newest: number | null }[]>`select max(number) as newest from schema_migration`;
  if (row?.newest !== (migrations.at(-1)?.number ?? null))
    throw new BackupError('the database was set up by a newer version than the backup: choose an empty one');
}

async function requireEmpty(tx: TransactionSql): Promise<void> {
  for (const table of ROOTS) {
    const [row] = await tx.unsafe(`select 1 from ${table} limit 1`);
    if (row) throw new BackupError('the database is not empty: restore into a new data folder or database');
  }
}
