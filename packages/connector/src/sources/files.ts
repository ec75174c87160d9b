import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname, isAbsolute, relative, resolve } from 'node:path';
import { CsvError, parse as parseCsv } from 'csv-parse';
import { ConnectorError } from '../connector-error.ts';
import { isLater } from '../cursor.ts';
import { readJsonLines } from './json-lines.ts';
import { parseSelection, type Row, rowsOf, type Selection, type SourceObject } from './selection.ts';
import type { Source } from './source.ts';

const LONGEST_RECORD = 16 * 1024 * 1024;
/** Enough of a file without a header to know its columns. */
const SAMPLED_ROWS = 1_000;

/**
 * A folder of CSV, TSV and JSONL files, one or more a record kind; a select names a file (`candidates.csv`) or what to make of it
 * (`Selection`). Files are read as streams, a record at a time. A file that cannot be read to its end ends the pass, so that half a file
 * never looks like deletions; whoever writes a file puts it there complete, by renaming.
 */
export async function openFiles(folder: string): Promise<Source> {
  const root = resolve(folder);
  const info = await stat(root).catch((cause: unknown) => {
    throw new ConnectorError(`The folder ${folder} cannot be read.`, { cause });
  });
  if (!info.isDirectory())
    throw new ConnectorError(`${folder} is no folder: --source names the folder of the files.`);
  /** What a file was when it was last read to its end: nothing in it is newer until that changes. */
  const readAs = new Map<string, string>();

  function pathOf({ from, lookups }: Selection): string {
    const path = resolve(root, from);
    const inside = relative(root, path);
    if (inside.startsWith('..') || isAbsolute(inside))
      throw new ConnectorError(`Mapping: ${from} is outside of the folder ${folder}.`);
    if (lookups.size > 0)
      throw new ConnectorError(
        `Mapping: files have no lookup; let ${from} have all the columns that are needed.`,
      );
    return path;
  }

  async function* all(select: string): AsyncGenerator<Row> {
    const selection = parseSelection(select);
    const path = pathOf(selection);
    const before = await fingerprint(path, selection.from);
    for await (const object of objectsIn(path, selection.from)) yield* rowsOf(selection, object);
    readAs.set(select, before);
  }

  async function* since(select: string, cursor: string): AsyncGenerator<Row> {
    const selection = parseSelection(select);
    if ((await fingerprint(pathOf(selection), selection.from)) === readAs.get(select)) return;
    for await (const row of all(select)) {
      const own = row.cursor === null || row.cursor === undefined ? null : String(row.cursor);
      if (own !== null && (own === cursor || isLater(own, cursor))) yield row;
    }
  }

  return {
    all,
    since,
    async count(select) {
      let rows = 0;
      for await (const _ of all(select)) rows++;
      return rows;
    },
    async columns(select) {
      const selection = parseSelection(select);
      const path = pathOf(selection);
      await fingerprint(path, selection.from);
      if (selection.fields) return [...selection.fields.keys()];
      const names = new Set<string>();
      let rows = 0;
      for await (const object of objectsIn(path, selection.from)) {
        for (const row of rowsOf(selection, object)) for (const name of Object.keys(row)) names.add(name);
        if (++rows === SAMPLED_ROWS) break;
      }
      return [...names];
    },
    close: async () => {},
  };
}

async function fingerprint(path: string, name: string): Promise<string> {
  const info = await stat(path).catch((cause: unknown) => {
    throw new ConnectorError(`The file ${name} cannot be read.`, { cause });
  });
  return `${info.ino} ${info.size} ${info.mtimeMs}`;
}

function objectsIn(path: string, name: string): AsyncIterable<SourceObject> {
  switch (extname(path).toLowerCase()) {
    case '.csv':
      return readCsv(path, name, ',');
    case '.tsv':
      return readCsv(path, name, '\t');
    case '.jsonl':
    case '.ndjson':
      return readJsonLines(createReadStream(path), name);
    default:
      throw new ConnectorError(`${name} is of no kind that can be read: .csv, .tsv, .jsonl and .ndjson can.`);
  }
}

/** RFC 4180, with a header. The first line tells whether semicolons separate, as spreadsheets of many countries write them. */
async function* readCsv(path: string, name: string, delimiter: string): AsyncGenerator<SourceObject> {
  const separator = delimiter === ',' && (await hasSemicolons(path)) ? ';' : delimiter;
  const input = createReadStream(path);
  const parser = parseCsv({
    bom: true,
    columns: true,
    delimiter: separator,
    skip_empty_lines: true,
    max_record_size: LONGEST_RECORD,
  });
  input.once('error', (error) => parser.destroy(error));
  try {
    for await (const object of input.pipe(parser)) yield object as SourceObject; // columns: true makes objects
  } catch (cause) {
    throw new ConnectorError(
      `${name}${lineOf(cause)}: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        cause,
      },
    );
  } finally {
    input.destroy();
  }
}

function lineOf(cause: unknown): string {
  return cause instanceof CsvError && typeof cause.lines === 'number' ? `, line ${cause.lines}` : '';
}

async function hasSemicolons(path: string): Promise<boolean> {
  const input = createReadStream(path, { end: 65_536, encoding: 'utf8' });
  let text = '';
  for await (const chunk of input) text += chunk;
  const header = (text.split('\n', 1)[0] ?? '').replace(/"[^"]*"/g, '');
  return header.includes(';') && !header.includes(',');
}
