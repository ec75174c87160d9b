import { join } from 'node:path';
import {
  Connector,
  type ConnectorReport,
  ConnectorState,
  type DryRunSummary,
  dryRun,
  filesBelow,
  type GreenhouseSource,
  greenhouseWebhook,
  type LedgerEntry,
  type Mapping,
  type RunSummary,
  readMapping,
  type Source,
} from '@carrick/connector/daemon';
import { type Command, type CommandInput, type Flags, optional, required, usageError } from '../command.ts';
import {
  asCommandError,
  openSource,
  PLATFORM_FLAGS,
  PLATFORM_HELP,
  platformOf,
  SOURCE_HELP,
  secretFrom,
} from '../connector-flags.ts';
import { openHookServer } from '../hook-server.ts';

/** In `--once` a platform that is away is waited for this long, so that a restart in the middle goes unnoticed. */
const ONCE_RETRY_MS = 5 * 60_000;
const SHOWN_REFUSALS = 20;

export const command: Command = {
  summary: 'Keep an ATS and a platform in step: reads the ATS by a mapping file, sends what differs.',
  usage:
    'connect --mapping FILE --source URL --base-url URL --client-id ID --client-secret-env NAME --organization URN',
  options: {
    mapping: { type: 'string' },
    source: { type: 'string' },
    ...PLATFORM_FLAGS,
    files: { type: 'string' },
    contract: { type: 'string' },
    state: { type: 'string' },
    once: { type: 'boolean' },
    capture: { type: 'boolean' },
    'webhook-port': { type: 'string' },
    'dry-run': { type: 'boolean' },
    ledger: { type: 'boolean' },
    'confirm-deletes': { type: 'boolean' },
    json: { type: 'boolean' },
  },
  help: {
    mapping: 'YAML file: one SELECT a kind, columns named as wire fields',
    source: SOURCE_HELP,
    ...PLATFORM_HELP,
    files: 'folder of the résumés that the mapping names as "resume.file"; needs --contract',
    contract: 'urn:li:contract:…, for whose recruiters the résumés are',
    state: 'folder for what was acknowledged and what was refused (default .carrick/connector)',
    once: 'one full pass, then end; exit code 1 when records were refused or deletions held back',
    capture:
      'take changes from the triggers that `carrick capture install` made, instead of asking every kind again',
    'webhook-port':
      'with --source greenhouse: listen on 127.0.0.1 for its web hooks, which bring changes at once (GREENHOUSE_WEBHOOK_SECRET)',
    'dry-run': 'read and check everything, send nothing; needs only --mapping and --source',
    ledger:
      'print the refused records with their reasons; needs only --state, also beside a running connector',
    'confirm-deletes':
      'with --once: delete however much is gone from the ATS; alone: let a running connector delete what it holds back',
    json: 'print results as JSON',
  },
  run: (input) =>
    connect(input).catch((error: unknown) => {
      throw asCommandError(error, input.stopping);
    }),
};

async function connect(input: CommandInput): Promise<number> {
  const { flags } = input;
  const stateDir = optional(flags, 'state') ?? join('.carrick', 'connector');
  const isJson = flags.json === true;
  if (flags.ledger === true) return printLedger(stateDir, isJson);
  if (flags['confirm-deletes'] === true && flags.mapping === undefined) return confirmDeletes(stateDir);
  const mapping = await readMapping(required(flags, 'mapping'));
  const source = await openSource(required(flags, 'source'), mapping, input.stopping);
  try {
    return flags['dry-run'] === true
      ? await checkOnly(mapping, source, isJson)
      : await work(input, mapping, source, stateDir, isJson);
  } finally {
    await source.close();
  }
}

async function work(
  { flags, stopping }: CommandInput,
  mapping: Mapping,
  source: Source,
  stateDir: string,
  isJson: boolean,
): Promise<number> {
  const isOnce = flags.once === true;
  const connector = new Connector({
    mapping,
    source,
    client: { ...platformOf(flags), retryForMs: isOnce ? ONCE_RETRY_MS : Number.POSITIVE_INFINITY },
    stateDir,
    ...resumesOf(flags),
    capture: flags.capture === true,
    confirmDeletes: flags['confirm-deletes'] === true,
    stopping,
    report: reporter(isJson, isOnce),
  });
  try {
    if (isOnce) return printRun(await connector.runOnce(), connector.ledger(), isJson);
    const hooks = await openHooks(flags, source);
    process.stderr.write('carrick connect: running; Ctrl-C stops after the batch in hand\n');
    try {
      await connector.run();
    } finally {
      await hooks?.close();
    }
    return 0;
  } finally {
    connector.close();
  }
}

function resumesOf(flags: Flags) {
  const folder = optional(flags, 'files');
  if (folder === undefined) return {};
  return { readFile: filesBelow(folder), contract: required(flags, 'contract') };
}

async function openHooks(flags: Flags, source: Source) {
  const text = optional(flags, 'webhook-port');
  if (text === undefined) return null;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw usageError('--webhook-port takes a port');
  if (!('wake' in source)) throw usageError('--webhook-port goes with --source greenhouse:');
  const { wake } = source as GreenhouseSource; // no other source has it
  const secret = secretFrom('GREENHOUSE_WEBHOOK_SECRET', '--webhook-port');
  const server = await openHookServer(port, greenhouseWebhook(secret, wake));
  say(`web hooks are taken at ${server.url}`);
  return server;
}

