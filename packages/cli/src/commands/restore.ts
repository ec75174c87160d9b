import { createLog, masterKeyIn, readConfig, restore, systemClock } from '@carrick/platform';
import { type Command, usageError } from '../command.ts';
import { configFlags, configHelp } from '../config-flags.ts';
import { explained } from './backup.ts';

const NAMES = ['dataDir', 'logLevel'] as const;

export const command: Command = {
  summary: 'Fill an empty data folder or database from a backup.',
  usage: 'restore FILE [flags]',
  options: { ...configFlags(NAMES), 'print-key': { type: 'boolean' } },
  help: {
    ...configHelp(NAMES),
    'print-key': 'print the master key that the file holds, for CARRICK_MASTER_KEY, and restore nothing',
  },
  async run({ flags, positionals }) {
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0)
      throw usageError('restore reads one file: carrick restore FILE');
    const config = readConfig({ log: 'warn', ...flags });
    if (flags['print-key'] === true) {
      const key = await masterKeyIn(file, config.backupPassphrase).catch(explained);
      process.stdout.write(`${key}\n`);
      return 0;
    }
    const surroundings = { clock: systemClock, log: createLog(config.logLevel) };
    const { rows, createdAt, migrations } = await restore(config, surroundings, { file }).catch(explained);
    const newer = migrations.length === 0 ? '' : ` and brought up to date (${migrations.join(', ')})`;
    process.stdout.write(`Restored ${rows} rows as of ${new Date(createdAt).toISOString()}${newer}.\n`);
    return 0;
  },
};
