/** The ATS of the soak: its tables, its connector. Run as a program it is the process that is killed. */
import { readFileSync } from 'node:fs';
import { setInterval } from 'node:timers';
import mysql, { type PoolConnection, type RowDataPacket } from 'mysql2/promise';
import {
  type AtsConnector,
  createConnector,
  type History,
  mysqlStore,
  type RecordFor,
} from '../../packages/connector/src/index.ts';

export interface SoakSetup {
  readonly database: string;
  readonly customers: readonly SoakCustomer[];
}

export interface SoakCustomer {
  readonly id: string;
  readonly baseUrl: string;
  readonly organization: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export const KINDS = ['job', 'candidate', 'application'] as const;
export type SoakKind = (typeof KINDS)[number];

export const TABLE = `
  create table ats_row (
    customer_id varchar(40) not null, kind varchar(20) not null, id int not null, version int not null,
    primary key (customer_id, kind, id));`;

export const openAts = ({ database }: SoakSetup) =>
  mysql.createPool({ uri: database, connectionLimit: 12, multipleStatements: true });

export function openConnector(pool: mysql.Pool) {
  return createConnector<Pick<PoolConnection, 'query'>>({
    platform: { baseUrl: 'http://127.0.0.1:1' },
    atsName: 'Soak ATS',
    store: mysqlStore(pool),
    secretsKey: '5a'.repeat(32),
    history: (customer) => historyOf(pool, customer.id),
    on: { matched: () => {} },
    massDelete: { share: 1, rows: 1_000_000 },
    log: ({ level, customerId, message }) => {
      if (level === 'warn') process.stderr.write(`${customerId}: ${message}\n`);
    },
  });
}

const AT = Date.UTC(2025, 0, 1);

export const candidateOf = (id: number, version: number): RecordFor<'candidate'> => ({
  atsCreatedAt: AT,
  atsLastModifiedAt: AT + version,
  firstName: `First${id}`,
  lastName: `Version ${version}`,
  emailAddresses: [`person${id}@soak.example`],
});

function recordOf(kind: SoakKind, id: number, version: number): RecordFor<SoakKind> {
  const times = { atsCreatedAt: AT, atsLastModifiedAt: AT + version };
  if (kind === 'job')
    return {
      title: `Version ${version}`,
      description: 'A job like any other. '.repeat(8),
      location: 'Chicago, IL',
      listedAt: AT,
      companyApplyUrl: `https://ats.example.com/jobs/${id}`,
      jobPostingOperationType: 'CREATE',
    };
  if (kind === 'candidate') return candidateOf(id, version);
  return {
    ...times,
    atsCandidateId: String(id),
    atsJobPostingId: '1',
    atsJobPostingName: 'A job',
    firstName: `First${id}`,
    lastName: `Version ${version}`,
  };
}

/** Every customer with as many candidates and applications, and a sixteenth of that in jobs. Returns how many records that is. */
export async function fillAts(
  pool: mysql.Pool,
  customerIds: readonly string[],
  records: number,
): Promise<number> {
  const each = Math.max(3, Math.floor(records / customerIds.length / 2.0625));
  for (const id of customerIds)
    for (const kind of KINDS)
      await pool.query(
        `insert into ats_row select ?, ?, seq, 0 from seq_1_to_${kind === 'job' ? Math.max(1, each >> 4) : each}`,
        [id, kind],
      );
  const [[row]] = await pool.query<RowDataPacket[]>('select count(*) as n from ats_row');
  return Number(row?.n);
}

/**
 * Something changes or goes in the ATS, as its own code does it; every fifth time the connector is not told, and every seventh
 * transaction is rolled back. Applications go with their candidate.
 */
export async function changeSome(
  pool: mysql.Pool,
  connector: AtsConnector<Pick<PoolConnection, 'query'>>,
  customerIds: readonly string[],
  index: number,
): Promise<void> {
  const customerId = customerIds[Math.floor(Math.random() * customerIds.length)] ?? '';
  const isGone = Math.random() < 0.1;
  const connection = await pool.getConnection();
  try {
    await connection.beginTransaction();
    const [[last]] = await connection.query<RowDataPacket[]>(
      "select max(id) as id from ats_row where customer_id = ? and kind = 'candidate'",
      [customerId],
    );
    const id = 1 + Math.floor(Math.random() * Number(last?.id ?? 1));
    for (const kind of isGone ? (['application', 'candidate'] as const) : (['candidate'] as const)) {
      const key = [customerId, kind, id];
      const where = 'where customer_id = ? and kind = ? and id = ?';
      if (isGone) await connection.query(`delete from ats_row ${where}`, key);
      else await connection.query(`update ats_row set version = version + 1 ${where}`, key);
      const [[row]] = await connection.query<RowDataPacket[]>(`select version from ats_row ${where}`, key);
      const record = row ? recordOf(kind, id, Number(row.version)) : null;
      if (index % 5 > 0) await connector.record(connection, customerId, kind, String(id), record as never); // of that kind
    }
    if (index % 7 > 0) await connection.commit();
    else await connection.rollback();
  } finally {
    connection.release();
  }
}

export function historyOf(pool: mysql.Pool, customerId: string): History {
  async function* rows(kind: SoakKind) {
    for (let after = 0; ; ) {
      const [page] = await pool.query<RowDataPacket[]>(
        'select id, version from ats_row where customer_id = ? and kind = ? and id > ? order by id limit 1000',
        [customerId, kind, after],
      );
      for (const { id, version } of page)
        yield { key: String(id), record: recordOf(kind, Number(id), Number(version)) };
      if (page.length < 1000) return;
      after = Number(page.at(-1)?.id);
    }
  }
  // The kinds of one soak row are told apart by `recordOf`, not by the type.
  return Object.fromEntries(KINDS.map((kind) => [kind, rows(kind)])) as History;
}

if (import.meta.filename === process.argv[1]) {
  const setup = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as SoakSetup; // written by the soak
  const pool = openAts(setup);
  const connector = openConnector(pool);
  const tell = setInterval(() => process.stdout.write(`${process.memoryUsage().rss}\n`), 500);
  tell.unref();
  const stopping = new AbortController();
  process.once('SIGTERM', () => stopping.abort());
  await connector.run({ stopping: stopping.signal });
  await pool.end();
}
