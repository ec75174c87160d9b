import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { TrueMembers } from './accuracy.ts';
import type { Progress } from './progress.ts';

export interface Truth {
  readonly members: TrueMembers;
  readonly read: number;
  readonly refused: number;
}

/** Lines of `{"candidate","member"|null}`; what else stands in them is left alone. */
export async function readTruth(file: string, progress: Progress): Promise<Truth> {
  const members = new Map<string, string | null>();
  let number = 0;
  let read = 0;
  let refused = 0;
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    number++;
    if (text.trim() === '') continue;
    read++;
    const line = lineOf(text.replace(/^\uFEFF/, ''));
    if ('reason' in line) {
      refused++;
      progress.refused('truth', `line ${number} refused: ${line.reason}`);
    } else members.set(line.candidate, line.member);
  }
  return { members, read, refused };
}

type TruthLine = { readonly candidate: string; readonly member: string | null } | { readonly reason: string };

function lineOf(text: string): TruthLine {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { reason: 'invalid JSON' }; // the parser's own message quotes the line
  }
  if (typeof value !== 'object' || value === null) return { reason: 'not an object' };
  const candidate = idOf(Reflect.get(value, 'candidate'));
  if (candidate === undefined) return { reason: 'missing candidate' };
  const given: unknown = Reflect.get(value, 'member');
  if (given === null || given === undefined) return { candidate, member: null };
  const member = idOf(given);
  return member === undefined ? { reason: 'wrong type of member' } : { candidate, member };
}

function idOf(value: unknown): string | undefined {
  if (typeof value === 'string' && value !== '') return value;
  return Number.isInteger(value) ? String(value) : undefined;
}
