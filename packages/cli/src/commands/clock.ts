import { type Deployment, durationMs, openDeployment, timeAt } from '@carrick/platform';
import { type Command, type Flags, optional, usageError } from '../command.ts';
import { configFlags, configHelp } from '../config-flags.ts';
import { existingDeployment } from '../existing-deployment.ts';

const NAMES = ['dataDir', 'logLevel'] as const;

export const command: Command = {
  summary: 'Tell the time of a sandbox, and turn it forward, also while it runs.',
  usage: 'clock [--advance 31d | --set WHEN] [flags]',
  options: {
    ...configFlags(NAMES),
    advance: { type: 'string' },
    set: { type: 'string' },
    json: { type: 'boolean' },
  },
  help: {
    ...configHelp(NAMES),
    advance: 'how far (90s, 15m, 36h, 31d)',
    set: 'to when (2027-01-31T08:00Z)',
    json: 'now, time and offsetMs in one line',
  },
  async run({ flags }) {
    const turn = readTurn(flags);
    const deployment = await openDeployment(existingDeployment(flags));
    try {
      await turn(deployment);
      const { turnedClock } = deployment;
      const now = turnedClock.now();
      const time = new Date(now).toISOString();
      const { offsetMs } = turnedClock;
      process.stdout.write(
        flags.json === true
          ? `${JSON.stringify({ now, time, offsetMs })}\n`
          : `${time}${offsetMs === 0 ? '' : `, ${Math.round(offsetMs / 1000)} s ahead of the machine`}\n`,
      );
      return 0;
    } finally {
      await deployment.close();
    }
  },
};

function readTurn(flags: Flags): (deployment: Deployment) => Promise<void> {
  const advance = optional(flags, 'advance');
  const set = optional(flags, 'set');
  if (advance !== undefined && set !== undefined) throw usageError('give --advance or --set');
  if (advance !== undefined) {
    const ms = durationMs(advance);
    if (ms === null) throw usageError('--advance takes 90s, 15m, 36h or 31d');
    return ({ turnedClock, ctx }) => turnedClock.advance(ctx.db, ms);
  }
  if (set === undefined) return async () => {};
  const at = timeAt(set);
  if (at === null) throw usageError('--set takes a time such as 2027-01-31T08:00Z');
  return ({ turnedClock, ctx }) => turnedClock.set(ctx.db, at);
}