async function checkOnly(mapping: Mapping, source: Source, isJson: boolean): Promise<number> {
  const summary = await dryRun(mapping, source);
  for (const warning of summary.warnings) say(warning);
  print(isJson ? JSON.stringify(summary.kinds) : dryRunTable(summary));
  return Object.values(summary.kinds).some(({ refused }) => refused > 0) ? 1 : 0;
}

function printLedger(stateDir: string, isJson: boolean): number {
  const state = ConnectorState.inspect(stateDir);
  try {
    const ledger = state.ledger.all();
    print(isJson ? JSON.stringify(ledger) : ledger.length === 0 ? 'No record is refused.' : lines(ledger));
    return 0;
  } finally {
    state.close();
  }
}

function confirmDeletes(stateDir: string): number {
  const state = ConnectorState.inspect(stateDir);
  try {
    const confirmed = state.confirmHeld();
    print(
      confirmed.length === 0
        ? 'No deletions are held back.'
        : confirmed
            .map(({ kind, rows }) => `${kind}: ${rows} deletions confirmed for the next pass`)
            .join('\n'),
    );
    return 0;
  } finally {
    state.close();
  }
}

function printRun(summary: RunSummary, ledger: readonly LedgerEntry[], isJson: boolean): number {
  print(isJson ? JSON.stringify(summary.kinds) : runTable(summary));
  if (!isJson && ledger.length > 0) print(`refused:\n${lines(ledger.slice(0, SHOWN_REFUSALS))}`);
  if (!isJson && ledger.length > SHOWN_REFUSALS)
    print(`  … and ${ledger.length - SHOWN_REFUSALS} more; carrick connect --ledger lists them all`);
  for (const message of summary.held) say(message);
  const hasFailures = Object.values(summary.kinds).some(({ failed }) => failed > 0);
  return hasFailures || summary.held.length > 0 ? 1 : 0;
}

const lines = (ledger: readonly LedgerEntry[]) =>
  ledger
    .map(({ kind, id, parentId, status, message }) => {
      const where = parentId === '' ? id : `${id} of ${parentId}`;
      return `  ${kind} ${where}${status > 0 ? ` (${status})` : ''}: ${message.replaceAll('\n', '; ')}`;
    })
    .join('\n');

function reporter(isJson: boolean, isOnce: boolean): ConnectorReport {
  const hasTerminal = process.stderr.isTTY;
  let lastRefused = 0;
  return {
    warning: (message) => say(message),
    progress(kind, done, total, etaMs) {
      if (!hasTerminal) return;
      const share = total === 0 ? 100 : Math.min(100, Math.floor((done / total) * 100));
      const eta = etaMs === null ? '' : `, ${Math.ceil(etaMs / 1000)} s left`;
      process.stderr.write(`\r\x1b[K${kind}: ${done} of ${total} (${share} %${eta})`);
    },
    passed({ kinds, refused, matchesChanged }) {
      if (hasTerminal) process.stderr.write('\r\x1b[K');
      if (isOnce) return;
      const counts = Object.entries(kinds).filter(([, { sent, deleted }]) => sent + deleted > 0);
      if (isJson && counts.length > 0) print(JSON.stringify(kinds));
      if (isJson) return;
      const parts = counts.map(([kind, { sent, deleted }]) => `${kind}: ${sent} sent, ${deleted} deleted`);
      if (matchesChanged > 0) parts.push(`${matchesChanged} matches changed`);
      if (parts.length > 0) print(parts.join('; '));
      if (refused !== lastRefused) say(`${refused} records are refused; carrick connect --ledger lists them`);
      lastRefused = refused;
    },
  };
}

/** Both sides' counts: what the ATS holds, and what the platform acknowledged of it. */
function runTable({ kinds, matched, matchesChanged }: RunSummary): string {
  const rows = Object.entries(kinds).map(
    ([kind, { source, acknowledged, sent, skipped, failed, deleted }]) => [
      kind,
      source,
      acknowledged,
      sent,
      skipped,
      failed,
      deleted,
    ],
  );
  const table = columns([
    ['kind', 'in the ATS', 'on the platform', 'sent now', 'unchanged', 'refused', 'deleted'],
    ...rows,
  ]);
  return `${table}\n${matched} candidates are matched with a member (${matchesChanged} changed now)`;
}

function dryRunTable({ kinds }: DryRunSummary): string {
  const rows = Object.entries(kinds).map(([kind, { source, valid, refused }]) => [
    kind,
    source,
    valid,
    refused,
  ]);
  const reasons = Object.entries(kinds).flatMap(([kind, result]) =>
    Object.entries(result.reasons).map(([reason, count]) => `  ${kind}: ${count} × ${reason}`),
  );
  return [
    columns([['kind', 'in the ATS', 'valid', 'refused'], ...rows]),
    ...reasons,
    'Nothing was sent.',
  ].join('\n');
}

function columns(rows: readonly (readonly (string | number)[])[]): string {
  const widths = rows[0]?.map((_, index) => Math.max(...rows.map((row) => String(row[index]).length))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, index) =>
          index === 0 ? String(cell).padEnd(widths[0] ?? 0) : String(cell).padStart(widths[index] ?? 0),
        )
        .join('  '),
    )
    .join('\n');
}

const print = (text: string) => process.stdout.write(`${text}\n`);
const say = (text: string) =>
  process.stderr.write(`${process.stderr.isTTY ? '\r\x1b[K' : ''}carrick connect: ${text}\n`);
