import { openDeployment, readConfig } from '@carrick/platform';
import type { Command } from '../command.ts';
import { configFlags, configHelp } from '../config-flags.ts';

const NAMES = ['dataDir', 'logLevel'] as const;

export const command: Command = {
  summary: 'Bring the database up to date and end. `serve` does the same when it starts.',
  usage: 'migrate [flags]',
  options: { ...configFlags(NAMES), json: { type: 'boolean' } },
  help: { ...configHelp(NAMES), json: 'the names of the applied migrations as JSON' },
  async run({ flags }) {
    const config = readConfig({ log: 'warn', ...flags });
    const { migrations, close } = await openDeployment(config);
    await close();
    process.stdout.write(
      flags.json === true
        ? `${JSON.stringify({ applied: migrations })}\n`
        : `${migrations.length === 0 ? 'The database is up to date.' : `Applied ${migrations.join(', ')}.`}\n`,
    );
    return 0;
  },
};
