import { readFile } from 'node:fs/promises';
import { type DialectFinding, lintCall, type RecordedCall } from '@carrick/protocol';
import { type Command, CommandError, usageError } from '../command.ts';

export const command: Command = {
  summary: 'List the recorded calls to /v2 that the versioned API would reject, and why.',
  usage: 'lint-dialect FILE.har|FILE.json [--json]',
  options: { json: { type: 'boolean' } },
  help: { json: 'one finding a line: {"call","method","path","rule","message"}' },
  async run({ flags, positionals }) {
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw usageError('name one HAR or JSON file');
    const calls = readCalls(await readFile(file, 'utf8').catch(cannotRead(file)), file);
    const linted = calls.flatMap((call, index) => {
      const findings = lintCall(call);
      return findings === null ? [] : [{ call, index, findings }];
    });
    const rejected = linted.filter(({ findings }) => findings.length > 0);
    for (const { call, index, findings } of rejected)
      process.stdout.write(
        flags.json === true ? asJson(call, index, findings) : asText(call, index, findings),
      );
    if (flags.json !== true)
      process.stdout.write(
        `${rejected.length} of ${linted.length} calls to /v2 would be rejected; ${calls.length} calls in all\n`,
      );
    return rejected.length > 0 ? 1 : 0;
  },
};

/** Without its query, which would fill the screen. */
const lineOf = ({ method, url }: RecordedCall): string => `${method} ${url.split('?', 1)[0]}`;

function asText(call: RecordedCall, index: number, findings: readonly DialectFinding[]): string {
  const lines = findings.map(({ rule, message }) => `   ${rule}: ${message}\n`);
  return `${index + 1}. ${lineOf(call)}\n${lines.join('')}`;
}

function asJson(call: RecordedCall, index: number, findings: readonly DialectFinding[]): string {
  const [method = '', path = ''] = lineOf(call).split(' ');
  return findings
    .map(({ rule, message }) => `${JSON.stringify({ call: index + 1, method, path, rule, message })}\n`)
    .join('');
}

function cannotRead(file: string): (cause: unknown) => never {
  return (cause) => {
    throw new CommandError(`${file} cannot be read`, { cause });
  };
}

function readCalls(text: string, file: string): RecordedCall[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new CommandError(`${file} is not JSON`, { cause });
  }
  const log = memberOf(parsed, 'log');
  const entries = log === undefined ? parsed : memberOf(log, 'entries');
  if (!Array.isArray(entries))
    throw new CommandError(`${file} is neither a HAR file nor a list of {"method","url","headers","body"}`);
  return entries.map((entry: unknown) => readCall(memberOf(entry, 'request') ?? entry));
}

function readCall(request: unknown): RecordedCall {
  const body = memberOf(memberOf(request, 'postData'), 'text') ?? memberOf(request, 'body') ?? '';
  return {
    method: String(memberOf(request, 'method') ?? 'GET'),
    url: String(memberOf(request, 'url') ?? ''),
    headers: headersOf(memberOf(request, 'headers')),
    body: typeof body === 'string' ? body : JSON.stringify(body),
  };
}

/** HAR lists headers, other recorders write an object. */
function headersOf(headers: unknown): Record<string, string> {
  const pairs: [unknown, unknown][] = Array.isArray(headers)
    ? headers.map((header: unknown) => [memberOf(header, 'name'), memberOf(header, 'value')])
    : Object.entries(headers ?? {});
  return Object.fromEntries(pairs.map(([name, value]) => [String(name).toLowerCase(), String(value)]));
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name] // it has it
    : undefined;
}
