import { ClockError, ConfigError, TenancyError } from '@carrick/platform';
import { type Command, CommandError, helpOf, parseFlags } from './command.ts';

/** Loaded when asked for: `carrick --help` starts no platform. */
const COMMANDS: Record<string, () => Promise<{ readonly command: Command }>> = {
  serve: () => import('./commands/serve.ts'),
  demo: () => import('./commands/demo.ts'),
  sandbox: () => import('./commands/sandbox.ts'),
  admin: () => import('./commands/admin.ts'),
  'import-members': () => import('./commands/import-members.ts'),
  connect: () => import('./commands/connect.ts'),
  capture: () => import('./commands/capture.ts'),
  compare: () => import('./commands/compare.ts'),
  dump: () => import('./commands/dump.ts'),
  requests: () => import('./commands/requests.ts'),
  deliveries: () => import('./commands/deliveries.ts'),
  clock: () => import('./commands/clock.ts'),
  backup: () => import('./commands/backup.ts'),
  restore: () => import('./commands/restore.ts'),
  'lint-dialect': () => import('./commands/lint-dialect.ts'),
  'match-eval': () => import('./commands/match-eval.ts'),
  'match-model': () => import('./commands/match-model.ts'),
  migrate: () => import('./commands/migrate.ts'),
  doctor: () => import('./commands/doctor.ts'),
  certify: () => import('./commands/certify.ts'),
};

process.exitCode = await main(process.argv.slice(2));

async function main([name = '--help', ...args]: readonly string[]): Promise<number> {
  if (name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(await listCommands());
    return 0;
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!load) {
    process.stderr.write(
      `carrick: there is no command "${name}". There are: ${Object.keys(COMMANDS).join(', ')}\n`,
    );
    return 2;
  }
  try {
    const { command } = await load();
    const { flags, positionals } = parseFlags(command, args);
    if (flags.help === true) {
      process.stdout.write(helpOf(command));
      return 0;
    }
    return await command.run({ flags, positionals, stopping: stopSignal() });
  } catch (error) {
    return explain(error);
  }
}

/** Aborted by the first Ctrl-C or SIGTERM. The command then ends in order; a second Ctrl-C ends it at once. */
function stopSignal(): AbortSignal {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stopping.signal.aborted && signal === 'SIGINT') process.exit(130);
      stopping.abort(signal);
    });
  }
  return stopping.signal;
}

function explain(error: unknown): number {
  if (error instanceof CommandError) {
    process.stderr.write(`carrick: ${error.message}\n`);
    return error.exitCode;
  }
  if (error instanceof ConfigError || error instanceof TenancyError || error instanceof ClockError) {
    process.stderr.write(`carrick: ${error.message}\n`);
    return error instanceof ConfigError ? 2 : 1;
  }
  // Not foreseen: whoever reports it needs the stack.
  process.stderr.write(
    `carrick: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  return 70;
}

async function listCommands(): Promise<string> {
  const rows = await Promise.all(
    Object.entries(COMMANDS).map(
      async ([name, load]) => `  ${name.padEnd(16)} ${(await load()).command.summary}`,
    ),
  );
  return `carrick <command> [flags]\n\n${rows.join('\n')}\n\nEach command explains itself with --help.\n`;
}
