#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { type Dialect, outboxSql } from './store/outbox-sql.ts';

const USAGE = `usage: carrick-connector outbox-sql --dialect postgres|mysql

Prints the two tables that the library keeps in your database, for your own migrations.
`;

function run(): number {
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: { dialect: { type: 'string' }, help: { type: 'boolean' } },
    });
    const dialect: Dialect | undefined = (['postgres', 'mysql'] as const).find(
      (known) => known === values.dialect,
    );
    if (values.help) process.stdout.write(USAGE);
    else if (positionals.join(' ') !== 'outbox-sql' || !dialect)
      throw new TypeError('unknown command or dialect');
    else process.stdout.write(outboxSql(dialect));
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof TypeError ? error.message : String(error)}\n${USAGE}`);
    return 2;
  }
}

process.exitCode = run();
