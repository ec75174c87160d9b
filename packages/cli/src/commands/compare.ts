import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  AcknowledgedRecords,
  type Comparison,
  Connector,
  compareSides,
  type Difference,
  deleteExtras,
  type EqualityProof,
  faultOf,
  readMapping,
} from '@carrick/connector/daemon';
import { type Command, CommandError, type CommandInput, type Flags, optional, required } from '../command.ts';
import {
  asCommandError,
  openSource,
  PLATFORM_FLAGS,
  PLATFORM_HELP,
  platformOf,
  SOURCE_HELP,
  secretFrom,
} from '../connector-flags.ts';

const RETRY_MS = 60_000;
const SHOWN = 20;

export const command: Command = {
  summary: 'Prove that ATS and platform hold the same, or name the records that differ.',
  usage: 'compare --state DIR --base-url URL --client-id ID --client-secret-env NAME --organization URN',
  options: {
    state: { type: 'string' },
    ...PLATFORM_FLAGS,
    repair: { type: 'boolean' },
    mapping: { type: 'string' },
    source: { type: 'string' },
    proof: { type: 'string' },
    verify: { type: 'string' },
    json: { type: 'boolean' },
  },
  help: {
    state: 'the folder of carrick connect (default .carrick/connector); it may be running',
    ...PLATFORM_HELP,
    repair:
      'send again what differs and delete what only the platform has; with --mapping and --source at once, else the running connector sends at its next sweep',
    mapping: 'for --repair: the mapping file',
    source: `for --repair: ${SOURCE_HELP}`,
    proof: 'write the signed proof into this file',
    verify: 'check the proof in this file; needs only --client-secret-env',
    json: 'print the result as JSON',
  },
  run: (input) =>
    compare(input).catch((error: unknown) => {
      throw asCommandError(error, input.stopping);
    }),
};

async function compare(input: CommandInput): Promise<number> {
  const { flags } = input;
  const proofFile = optional(flags, 'verify');
  if (proofFile !== undefined) return verify(proofFile, flags);
  const stateDir = optional(flags, 'state') ?? join('.carrick', 'connector');
  const client = { ...platformOf(flags), retryForMs: RETRY_MS, stopping: input.stopping };
  const held = new AcknowledgedRecords(stateDir);
  try {
    const options = { client, held, kinds: held.kinds() };
    let comparison = await compareSides(options);
    if (flags.repair === true && comparison.method === 'digests' && comparison.differences.length > 0) {
      print(describe(comparison));
      const left = await repair(input, stateDir, held, comparison.differences);
      if (left !== null) print(left);
      else comparison = await compareSides(options);
    }
    if (comparison.method === 'digests' && comparison.proof) await keepProof(comparison.proof, flags);
    print(flags.json === true ? JSON.stringify(comparison) : describe(comparison));
    return comparison.method === 'digests' && comparison.proof ? 0 : 1;
  } finally {
    held.close();
  }
}

/** Returns what is still to be waited for; null when everything was sent. */
async function repair(
  { flags, stopping }: CommandInput,
  stateDir: string,
  held: AcknowledgedRecords,
  differences: readonly Difference[],
): Promise<string | null> {
  const client = { ...platformOf(flags), retryForMs: RETRY_MS };
  const mappingFile = optional(flags, 'mapping');
  held.unsettle(differences.filter(({ found, waits }) => found !== 'extra' && waits !== 'refused'));
  const left = await deleteExtras({ ...client, stopping }, differences);
  for (const { kind, key } of left)
    say(
      `${kind} ${key.join(' of ')} is on the platform alone and cannot be deleted: close it in the ATS that made it`,
    );
  if (mappingFile === undefined)
    return 'What differs is sent again by the running connector, at its next sweep.';
  const mapping = await readMapping(mappingFile);
  const source = await openSource(required(flags, 'source'), mapping, stopping);
  try {
    const connector = new Connector({
      mapping,
      source,
      client,
      stateDir,
      stopping,
      report: { warning: say },
    });
    try {
      await connector.runOnce();
    } finally {
      connector.close();
    }
  } finally {
    await source.close();
  }
  return null;
}

async function keepProof(proof: EqualityProof, flags: Flags): Promise<void> {
  const file = optional(flags, 'proof');
  if (file !== undefined) await writeFile(file, `${JSON.stringify(proof, null, 2)}\n`);
}

async function verify(file: string, flags: Flags): Promise<number> {
  const secret = secretFrom(required(flags, 'client-secret-env'), '--client-secret-env');
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new CommandError(`The proof ${file} cannot be read.`, { cause });
  });
  const proof = readProof(text);
  const fault = proof ? faultOf(proof, secret) : 'it is no proof of carrick compare';
  if (fault !== null || !proof) throw new CommandError(`The proof does not hold: ${fault}.`);
  print(equality(proof));
  return 0;
}

/** Whatever is wrong inside, the signatures tell. */
function readProof(text: string): EqualityProof | null {
  try {
    const proof = JSON.parse(text) as EqualityProof;
    return proof.version === 1 && Array.isArray(proof.kinds) ? proof : null;
  } catch {
    return null;
  }
}

function equality({ organization, kinds, comparedAt, signature }: EqualityProof): string {
  const revision = kinds.map(({ statement }) => statement.revision).at(-1) ?? 'none';
  const lines = kinds.map(({ kind, rows, digest, leftBehind }) => {
    const left =
      leftBehind.length > 0 ? `, besides ${leftBehind.length} that are gone from the ATS and stay` : '';
    return `  ${kind}: ${rows} records, digest ${digest}${left}`;
  });
  const when = new Date(comparedAt).toISOString();
  return [
    `equal at revision ${revision}: ${organization}, ${when}`,
    ...lines,
    `signed ${signature} (HMAC-SHA256 with the client secret; check it with carrick compare --verify)`,
  ].join('\n');
}

function describe(comparison: Comparison): string {
  if (comparison.method === 'samples')
    return [
      'This platform keeps no digests, so equality cannot be proved. Samples of what it can be asked for:',
      ...comparison.kinds.map(({ kind, rowsHere, sampled, missing }) =>
        sampled === null
          ? `  ${kind}: ${rowsHere} acknowledged; cannot be read back`
          : `  ${kind}: ${rowsHere} acknowledged; of ${sampled} asked for, ${missing.length} are missing${missing.length > 0 ? `: ${missing.slice(0, SHOWN).join(', ')}` : ''}`,
      ),
    ].join('\n');
  const { proof, differences, kinds } = comparison;
  if (proof) return equality(proof);
  const lines = differences.slice(0, SHOWN).map(({ kind, key, found, waits }) => {
    const why =
      waits === 'refused'
        ? '; it is refused: carrick connect --ledger'
        : waits
          ? '; it waits to be sent'
          : '';
    return `  ${kind} ${key.join(' / ')}: ${WORDS[found]}${why}`;
  });
  const more =
    differences.length > SHOWN ? [`  … and ${differences.length - SHOWN} more; --json lists them all`] : [];
  const counts = kinds
    .filter(({ differences }) => differences.length > 0)
    .map(({ kind, rowsHere, rowsThere }) => `  ${kind}: ${rowsHere} here, ${rowsThere} on the platform`);
  return [`not equal: ${differences.length} records differ`, ...counts, ...lines, ...more].join('\n');
}

const WORDS = {
  missing: 'the platform does not have it',
  different: 'the platform has it in another state',
  extra: 'only the platform has it',
} as const;

const print = (text: string) => process.stdout.write(`${text}\n`);
const say = (text: string) => process.stderr.write(`carrick compare: ${text}\n`);
