import { type Config, holdsDeployment, readConfig } from '@carrick/platform';
import { CommandError, type Flags } from './command.ts';

/**
 * The configuration of a command that works on what is there. A mistyped folder must not become a new deployment that answers as
 * if everything were gone.
 * @throws CommandError where the data folder holds none
 */
export function existingDeployment(flags: Flags): Config {
  const config = readConfig({ log: 'warn', ...flags });
  if (!holdsDeployment(config))
    throw new CommandError(
      `there is no data of Carrick in ${config.dataDir}: check --data (serve and migrate make a new deployment)`,
    );
  return config;
}
