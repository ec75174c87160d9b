import { type FileHandle, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ConnectorError } from '../connector-error.ts';
import type { Backlog, Change, Entry, PendingChange, Store } from './store.ts';

type Line =
  | { readonly change: PendingChange & { readonly recordedAt: number } }
  | { readonly done: readonly number[]; readonly entries: readonly Entry[] }
  | { readonly forgotten: string };

/** After so many lines the journal is written anew. */
const COMPACT_AFTER = 50_000;

/**
 * Everything in memory and in a journal in `dir`: for a first try and for small ATSs in one process. It knows no transaction of
 * the ATS: what is recorded counts at once. @throws ConnectorError when another process has the folder.
 */
export async function fileStore(dir: string): Promise<Store<null>> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const lock = join(dir, 'lock');
  await takeLock(lock);
  const path = join(dir, 'journal.jsonl');
  const changes = new Map<number, PendingChange & { readonly recordedAt: number }>();
  const entries = new Map<string, Map<string, unknown>>();
  let lastSeq = 0;

  const apply = (line: Line): void => {
    if ('change' in line) {
      changes.set(line.change.seq, line.change);
      lastSeq = Math.max(lastSeq, line.change.seq);
    } else if ('forgotten' in line) {
      for (const [seq, change] of changes) if (change.customerId === line.forgotten) changes.delete(seq);
      for (const name of entries.keys()) if (name.startsWith(`${line.forgotten}\u001f`)) entries.delete(name);
    } else {
      for (const seq of line.done) changes.delete(seq);
      for (const { customerId, collection, key, value } of line.entries) {
        const name = `${customerId}\u001f${collection}`;
        const held = entries.get(name) ?? new Map<string, unknown>();
        entries.set(name, held);
        if (value === null) held.delete(key);
        else held.set(key, value);
      }
    }
  };
  for (const line of await readLines(path)) apply(line);
  let journal = await compact();
  let lines = 0;
  let writing: Promise<void> = Promise.resolve();

  async function compact(): Promise<FileHandle> {
    const next = await open(`${path}.new`, 'w', 0o600);
    const whole: Line[] = [...changes.values()].map((change) => ({ change }));
    for (const [name, held] of entries) {
      const [customerId = '', collection = ''] = name.split('\u001f');
      for (const [key, value] of held)
        whole.push({ done: [], entries: [{ customerId, collection, key, value }] });
    }
    for (let start = 0; start < whole.length; start += 1000)
      await next.write(asText(whole.slice(start, start + 1000)));
    await next.datasync();
    await rename(`${path}.new`, path);
    return next;
  }

  /** On the disk before it counts; one write after the other. */
  function write(added: readonly Line[]): Promise<void> {
    const text = asText(added);
    const written = writing.then(async () => {
      await journal.appendFile(text);
      await journal.datasync();
      for (const line of added) apply(line);
      lines += added.length;
      if (lines < COMPACT_AFTER) return;
      lines = 0;
      const former = journal;
      journal = await compact();
      await former.close();
    });
    writing = written.catch(() => {}); // whoever asked for the write hears of it
    return written;
  }

  const collection = (customerId: string, name: string) =>
    entries.get(`${customerId}\u001f${name}`) ?? new Map<string, unknown>();
  const changesOf = (customerId: string) =>
    [...changes.values()].filter((change) => change.customerId === customerId);

  return {
    async record(_tx, added: readonly Change[], recordedAt) {
      await write(added.map((change) => ({ change: { ...change, seq: ++lastSeq, recordedAt } })));
    },
    async pending({ customerId, most, withoutKinds, withoutDeletionsOf }) {
      return changesOf(customerId)
        .filter(
          ({ kind, record }) =>
            !withoutKinds.includes(kind) && !(record === null && withoutDeletionsOf.includes(kind)),
        )
        .slice(0, most);
    },
    async backlog(customerId): Promise<Backlog> {
      const waiting = changesOf(customerId);
      const deletions: Partial<Record<Change['kind'], number>> = {};
      for (const { kind, record } of waiting)
        if (record === null) deletions[kind] = (deletions[kind] ?? 0) + 1;
      return { changes: waiting.length, deletions, oldestAt: waiting[0]?.recordedAt ?? null };
    },
    async customersWithChanges() {
      return [...new Set([...changes.values()].map(({ customerId }) => customerId))];
    },
    settle: (done, written) => write([{ done, entries: written }]),
    async read(customerId, name, keys) {
      const held = collection(customerId, name);
      return new Map(keys.flatMap((key) => (held.has(key) ? [[key, held.get(key)] as const] : [])));
    },
    async page(customerId, name, after, most) {
      const held = collection(customerId, name);
      const keys = [...held.keys()].filter((key) => key > after).sort();
      return keys.slice(0, most).map((key) => ({ key, value: held.get(key) }));
    },
    async count(customerId, name) {
      return collection(customerId, name).size;
    },
    forget: (customerId) => write([{ forgotten: customerId }]),
    async close() {
      await writing;
      await journal.close();
      heldHere.delete(lock);
      await rm(lock, { force: true });
    },
  };
}

const asText = (lines: readonly Line[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join('');

async function readLines(path: string): Promise<Line[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  // What stands behind the last line end was being written when the process died: it never counted.
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line); // written by `asText`
}

/** A lock whose process is gone is taken over. */
async function takeLock(path: string): Promise<void> {
  const former = Number(await readFile(path, 'utf8').catch(() => '0'));
  // A process of the same number may have died: containers count from one.
  const isHeld = former === process.pid ? heldHere.has(path) : former > 0 && isAlive(former);
  if (isHeld)
    throw new ConnectorError(
      `Somebody (process ${former}) works with this folder. Stop it first, or use another folder.`,
    );
  await rm(path, { force: true });
  const file = await open(path, 'wx', 0o600);
  await file.writeFile(String(process.pid));
  await file.close();
  heldHere.add(path);
}

/** The locks of this process. */
const heldHere = new Set<string>();

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false; // no such process
  }
}
