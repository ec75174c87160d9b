import type { LiveEvent } from '@carrick/protocol';
import { viewerRows, viewersOf } from '../access/index.ts';
import { EXPORTS_LANE, type ExportEvent } from '../exports/index.ts';
import type { Context } from '../kernel/context.ts';
import type { Outbox, OutboxEvent } from '../kernel/outbox.ts';
import { mayHear, PROJECTS_LANE, type ProjectNews } from '../projects/index.ts';
import { RECORDS_LANE, type RecordsEvent } from '../records/index.ts';
import { personIdOf } from '../search/index.ts';
import { liveSessions, type Session } from '../session/index.ts';
import { type News, newsFor, surroundingStatements, surroundingsOf } from './changes.ts';
import { exportedJobs, exportNews } from './export-news.ts';
import { PEOPLE_LANE, type PersonNews, personNewsOf } from './person-news.ts';

const COALESCE_MS = 250;
/** Of more people at once nobody is told one by one: the stream ends, and the page that reconnects reads everything anew. */
const MAX_PEOPLE = 500;
/** So many batches of one organisation may wait for their flush; beyond, its streams end for the same reason. */
const MAX_WAITING = 2_000;

/** What happened in one organisation since the last flush. */
interface Waiting {
  readonly records: RecordsEvent[];
  readonly people: PersonNews[];
  readonly exports: ExportEvent[];
  readonly projects: ProjectNews[];
}

/** One open event stream. */
export interface Listener {
  readonly session: Session;
  send(event: LiveEvent): void;
  end(): void;
}

/**
 * Tells the open pages of each organisation who changed. Events are gathered for a moment, then looked up once per organisation,
 * whatever the number of its pages, and reduced to what each viewer may know.
 */
export class LiveHub {
  readonly #ctx: Context;
  readonly #listeners = new Map<number, Set<Listener>>();
  readonly #waiting = new Map<number, Waiting>();
  #timer: NodeJS.Timeout | undefined;
  #flushing: Promise<void> = Promise.resolve();

  constructor(ctx: Context, outbox: Pick<Outbox, 'subscribe'>) {
    this.#ctx = ctx;
    // The records slice wrote what stands in its lane.
    outbox.subscribe(RECORDS_LANE, (events) =>
      this.#take(events, ({ records }, payload) => records.push(payload as RecordsEvent)),
    );
    outbox.subscribe(PEOPLE_LANE, (events) =>
      this.#take(events, ({ people }, payload) => people.push(personNewsOf(payload))),
    );
    // And so did the slices of exports and projects.
    outbox.subscribe(EXPORTS_LANE, (events) =>
      this.#take(events, ({ exports }, payload) => exports.push(payload as ExportEvent)),
    );
    outbox.subscribe(PROJECTS_LANE, (events) =>
      this.#take(events, ({ projects }, payload) => projects.push(payload as ProjectNews)),
    );
  }

  /** @returns the way to leave */
  join(listener: Listener): () => void {
    const { tenantId } = listener.session;
    const listeners = this.#listeners.get(tenantId) ?? new Set();
    this.#listeners.set(tenantId, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(tenantId);
    };
  }

  #take(events: readonly OutboxEvent[], keep: (waiting: Waiting, payload: unknown) => void): void {
    for (const { tenantId, payload } of events) {
      if (!this.#listeners.has(tenantId)) continue;
      const waiting = this.#waiting.get(tenantId) ?? { records: [], people: [], exports: [], projects: [] };
      if (Object.values(waiting).reduce((sum, { length }) => sum + length, 0) < MAX_WAITING)
        keep(waiting, payload);
      else this.#endAll(tenantId);
      this.#waiting.set(tenantId, waiting);
    }
    if (this.#waiting.size > 0) this.#timer ??= setTimeout(() => this.#flushAll(), COALESCE_MS);
  }

  #flushAll(): void {
    this.#timer = undefined;
    const batches = [...this.#waiting];
    this.#waiting.clear();
    // One round behind the other: a later one must not overtake, and a slow database must not pile rounds up.
    this.#flushing = this.#flushing.then(async () => {
      for (const [tenantId, waiting] of batches) {
        try {
          await this.#flush(tenantId, waiting);
        } catch (error) {
          this.#ctx.log.error({ err: error }, 'open pages were not told of changes; they reconnect');
          this.#endAll(tenantId);
        }
      }
    });
  }

  async #flush(tenantId: number, { records: events, people, exports, projects }: Waiting): Promise<void> {
    const listeners = [...(this.#listeners.get(tenantId) ?? [])];
    if (listeners.length === 0) return;
    const sessions = listeners.map((listener) => listener.session);
    const [rows, open, exporterRows, jobs, ...found] = await this.#ctx.db.read(tenantId, (tx) =>
      tx.flight([
        viewerRows(tx, tenantId, sessions, 'indicator'),
        liveSessions(tx, tenantId, sessions, this.#ctx.clock.now()),
        viewerRows(tx, tenantId, sessions, 'export'),
        exportedJobs(tx, tenantId, exports),
        ...surroundingStatements(tx, tenantId, events),
      ]),
    );
    const around = surroundingsOf(...found);
    const exporters = viewersOf(sessions, exporterRows);
    const openSeats = new Set(open.map((row) => row.token));
    viewersOf(sessions, rows).forEach((viewer, index) => {
      const listener = listeners[index];
      const exporter = exporters[index];
      if (!listener || !exporter) return;
      const exported = exportNews(exporter, exports, jobs);
      if (!openSeats.has(listener.session.tokenSha256.toString('hex'))) {
        listener.end();
        return;
      }
      this.#tell(listener, withPeople(newsFor(viewer, events, around), people, viewer.seatId, exported));
      tellOfProjects(listener, projects);
    });
  }

  #tell(listener: Listener, { memberIds, isSearchStale }: News): void {
    if (memberIds.size > MAX_PEOPLE) {
      listener.end();
      return;
    }
    for (const memberId of memberIds)
      listener.send({ person: personIdOf(this.#ctx, listener.session.tenantId, memberId) });
    if (isSearchStale) listener.send({ search: true });
  }

  #endAll(tenantId: number): void {
    for (const listener of this.#listeners.get(tenantId) ?? []) listener.end();
  }
}

/** Says which, and nothing of it, to those who see it: what changed they have to ask for. */
function tellOfProjects({ session, send }: Listener, projects: readonly ProjectNews[]): void {
  const heard = projects.filter((news) => mayHear(session, news)).map(({ projectId }) => projectId);
  for (const project of new Set(heard)) send({ project });
}

function withPeople(
  { memberIds, isSearchStale }: News,
  people: readonly PersonNews[],
  seatId: number,
  exported: ReadonlySet<number>,
): News {
  const own = people.filter((news) => news.seatId === null || news.seatId === seatId);
  return {
    memberIds: new Set([...memberIds, ...exported, ...own.map(({ memberId }) => memberId)]),
    isSearchStale,
  };
}
