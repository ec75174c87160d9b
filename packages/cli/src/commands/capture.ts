import {
  applyPlan,
  type DatabaseSource,
  isDatabase,
  type Mapping,
  planCapture,
  planRemoval,
  planText,
  readMapping,
} from '@carrick/connector/daemon';
import { type Command, type CommandInput, required, usageError } from '../command.ts';
import { asCommandError, openSource } from '../connector-flags.ts';

const ACTIONS = ['plan', 'install', 'plan-removal', 'remove'] as const;

export const command: Command = {
  summary: `Triggers in the ATS's database that note which rows change, for "carrick connect --capture".

  plan          print the SQL that install would run, for review; changes nothing
  install       make the table and the triggers, or bring them in line with a changed mapping
  plan-removal  print the SQL that remove would run
  remove        take away the triggers and the table`,
  usage: `capture ${ACTIONS.join('|')} --mapping FILE --source URL`,
  options: { mapping: { type: 'string' }, source: { type: 'string' } },
  help: {
    mapping: 'the YAML file of the connector; the "capture" of each kind names tables and columns',
    source: 'the database: postgres://user:password@host/name or mysql://…, a user who may create triggers',
  },
  run: (input) =>
    capture(input).catch((error: unknown) => {
      throw asCommandError(error, input.stopping);
    }),
};

async function capture({ flags, positionals, stopping }: CommandInput): Promise<number> {
  const [name, ...more] = positionals;
  const action = ACTIONS.find((known) => known === name);
  if (!action || more.length > 0) throw usageError(`carrick capture takes one of: ${ACTIONS.join(', ')}`);
  const mapping = await readMapping(required(flags, 'mapping'));
  const source = await openSource(required(flags, 'source'), mapping, stopping);
  try {
    if (!isDatabase(source)) throw usageError('--source must be a database: postgres://… or mysql://…');
    process.stdout.write(`${await act(action, source, mapping)}\n`);
    return 0;
  } finally {
    await source.close();
  }
}

async function act(
  action: (typeof ACTIONS)[number],
  source: DatabaseSource,
  mapping: Mapping,
): Promise<string> {
  switch (action) {
    case 'plan':
      return planText(source, await planCapture(source, mapping));
    case 'plan-removal':
      return planText(source, await planRemoval(source));
    case 'install':
      await applyPlan(source, await planCapture(source, mapping));
      return 'Installed. The connector needs SELECT and DELETE on carrick_capture; run it with --capture.';
    case 'remove':
      await applyPlan(source, await planRemoval(source));
      return 'Removed: no trigger and no table of the connector is left.';
  }
}
