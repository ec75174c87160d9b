import { createReadStream, type Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import {
  type Context,
  encodePersonId,
  holdsDeployment,
  type ImportSummary,
  importMembers,
  listCustomerApplications,
  openDeployment,
  readConfig,
} from '@carrick/platform';
import { formatUrn, parseUrn } from '@carrick/protocol';
import { type Command, CommandError, optional, required, usageError } from '../command.ts';
import { configFlags, configHelp } from '../config-flags.ts';

const NAMES = ['dataDir', 'logLevel'] as const;
const SHOWN_REFUSALS = 20;

export const command: Command = {
  summary: 'Bring people into the member directory: one JSON object a line, or JSON Resume.',
  usage: 'import-members --file FILE [flags]',
  options: {
    ...configFlags(NAMES),
    file: { type: 'string' },
    application: { type: 'string' },
    json: { type: 'boolean' },
  },
  help: {
    ...configHelp(NAMES),
    file: 'the file; - reads standard input',
    application:
      'urn:li:developerApplication:…, whose person ids to print with --json; not needed when there is only one',
    json: 'prints {"id","person"} a line for each member; person is null where it is not clear for which application',
  },
  async run({ flags }) {
    const file = required(flags, 'file');
    const size = file === '-' ? null : await sizeOf(file);
    const isJson = flags.json === true;
    const config = readConfig({ log: 'warn', ...flags });
    // People may come before everything else; a mistyped folder is at least said.
    if (!holdsDeployment(config)) process.stderr.write(`${config.dataDir} is new: its data begins here\n`);
    const deployment = await openDeployment(config);
    const { ctx, memberHooks } = deployment;
    try {
      const personOf = isJson ? await personNamer(ctx, optional(flags, 'application')) : () => null;
      const input = file === '-' ? process.stdin : createReadStream(file);
      const progress = new Progress(size, () => (input === process.stdin ? 0 : input.bytesRead));
      let shown = 0;
      const summary = await importMembers(ctx, input, {
        hooks: memberHooks,
        onProgress: (done) => progress.show(done),
        onRefused: ({ line, reason }) => {
          if (shown++ < SHOWN_REFUSALS) progress.say(`line ${line} refused: ${reason}`);
        },
        onMember: (memberId, id) => {
          if (isJson) process.stdout.write(`${JSON.stringify({ id, person: personOf(memberId) })}\n`);
        },
      });
      progress.end();
      process.stderr.write(describe(summary));
      return summary.refused > 0 ? 1 : 0;
    } finally {
      await deployment.close();
    }
  },
};

async function sizeOf(file: string): Promise<number> {
  let found: Stats;
  try {
    found = await stat(file);
  } catch (cause) {
    throw new CommandError(`${file} cannot be read: check the path given with --file`, { cause });
  }
  if (found.isDirectory()) throw new CommandError(`${file} is a folder: --file takes one file`);
  return found.size;
}

/** Person ids are scoped to an application. Where there is only one, it is meant. */
async function personNamer(
  ctx: Context,
  application: string | undefined,
): Promise<(memberId: number) => string | null> {
  const known = await listCustomerApplications(ctx);
  const id =
    application === undefined ? (known.length === 1 ? known[0] : undefined) : applicationId(application);
  if (id === undefined) return () => null;
  if (!known.includes(id))
    throw new CommandError(`there is no customer application ${application}; see carrick admin --help`);
  return (memberId) => formatUrn('person', encodePersonId(ctx.keys.personKey(id), memberId));
}

function applicationId(text: string): number {
  const urn = parseUrn(text);
  const id = Number(urn?.id);
  if (urn?.type !== 'developerApplication' || !Number.isSafeInteger(id))
    throw usageError('--application takes urn:li:developerApplication:ID');
  return id;
}

/** One line on a terminal, redrawn after each committed batch; silent elsewhere. */
class Progress {
  readonly #size: number | null;
  readonly #bytesRead: () => number;
  readonly #hasTerminal = process.stderr.isTTY;

  constructor(size: number | null, bytesRead: () => number) {
    this.#size = size;
    this.#bytesRead = bytesRead;
  }

  show({ read, created, changed, refused }: ImportSummary): void {
    if (!this.#hasTerminal) return;
    const share =
      this.#size === null || this.#size === 0 ? null : Math.min(1, this.#bytesRead() / this.#size);
    const bar =
      share === null
        ? ''
        : `[${'#'.repeat(Math.round(share * 24)).padEnd(24, '.')}] ${Math.floor(share * 100)} % `;
    process.stderr.write(
      `\r\x1b[K${bar}${read} read, ${created} new, ${changed} changed, ${refused} refused`,
    );
  }

  say(text: string): void {
    process.stderr.write(`${this.#hasTerminal ? '\r\x1b[K' : ''}${text}\n`);
  }

  end(): void {
    if (this.#hasTerminal) process.stderr.write('\r\x1b[K');
  }
}

function describe({ read, created, changed, unchanged, refused, reasons }: ImportSummary): string {
  const lines = Object.entries(reasons).map(([reason, count]) => `  ${count} × ${reason}\n`);
  return `${read} read: ${created} new, ${changed} changed, ${unchanged} unchanged, ${refused} refused\n${lines.join('')}`;
}
