import { once } from 'node:events';
import { dumpRecords, openDeployment } from '@carrick/platform';
import { type Command, usageError } from '../command.ts';
import { configFlags, configHelp } from '../config-flags.ts';
import { existingDeployment } from '../existing-deployment.ts';

const NAMES = ['dataDir', 'logLevel'] as const;

export const command: Command = {
  summary: 'Print every stored record, whoever may see it: for comparing two sides.',
  usage: 'dump --json [flags]',
  options: { ...configFlags(NAMES), json: { type: 'boolean' } },
  help: { ...configHelp(NAMES), json: 'one record a line: {"tenant","atsNo","kind","key","record"}' },
  async run({ flags, stopping }) {
    if (flags.json !== true) throw usageError('dump prints JSON lines only: add --json');
    const { ctx, close } = await openDeployment(existingDeployment(flags));
    try {
      for await (const { tenantId, atsNo, kind, key, record } of dumpRecords(ctx)) {
        if (stopping.aborted) return 130;
        const line = `${oneLine({ tenant: tenantId, atsNo, kind, key, record })}\n`;
        if (!process.stdout.write(line)) await once(process.stdout, 'drain');
      }
    } finally {
      await close();
    }
    return 0;
  },
};

/** Many readers of lines end one at these characters too; JSON leaves them as they are. */
const LINE_ENDS = /[\u0085\u2028\u2029]/g;

function oneLine(value: unknown): string {
  return JSON.stringify(value).replace(
    LINE_ENDS,
    (end) => `\\u${end.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
