import { keyIdentity, RECORD_KINDS, type RecordKind } from '@carrick/protocol';
import { nameOf } from './sample-records.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** `post` is a job's posting, `patch` a candidate's partial update, in which null deletes a field. */
export type ModelChange = 'upsert' | 'delete' | 'patch' | 'post';

export interface ModelItem {
  /** In storage terms. */
  readonly key: readonly string[];
  readonly record: Fields;
  /** Of a candidate: the member whom it is linked to by hand from now on; null lifts the link, absent it stays. */
  readonly link?: number | null | undefined;
  /** The status with which this record is to be refused: something in it was broken on purpose. */
  readonly refusal?: number | undefined;
}

export interface ModelBatch {
  readonly kind: RecordKind;
  readonly change: ModelChange;
  readonly items: readonly ModelItem[];
}

/** What becomes of one item. `task` is that of a posting. */
export interface ModelOutcome {
  readonly status: number;
  readonly task?: 'SUCCEEDED' | 'FAILED';
}

const STORED: ModelOutcome = { status: 204 };
const SHORTEST_PUBLIC_DESCRIPTION = 100;

/** What one ATS holds, as replacing, changing and deleting one record after the other leaves it. */
export class Model {
  readonly #records = new Map<RecordKind, Map<string, { readonly key: readonly string[]; record: Fields }>>(
    RECORD_KINDS.map((kind) => [kind, new Map()]),
  );
  /** Candidate id → member id. */
  readonly #links = new Map<string, number>();

  #of(kind: RecordKind) {
    return this.#records.get(kind)!; // there is one for every kind
  }

  get(kind: RecordKind, key: readonly string[]): Fields | undefined {
    return this.#of(kind).get(keyIdentity(key))?.record;
  }

  linkOf(candidateId: string): number | undefined {
    return this.#links.get(candidateId);
  }

  apply({ kind, change, items }: ModelBatch): ModelOutcome[] {
    return items.map((item) => this.#applyOne(kind, change, item));
  }

  #applyOne(kind: RecordKind, change: ModelChange, item: ModelItem): ModelOutcome {
    const { key, record, refusal } = item;
    const before = this.get(kind, key);
    switch (change) {
      case 'upsert':
        if (refusal !== undefined) return { status: refusal };
        this.#put(kind, item, record);
        return STORED;
      case 'patch':
        if (before === undefined) return { status: 404 };
        if (refusal !== undefined) return { status: refusal };
        this.#put(kind, item, { ...before, ...record });
        return STORED;
      case 'delete':
        if (!this.#of(kind).delete(keyIdentity(key))) return { status: 404 };
        this.#cascade(kind, key[0] ?? '');
        return STORED;
      case 'post':
        return refusal === undefined ? this.#post(item, before) : { status: refusal };
    }
  }

  #put(kind: RecordKind, { key, link }: ModelItem, record: Fields): void {
    this.#of(kind).set(keyIdentity(key), { key, record: withoutNothing(record) });
    const [id = ''] = key;
    if (link === null) this.#links.delete(id);
    else if (link !== undefined) this.#links.set(id, link);
  }

  #post(item: ModelItem, before: Fields | undefined): ModelOutcome {
    const { jobPostingOperationType: operation, ...posting } = item.record;
    const isOpen = before?.state === 'LISTED';
    if (operation === 'CLOSE' && !isOpen) return { status: 409 };
    const isClosing = operation === 'CLOSE' || posting.state === 'CLOSED';
    const availability = posting.availability ?? 'PUBLIC';
    const isShort = String(posting.description).length < SHORTEST_PUBLIC_DESCRIPTION;
    const fails =
      (operation === 'CREATE' && before !== undefined) ||
      ((operation === 'UPDATE' || operation === 'RENEW') && before === undefined) ||
      (!isClosing && isOpen && before.availability === 'PUBLIC' && availability !== 'PUBLIC') ||
      (!isClosing && availability === 'PUBLIC' && isShort);
    if (fails) return { status: 202, task: 'FAILED' };
    this.#put('job', item, { ...posting, availability, state: isClosing ? 'CLOSED' : 'LISTED' });
    return { status: 202, task: 'SUCCEEDED' };
  }

  #cascade(kind: RecordKind, parent: string): void {
    const children: readonly RecordKind[] =
      kind === 'candidate'
        ? ['candidateNote']
        : kind === 'application'
          ? ['applicationNote', 'interviewFeedback', 'stage']
          : [];
    for (const child of children) {
      for (const [identity, { key }] of this.#of(child))
        if (key[0] === parent) this.#of(child).delete(identity);
    }
    if (kind !== 'candidate') return;
    this.#links.delete(parent);
    for (const each of this.#of('application').values()) {
      if (each.record.atsCandidateId === parent)
        each.record = withoutNothing({ ...each.record, atsCandidateId: null });
    }
  }

  /** Every record by `kind` and key, as `carrick dump` names them. */
  dumped(): Map<string, Fields> {
    const all = RECORD_KINDS.flatMap((kind) =>
      [...this.#of(kind).values()].map(({ key, record }) => [nameOf(kind, key), record] as const),
    );
    return new Map(all);
  }
}

/** A field that is null is a field that is not there. */
function withoutNothing(record: Fields): Fields {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => (value ?? null) !== null));
}
