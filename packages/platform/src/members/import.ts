import { createReadStream } from 'node:fs';
import type { Context } from '../kernel/context.ts';
import type { MemberHook } from './hooks.ts';
import { isJsonResume, memberLineOf } from './json-resume.ts';
import { readValues } from './lines.ts';
import { checkMemberLine, type MemberLine, withoutNulls } from './schema.ts';
import { writeMembers } from './write.ts';

export interface RefusedLine {
  /** From 1. */
  readonly line: number;
  /** Names the field, never a value. */
  readonly reason: string;
}

export interface ImportSummary {
  /** Lines that were not blank. */
  readonly read: number;
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly refused: number;
  /** How many lines were refused for which reason. */
  readonly reasons: Readonly<Record<string, number>>;
}

export interface ImportOptions {
  readonly hooks: readonly MemberHook[];
  /** For trials of matching: who has no name is not refused. */
  readonly isNameOptional?: boolean;
  /** After each committed batch. */
  readonly onProgress?: (summary: ImportSummary) => void;
  readonly onRefused?: (refused: RefusedLine) => void;
  /** Each member of the file once it is committed, unchanged ones too. */
  readonly onMember?: (memberId: number, externalId: string) => void;
}

const BATCH_LINES = 200;
const BATCH_CHARS = 4 * 1024 * 1024;

/**
 * Brings people into the directory, from a file or a stream, in bounded memory: JSON lines or JSON Resume. A batch is one
 * transaction, together with the matches it causes; when this resolves they are committed. A killed import is simply run
 * again: lines that are stored already cost one look-up per batch.
 */
export async function importMembers(
  ctx: Context,
  input: AsyncIterable<Uint8Array | string> | string,
  options: ImportOptions,
): Promise<ImportSummary> {
  const count = { read: 0, created: 0, changed: 0, unchanged: 0, refused: 0 };
  const reasons: Record<string, number> = {};
  const summary = (): ImportSummary => ({ ...count, reasons: { ...reasons } });

  const refuse = (line: number, reason: string): void => {
    count.refused++;
    reasons[reason] = (reasons[reason] ?? 0) + 1;
    options.onRefused?.({ line, reason });
  };

  let batch: MemberLine[] = [];
  let chars = 0;
  const store = async (): Promise<void> => {
    const lines = batch;
    batch = [];
    chars = 0;
    const written = await ctx.db.transaction(null, (tx) => writeMembers(ctx, tx, options.hooks, lines));
    for (const [externalId, { memberId, outcome }] of written) {
      count[outcome]++;
      options.onMember?.(memberId, externalId);
    }
    count.unchanged += lines.length - written.size; // an id twice in one batch: the earlier line was replaced at once
    options.onProgress?.(summary());
  };

  for await (const read of readValues(typeof input === 'string' ? createReadStream(input) : input)) {
    count.read++;
    const checked = 'refused' in read ? read : checkValue(read.value, options);
    if ('refused' in checked) {
      refuse(read.number, checked.refused);
      continue;
    }
    batch.push(checked.line);
    chars += checked.chars;
    if (batch.length === BATCH_LINES || chars > BATCH_CHARS) await store();
  }
  if (batch.length > 0) await store();
  return summary();
}

type CheckedValue = { readonly line: MemberLine; readonly chars: number } | { readonly refused: string };

function checkValue(value: unknown, options: ImportOptions): CheckedValue {
  const given = isJsonResume(value) ? memberLineOf(withoutNulls(value)) : { value };
  if ('refused' in given) return given;
  const checked = checkMemberLine(withoutNulls(given.value), options);
  if ('refused' in checked) return checked;
  return { line: checked.line, chars: JSON.stringify(checked.line).length };
}
