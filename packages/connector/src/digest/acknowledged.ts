import { DIGEST_LENGTH, type DigestRow, RECORD_KINDS, type RecordKind } from '@carrick/protocol';
import { StateFile } from '../state-file.ts';
import type { Difference, HeldRecord, HeldRecords } from './compare-kind.ts';
import { digestKey, rowOfKey } from './record-digest.ts';

const PAGE = 5_000;

/** What the platform acknowledged, as the state of a connector by mapping file has it; also beside the running connector. */
export class AcknowledgedRecords implements HeldRecords {
  readonly #file: StateFile;

  /** @throws ConnectorError where there is no state. */
  constructor(stateDir: string) {
    this.#file = new StateFile(stateDir, 'shared');
  }

  /** Those that were ever gone through or sent. */
  kinds(): RecordKind[] {
    const rows = this.#file.all(
      "select distinct kind from row union select substr(name, 7) from setting where name like 'swept:%'",
    );
    return RECORD_KINDS.filter((kind) => rows.some((row) => row.kind === kind));
  }

  *of(kind: RecordKind): Generator<HeldRecord> {
    let after: [string, string] = ['', ''];
    for (;;) {
      const rows = this.#file.all(
        `select r.parent_id, r.id, r.hash, r.is_sent, l.id is not null as is_refused
         from row r left join ledger l using (kind, parent_id, id)
         where r.kind = ? and (r.parent_id, r.id) > (?, ?) order by r.parent_id, r.id limit ${PAGE}`,
        kind,
        ...after,
      );
      for (const row of rows) {
        const id = String(row.id);
        const parentId = String(row.parent_id);
        const held = heldOf(String(row.hash), row.is_sent === 1, row.is_refused === 1);
        const isNameless = isUnbound(kind, id);
        if (!isNameless) yield { key: digestKey(kind, { parentId, id }), ...held };
        after = [parentId, id];
      }
      if (rows.length < PAGE) return;
    }
  }

  /** A job that is gone from the ATS is closed and stays, and so do its access rules (CO9). */
  isLeftBehind(kind: RecordKind, { key, isClosed }: DigestRow): boolean {
    if (kind === 'job') return isClosed === true;
    return kind === 'entityAcl' && !this.#isKnown('job', { parentId: '', id: key[1] ?? '' });
  }

  #isKnown(kind: RecordKind, { parentId, id }: { parentId: string; id: string }): boolean {
    const sql = 'select 1 from row where kind = ? and parent_id = ? and id = ?';
    return this.#file.get(sql, kind, parentId, id) !== undefined;
  }

  /** The next pass sends these records again as the ATS has them. */
  unsettle(differences: readonly Difference[]): void {
    this.#file.inTransaction(() => {
      for (const { kind, key } of differences) {
        const { parentId, id } = rowOfKey(kind, key);
        this.#file.run(
          `update row set hash = '' where kind = ? and parent_id = ? and id = ?`,
          kind,
          parentId,
          id,
        );
      }
    });
  }

  close(): void {
    this.#file.close();
  }
}

function heldOf(hash: string, isSent: boolean, isRefused: boolean): Pick<HeldRecord, 'digest' | 'waits'> {
  if (isRefused) return { digest: null, waits: 'refused' };
  const digest = hash.slice(0, DIGEST_LENGTH);
  return isSent && /^[0-9a-f]{32}$/.test(digest) ? { digest } : { digest: null, waits: 'unsent' };
}

/** An assignee who is bound to no person has no key on the wire; the ledger says so. */
function isUnbound(kind: RecordKind, id: string): boolean {
  return kind === 'entityAclAssignee' && !id.includes('"assignee"');
}
