import type { PassTools } from './pass.ts';

const PAGE = 100;
/** Candidates read again in a sweep, besides those just sent: keeps a large ATS within the platform's daily requests. */
const REREAD_PAGES = 10;

/**
 * Reads back who candidates are matched with and keeps the person of each: `sent` those sent since the last reading,
 * `rolling` also some of the others, longest unread first, `all` everyone. Returns how many persons changed.
 */
export async function readMatches(
  { client, state }: PassTools,
  extent: 'sent' | 'rolling' | 'all',
): Promise<number> {
  const round = Number(state.setting('round') ?? 0) + 1;
  state.setSetting('round', String(round));
  let changed = 0;
  const read = async (ids: readonly string[]) => {
    const matches = await client.matches(ids);
    state.inTransaction(() => {
      for (const id of ids) if (state.persons.save(id, matches.get(id) ?? null, round)) changed++;
    });
  };
  for (;;) {
    const ids = state.persons.unread(1, PAGE);
    if (ids.length === 0) break;
    await read(ids);
  }
  const pages = extent === 'all' ? Number.POSITIVE_INFINITY : extent === 'rolling' ? REREAD_PAGES : 0;
  for (let page = 0; page < pages; page++) {
    const ids = state.persons.unread(round, PAGE);
    if (ids.length === 0) break;
    await read(ids);
  }
  return changed;
}
