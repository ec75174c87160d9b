import { GreenhouseCaller, type GreenhouseOptions } from './greenhouse-call.ts';
import {
  type Lookup,
  parseSelection,
  type Row,
  rowsOf,
  type Selection,
  type SourceObject,
  valueAt,
} from './selection.ts';
import type { Source } from './source.ts';

const PAGE = '500';
/** The most values of a filter. */
const IDS_A_CALL = 50;
/** Looked-up objects that are kept: stages of jobs and users come again and again. */
const REMEMBERED = 10_000;
/** An increment of a list costs a request: so often without being told that something changed. */
const POLL_MS = 60_000;
const SWEEP_MS = 6 * 3_600_000;

export interface GreenhouseSource extends Source {
  /** Something changed: the next poll of every list asks, however short a time ago it did. */
  wake(): void;
}

/**
 * Greenhouse, by its Harvest API version 3. A select names a list (`candidates`) and what to make of its objects (`Selection`); `cursor`
 * names the field by which the list is filtered for increments. Lists are ordered by id, not by change, so an increment asks for a window
 * that ends when it began. What is deleted there shows in a sweep, every six hours.
 */
export function openGreenhouse(options: GreenhouseOptions): GreenhouseSource {
  const caller = new GreenhouseCaller(options);
  const remembered = new Map<string, SourceObject | null>();
  const polledAt = new Map<string, number>();

  async function* rows(selection: Selection, query: Readonly<Record<string, string>>): AsyncGenerator<Row> {
    for (let page = await caller.first(selection.from, { per_page: PAGE, ...query }); ; ) {
      const found = await lookUp(selection, page.objects);
      for (const [index, object] of page.objects.entries()) yield* rowsOf(selection, object, found[index]);
      if (page.next === null) return;
      page = await caller.page(page.next);
    }
  }

  /** For each object of a page what its lookups found, with as few requests as can be. */
  async function lookUp({ lookups }: Selection, objects: readonly SourceObject[]): Promise<SourceObject[]> {
    const found: Record<string, unknown>[] = objects.map(() => ({}));
    for (const [name, lookup] of lookups) {
      const keys = objects.map((object) => String(valueAt(object, lookup.key) ?? ''));
      await fetchMissing(lookup, keys);
      for (const [index, key] of keys.entries()) {
        const target = found[index];
        if (target) target[name] = remembered.get(nameOf(lookup, key)) ?? null;
      }
      if (remembered.size > REMEMBERED) remembered.clear();
    }
    return found;
  }

  async function fetchMissing(lookup: Lookup, keys: readonly string[]): Promise<void> {
    const missing = [...new Set(keys)].filter((key) => key !== '' && !remembered.has(nameOf(lookup, key)));
    const filter = lookup.match === 'id' ? 'ids' : `${lookup.match}s`;
    for (let start = 0; start < missing.length; start += IDS_A_CALL) {
      const some = missing.slice(start, start + IDS_A_CALL);
      for (const key of some) remembered.set(nameOf(lookup, key), null);
      for (let page = await caller.first(lookup.from, { per_page: PAGE, [filter]: some.join(',') }); ; ) {
        for (const object of page.objects)
          remembered.set(nameOf(lookup, String(object[lookup.match])), object);
        if (page.next === null) break;
        page = await caller.page(page.next);
      }
    }
  }

  return {
    pace: { sweepMs: SWEEP_MS },
    all(select) {
      // Read anew by every sweep: names and stages change as well.
      remembered.clear();
      return rows(parseSelection(select), {});
    },
    async *since(select, cursor) {
      const now = options.now();
      if (now - (polledAt.get(select) ?? Number.NEGATIVE_INFINITY) < POLL_MS) return;
      const selection = parseSelection(select);
      const field = selection.fields?.get('cursor');
      if (!field || !('path' in field)) return;
      remembered.clear();
      const window = `gte|${new Date(cursor).toISOString()}|lte|${new Date(now).toISOString()}`;
      yield* rows(selection, { [field.path]: window });
      polledAt.set(select, now);
    },
    async count(select) {
      let count = 0;
      for await (const _ of rows({ ...parseSelection(select), lookups: new Map() }, {})) count++;
      return count;
    },
    async columns(select) {
      const { fields, from } = parseSelection(select);
      const { objects } = await caller.first(from, { per_page: '1' });
      return fields ? [...fields.keys()] : Object.keys(objects[0] ?? {});
    },
    wake: () => polledAt.clear(),
    close: async () => {},
  };
}

const nameOf = ({ from, match }: Lookup, key: string): string => `${from} ${match} ${key}`;
