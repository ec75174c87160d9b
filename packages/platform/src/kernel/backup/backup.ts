import type { Socket } from 'node:net';
import type { TransactionSql } from 'postgres';
import type { Config } from '../../config.ts';
import { READER_ROLE } from '../app-role.ts';
import type { Clock } from '../clock.ts';
import { connect } from '../connect.ts';
import type { Log } from '../log.ts';
import { openOwner } from '../open-owner.ts';
import { type ArchiveWriter, BackupError, writeArchive } from './archive.ts';
import { copyMasterKey, fingerprint, type MasterKeyCopy } from './master-key-copy.ts';
import { type BackupTable, columnList, identifier, listTables, readSequences } from './tables.ts';

export interface BackupHeader {
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly migrations: readonly {
    readonly number: number;
    readonly name: string;
    readonly checksum: string;
  }[];
  readonly masterKey: MasterKeyCopy;
  readonly masterKeyFingerprint: string;
  readonly tables: readonly BackupTable[];
}

export interface BackupOptions {
  readonly file: string;
  /** Leaves the master key out: then it has to be kept elsewhere, or nothing secret in the backup can be used again. */
  readonly isKeyLeftOut?: boolean;
}

export interface BackupSummary {
  readonly rows: number;
  readonly masterKey: MasterKeyCopy['kind'];
}

/** Below what pg_dump's own buffers hold, above what makes many small writes. */
const FRAME_BYTES = 256 * 1024;

/**
 * Writes everything the deployment holds, as of one moment, to a file; the platform goes on meanwhile. The schema is not in it, but
 * which migrations made it: a restore makes it anew.
 */
export async function backup(
  config: Config,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
  { file, isKeyLeftOut = false }: BackupOptions,
): Promise<BackupSummary> {
  const owner = await openOwner(config, log);
  // postgres.js stops reading for a slow reader of COPY and forgets to go on when the end was in what it had read last.
  let socket: Socket | undefined;
  const sql = connect(owner.ownerUrl, {
    max: 1,
    applicationName: 'carrick-backup',
    log,
    onSocket: (opened) => {
      socket = opened;
    },
  });
  const goOn = () => socket?.resume();
  let rows = 0;
  const masterKey = copyMasterKey(owner.masterKey, config.backupPassphrase, !isKeyLeftOut);
  try {
    await sql.begin('isolation level repeatable read read only', (tx) =>
      writeArchive(file, async function* (writer) {
        const migrations = await migrationsOf(tx);
        const tables = await listTables(tx);
        await tx.unsafe(
          `lock table ${tables.map(({ name }) => identifier(name)).join(', ')} in access share mode`,
        );
        const header: BackupHeader = {
          createdAt: clock.now(),
          migrations,
          masterKey,
          masterKeyFingerprint: fingerprint(owner.masterKey),
          tables,
        };
        yield writer.json(header);
        const isBound = await isBoundByRowSecurity(tx);
        for (const table of tables) rows += yield* copyOut(tx, goOn, writer, table, isBound);
        yield writer.trailer({ rows, sequences: await readSequences(tx) });
      }),
    );
  } finally {
    await sql.end({ timeout: 5 });
    await owner.close();
  }
  return { rows, masterKey: masterKey.kind };
}

async function migrationsOf(tx: TransactionSql): Promise<BackupHeader['migrations']> {
  const [found] =
    await tx`select 1 from pg_class where relname = 'schema_migration' and relnamespace = 'public'::regnamespace`;
  if (!found) throw new BackupError('there is nothing to back up: this database has no tables yet');
  return tx<{ number: number; name: string; checksum: string }[]>`
    select number, name, checksum from schema_migration order by number`;
}

async function isBoundByRowSecurity(tx: TransactionSql): Promise<boolean> {
  const [role] = await tx<{ isBound: boolean }[]>`
    select not (rolsuper or rolbypassrls) as "isBound" from pg_roles where rolname = current_user`;
  return role?.isBound ?? true;
}

/** The owner of a table with forced row-level security would copy nothing of it: the reader, whom the policies let through, does. */
async function* copyOut(
  tx: TransactionSql,
  goOn: () => void,
  writer: ArchiveWriter,
  table: BackupTable,
  isBound: boolean,
): AsyncGenerator<Buffer, number> {
  const needsReader = isBound && table.isForced;
  if (needsReader) await tx.unsafe(`set local role ${READER_ROLE}`);
  let rows = 0;
  let pending: Buffer[] = [];
  let bytes = 0;
  const source = await tx
    .unsafe(`copy ${identifier(table.name)} (${columnList(table)}) to stdout`)
    .readable();
  for await (const chunk of source as AsyncIterable<Buffer>) {
    // In COPY's text form a line end always ends a row.
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) rows += 1;
    pending.push(chunk);
    bytes += chunk.length;
    if (bytes < FRAME_BYTES) continue;
    yield writer.frame(Buffer.concat(pending));
    pending = [];
    bytes = 0;
  }
  goOn();
  if (bytes > 0) yield writer.frame(Buffer.concat(pending));
  yield writer.frame(Buffer.alloc(0));
  if (needsReader) await tx.unsafe('reset role');
  return rows;
}
