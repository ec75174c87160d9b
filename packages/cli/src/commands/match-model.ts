import { openDeployment, readConfig } from '@carrick/platform';
import type { Command } from '../command.ts';
import { configFlags, configHelp } from '../config-flags.ts';

const NAMES = ['dataDir', 'logLevel'] as const;

export const command: Command = {
  summary: 'Make a matching model of the members as they are, and say what it would change.',
  usage: 'match-model [--publish] [flags]',
  options: { ...configFlags(NAMES), publish: { type: 'boolean' }, json: { type: 'boolean' } },
  help: {
    ...configHelp(NAMES),
    publish: 'everybody is decided anew under it, by the running platform',
    json: 'the report as JSON',
  },
  async run({ flags, stopping }) {
    const { matching, close } = await openDeployment(readConfig({ log: 'warn', ...flags }));
    try {
      const modelNo = await matching.models.make(stopping);
      const report = await matching.models.shadow(modelNo);
      const isPublished = flags.publish === true;
      if (isPublished) await matching.models.publish(modelNo);
      if (flags.json === true) {
        process.stdout.write(`${JSON.stringify({ modelNo, isPublished, ...report })}\n`);
        return 0;
      }
      const { candidates, gained, lost, moved, kept } = report;
      process.stdout.write(
        `Model ${modelNo}: of ${candidates} candidates ${gained} would be linked, ${lost} linked no more, ${moved} linked to ` +
          `somebody else, and ${kept} would only be kept.\n${isPublished ? 'It is published.' : 'Nothing was changed: --publish does.'}\n`,
      );
      return 0;
    } finally {
      await close();
    }
  },
};
