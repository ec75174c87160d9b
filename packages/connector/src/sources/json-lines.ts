import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { ConnectorError } from '../connector-error.ts';
import type { SourceObject } from './selection.ts';

const LONGEST_LINE = 16 * 1024 * 1024;

/** One JSON object a line; empty lines are passed over. @throws ConnectorError with the number of the line at fault */
export async function* readJsonLines(input: Readable, name: string): AsyncGenerator<SourceObject> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let number = 0;
  try {
    for await (const chunk of input) {
      rest += decoder.write(chunk as Buffer);
      const lines = rest.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const object = objectIn(line, name, ++number);
        if (object) yield object;
      }
      if (rest.length > LONGEST_LINE)
        throw new ConnectorError(`${name}, line ${number + 1}: is longer than ${LONGEST_LINE} characters.`);
    }
    const object = objectIn(rest + decoder.end(), name, number + 1);
    if (object) yield object;
  } finally {
    input.destroy();
  }
}

function objectIn(line: string, name: string, number: number): SourceObject | null {
  const text = (number === 1 ? line.replace(/^\ufeff/, '') : line).trim();
  if (text === '') return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    // The parser's own words quote the record.
    const [position = ''] = /at position \d+/.exec(cause instanceof Error ? cause.message : '') ?? [];
    throw new ConnectorError(
      `${name}, line ${number}: is not JSON${position === '' ? '' : ` (${position})`}.`,
    );
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ConnectorError(`${name}, line ${number}: is no JSON object.`);
  return value as SourceObject;
}
