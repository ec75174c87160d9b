import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll } from 'vitest';
import {
  type Connector,
  type ConnectorOptions,
  type DatabaseSource,
  type Mapping,
  openMysql,
  parseMapping,
} from '../../packages/connector/src/daemon.ts';
import {
  missingMariadb,
  startTestMariadb,
  type TestMariadb,
} from '../../packages/connector/src/testing-mariadb.ts';
import { openWorld, type World } from './world.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures');

/** A small ATS on MariaDB beside a platform of its own, for one test. */
export interface SmallAts {
  readonly world: World;
  readonly source: DatabaseSource;
  /** Its mapping, the text changed first if asked. */
  mapping(change?: (yaml: string) => string): Promise<Mapping>;
  connector(options?: Partial<ConnectorOptions> & { state?: string }): Promise<Connector>;
  sql(text: string): Promise<void>;
  rows(text: string): Promise<Record<string, unknown>[]>;
}

/** The mapping's text with ATS users bound to persons. */
export const withUsers = (users: Readonly<Record<string, string>>) => (yaml: string) =>
  `${yaml}users: ${JSON.stringify(users)}\n`;

export const missing = missingMariadb();
if (missing) console.warn(`skipped: the connector's tests with MariaDB. ${missing}`);

/** For a test file: one MariaDB server, and per test a database in it and a platform. */
export function useSmallAts(): (tables?: string) => Promise<SmallAts> {
  let mariadb: TestMariadb;
  let opened: { close(): Promise<void> }[] = [];
  let count = 0;
  beforeAll(async () => {
    if (!missing) mariadb = await startTestMariadb();
  });
  afterEach(async () => {
    for (const each of opened.reverse()) await each.close();
    opened = [];
  });
  afterAll(() => mariadb?.stop());
  return async (tables = join(FIXTURES, 'small-ats.sql')) => {
    const url = await mariadb.database(`small${++count}`, tables);
    const source = await openMysql(url);
    opened.push(source);
    const world = await openWorld();
    opened.push(world);
    const ats: SmallAts = {
      world,
      source,
      async mapping(change = (yaml) => yaml) {
        return parseMapping(change(await readFile(join(FIXTURES, 'small-ats.yaml'), 'utf8')));
      },
      async connector(options = {}) {
        const mapping = options.mapping ?? (await ats.mapping(withUsers({ 101: personOf(world, 'r1') })));
        return world.connector(mapping, options.source ?? source, options);
      },
      sql: (text) => mariadb.run(url, text),
      rows: (text) => mariadb.rows(url, text),
    };
    return ats;
  };
}

/** The person URN of a seat of the world's company. */
export function personOf({ tenant }: World, name: 'admin' | 'r1' | 'r2'): string {
  const seat = tenant.seats.find(({ email }) => email.startsWith(`${name}@`));
  if (!seat) throw new Error(`no seat ${name}`);
  return seat.person;
}
