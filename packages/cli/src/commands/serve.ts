import { createPlatform, readConfig } from '@carrick/platform';
import { type Command, CommandError } from '../command.ts';
import { configFlags, configHelp } from '../config-flags.ts';
import { openTls, TLS_HELP, TLS_OPTION } from '../tls.ts';

const NAMES = ['host', 'port', 'publicUrl', 'dataDir', 'quotas', 'logLevel'] as const;

export const command: Command = {
  summary: 'Run the platform: the wire, the recruiter app, health and metrics.',
  usage: 'serve [flags]',
  options: { ...configFlags(NAMES), ...TLS_OPTION, json: { type: 'boolean' } },
  help: { ...configHelp(NAMES), ...TLS_HELP, json: 'one line of JSON on stdout when ready' },
  async run({ flags, stopping }) {
    const config = readConfig(flags);
    const platform = createPlatform(config, { tls: await openTls(flags, config) });
    await startPlatform(platform, config.port);
    process.stdout.write(
      flags.json === true
        ? `${JSON.stringify({ ready: true, baseUrl: platform.baseUrl })}\n`
        : `Carrick listens on ${platform.baseUrl}\n`,
    );
    await untilStopped(stopping);
    await platform.stop();
    return 0;
  },
};

/** @throws CommandError when the port is taken: it says what to do instead of showing a stack. */
export async function startPlatform(
  platform: { start(): Promise<void>; stop(): Promise<void> },
  port: number,
): Promise<void> {
  try {
    await platform.start();
  } catch (error) {
    await platform.stop();
    const isPort = error instanceof Error && 'syscall' in error && error.syscall === 'listen';
    const code = isPort && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE') {
      throw new CommandError(
        `port ${port} is in use: stop what listens there, or choose another with --port N (0 takes a free one)`,
      );
    }
    if (code === 'EACCES')
      throw new CommandError(
        `port ${port} may not be opened by this account: choose one above 1023 with --port N`,
      );
    throw error;
  }
}

export function untilStopped(stopping: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (stopping.aborted) resolve();
    else stopping.addEventListener('abort', () => resolve(), { once: true });
  });
}
