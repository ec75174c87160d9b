import { join } from 'node:path';
import {
  Connector,
  ConnectorError,
  type ConnectorReport,
  type DryRunSummary,
  dryRun,
  openMysql,
  type RunSummary,
  readMapping,
  type Source,
} from '@carrick/connector';
import { type Command, CommandError, type CommandInput, optional, required, usageError } from '../command.ts';

/** In `--once` a platform that is away is waited for this long, so that a restart in the middle goes unnoticed. */
const ONCE_RETRY_MS = 5 * 60_000;

export const command: Command = {
  summary: 'Keep an ATS and a platform in step: reads the ATS by a mapping file, sends what differs.',
  usage:
    'connect --mapping FILE --source URL --base-url URL --client-id ID --client-secret-env NAME --organization URN',
  options: {
    mapping: { type: 'string' },
    source: { type: 'string' },
    'base-url': { type: 'string' },
    'auth-url': { type: 'string' },
    'client-id': { type: 'string' },
    'client-secret-env': { type: 'string' },
    organization: { type: 'string' },
    state: { type: 'string' },
    once: { type: 'boolean' },
    'dry-run': { type: 'boolean' },
    'confirm-deletes': { type: 'boolean' },
    json: { type: 'boolean' },
  },
  help: {
    mapping: 'YAML file: one SELECT a kind, columns named as wire fields',
    source: 'the ATS database, mysql://user:password@host:3306/name (MySQL and MariaDB)',
    'base-url': 'the platform, such as http://localhost:8080',
    'auth-url': 'where tokens are fetched, when that is another host than --base-url',
    'client-id': "the customer application's client id",
    'client-secret-env': 'name of the environment variable that holds the client secret',
    organization: 'urn:li:organization:…',
    state: 'folder for what was acknowledged and what was refused (default .carrick/connector)',
    once: 'one full pass, then end; exit code 1 when records were refused or deletions held back',
    'dry-run': 'read and check everything, send nothing; needs only --mapping and --source',
    'confirm-deletes': 'delete on the platform even when an unusual number of rows is gone from the ATS',
    json: 'print results as JSON',
  },
  run: (input) =>
    connect(input).catch((error: unknown) => {
      if (error instanceof ConnectorError) throw new CommandError(error.message, { cause: error });
      throw error;
    }),
};

async function connect(input: CommandInput): Promise<number> {
  const { flags } = input;
  const mapping = await readMapping(required(flags, 'mapping'));
  const source = await openSource(required(flags, 'source'));
  const isJson = flags.json === true;
  try {
    if (flags['dry-run'] === true) {
      const summary = await dryRun(mapping, source);
      print(isJson ? JSON.stringify(summary.kinds) : dryRunTable(summary));
      return Object.values(summary.kinds).some(({ refused }) => refused > 0) ? 1 : 0;
    }
    const baseUrl = required(flags, 'base-url').replace(/\/+$/, '');
    const connector = new Connector({
      mapping,
      source,
      client: {
        baseUrl,
        authUrl: (optional(flags, 'auth-url') ?? baseUrl).replace(/\/+$/, ''),
        clientId: required(flags, 'client-id'),
        clientSecret: secretFrom(required(flags, 'client-secret-env')),
        organization: required(flags, 'organization'),
        retryForMs: flags.once === true ? ONCE_RETRY_MS : Number.POSITIVE_INFINITY,
      },
      stateDir: optional(flags, 'state') ?? join('.carrick', 'connector'),
      confirmDeletes: flags['confirm-deletes'] === true,
      report: reporter(isJson, flags.once === true),
    });
    try {
      return flags.once === true ? await once(connector, isJson) : await daemon(connector, input.stopping);
    } finally {
      connector.close();
    }
  } finally {
    await source.close();
  }
}

async function openSource(url: string): Promise<Source> {
  if (!URL.canParse(url))
    throw usageError('--source must be a URL such as mysql://user:password@host:3306/name');
  const { protocol } = new URL(url);
  if (protocol === 'mysql:' || protocol === 'mariadb:') return openMysql(url.replace(/^mariadb:/, 'mysql:'));
  throw usageError(`--source: no source for ${protocol}// yet; there is mysql://`);
}

function secretFrom(name: string): string {
  const secret = process.env[name];
  if (!secret) throw usageError(`the environment variable ${name} (--client-secret-env) is empty`);
  return secret;
}

async function once(connector: Connector, isJson: boolean): Promise<number> {
  const summary = await connector.runOnce();
  print(isJson ? JSON.stringify(summary.kinds) : runTable(summary));
  const ledger = connector.ledger();
  for (const { kind, id, message } of isJson ? [] : ledger.slice(0, 20)) {
    print(`  refused: ${kind} ${id}: ${message}`);
  }
  if (!isJson && ledger.length > 20) print(`  … and ${ledger.length - 20} more in the ledger`);
  for (const message of summary.held) process.stderr.write(`carrick connect: ${message}\n`);
  const hasFailures = Object.values(summary.kinds).some(({ failed }) => failed > 0);
  return hasFailures || summary.held.length > 0 ? 1 : 0;
}

async function daemon(connector: Connector, stopping: AbortSignal): Promise<number> {
  process.stderr.write('carrick connect: running; Ctrl-C stops after the batch in hand\n');
  await connector.run(stopping);
  return 0;
}

function reporter(isJson: boolean, isOnce: boolean): ConnectorReport {
  const hasTerminal = process.stderr.isTTY;
  return {
    warning: (message) =>
      process.stderr.write(`${hasTerminal ? '\r\x1b[K' : ''}carrick connect: ${message}\n`),
    progress(kind, done, total, etaMs) {
      if (!hasTerminal) return;
      const share = total === 0 ? 100 : Math.min(100, Math.floor((done / total) * 100));
      const eta = etaMs === null ? '' : `, ${Math.ceil(etaMs / 1000)} s left`;
      process.stderr.write(
        `\r\x1b[K${kind}: ${done} of ${total} (${share} %${eta})${done >= total ? '\n' : ''}`,
      );
    },
    passed(summary) {
      if (isOnce) return;
      const counts = Object.entries(summary.kinds).filter(([, result]) => result.sent + result.deleted > 0);
      if (isJson) print(JSON.stringify(summary.kinds));
      else if (counts.length > 0)
        print(
          counts.map(([kind, { sent, deleted }]) => `${kind}: ${sent} sent, ${deleted} deleted`).join('; '),
        );
      for (const message of summary.held) process.stderr.write(`carrick connect: ${message}\n`);
    },
  };
}

/** Both sides' counts: what the ATS holds, and what the platform acknowledged as it is now. */
function runTable({ kinds, matched, matchesChanged }: RunSummary): string {
  const rows = Object.entries(kinds).map(([kind, { source, sent, skipped, failed, deleted }]) => [
    kind,
    source,
    sent + skipped,
    sent,
    skipped,
    failed,
    deleted,
  ]);
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
