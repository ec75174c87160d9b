import type { RecordKind } from '@carrick/protocol';
import type { StateFile } from './state-file.ts';
import type { Refusal } from './wire-client.ts';

export interface LedgerEntry {
  readonly kind: string;
  readonly parentId: string;
  readonly id: string;
  readonly status: number;
  readonly message: string;
  readonly attempts: number;
  readonly failedAt: number;
}

/** The records that were refused, each with its reason, until they are taken or gone. */
export class Ledger {
  readonly #file: StateFile;

  constructor(file: StateFile) {
    this.#file = file;
  }

  note(kind: RecordKind, row: { parentId: string; id: string }, refusal: Refusal, at: number): void {
    this.#file.run(
      `insert into ledger values (?, ?, ?, ?, ?, ?, 1, ?) on conflict (kind, parent_id, id) do update set
       status = excluded.status, message = excluded.message, is_final = excluded.is_final, attempts = attempts + 1, failed_at = excluded.failed_at`,
      kind,
      row.parentId,
      row.id,
      refusal.status,
      refusal.message,
      refusal.isFinal ? 1 : 0,
      at,
    );
  }

  strike(kind: RecordKind, { parentId, id }: { parentId: string; id: string }): void {
    this.#file.run('delete from ledger where kind = ? and parent_id = ? and id = ?', kind, parentId, id);
  }

  all(): LedgerEntry[] {
    return this.#file.all('select * from ledger order by kind, failed_at, id').map((row) => ({
      kind: String(row.kind),
      parentId: String(row.parent_id),
      id: String(row.id),
      status: Number(row.status),
      message: String(row.message),
      attempts: Number(row.attempts),
      failedAt: Number(row.failed_at),
    }));
  }

  count(): number {
    return Number(this.#file.get('select count(*) as n from ledger')?.n ?? 0);
  }
}
