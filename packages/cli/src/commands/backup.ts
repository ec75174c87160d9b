import { BackupError, backup, createLog, systemClock } from '@carrick/platform';
import { type Command, CommandError, usageError } from '../command.ts';
import { configFlags, configHelp } from '../config-flags.ts';
import { existingDeployment } from '../existing-deployment.ts';

const NAMES = ['dataDir', 'logLevel'] as const;

export const command: Command = {
  summary: 'Write everything the deployment holds to one file, beside a running platform too.',
  usage: 'backup FILE [flags]',
  options: { ...configFlags(NAMES), 'without-key': { type: 'boolean' } },
  help: {
    ...configHelp(NAMES),
    'without-key': 'leave the master key out of the file; it must be kept elsewhere then',
  },
  async run({ flags, positionals }) {
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0)
      throw usageError('backup writes one file: carrick backup FILE');
    const config = existingDeployment(flags);
    const surroundings = { clock: systemClock, log: createLog(config.logLevel) };
    const isKeyLeftOut = flags['without-key'] === true;
    const { rows, masterKey } = await backup(config, surroundings, { file, isKeyLeftOut }).catch(explained);
    process.stdout.write(`Wrote ${rows} rows to ${file}.\n`);
    process.stderr.write(KEY_WARNINGS[masterKey]);
    return 0;
  },
};

const KEY_WARNINGS = {
  plain:
    'carrick: WARNING: the file holds the master key as it is. Whoever has the file has everything: keep it as you keep ' +
    'the key, or set CARRICK_BACKUP_PASSPHRASE to seal the key in it.\n',
  sealed: '',
  none: 'carrick: WARNING: the file holds no master key. Without it no client secret and no person id can be used again.\n',
} as const;

/** What is wrong with file or database is the user's to mend, and needs no stack. */
export function explained(error: unknown): never {
  if (error instanceof BackupError) throw new CommandError(error.message, { cause: error });
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (error instanceof Error && ['ENOENT', 'EACCES', 'ENOSPC', 'EISDIR'].includes(code))
    throw new CommandError(error.message, { cause: error });
  throw error;
}
