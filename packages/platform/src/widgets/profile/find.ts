import type { WidgetFindAnswer, WidgetFindRequest } from '@carrick/protocol';
import { loadViewer, type ViewerSeat } from '../../access/index.ts';
import type { Context } from '../../kernel/context.ts';
import { membersByProfileUrl } from '../../matching/index.ts';
import { answerSearch, readPeople, readQuery } from '../../search/index.ts';

/** Members who may be the right one: by the address of a profile where one is given, else by the words of name and employer. */
export async function findPeople(
  ctx: Context,
  seat: ViewerSeat,
  { name, employer, profileUrl }: WidgetFindRequest,
): Promise<WidgetFindAnswer> {
  const byUrl = profileUrl.trim() === '' ? null : await findByUrl(ctx, seat, profileUrl);
  if (byUrl) return byUrl;
  const q = `${name} ${employer}`.trim();
  if (q === '') return { people: [], total: 0 };
  const query = new URLSearchParams({ q, among: 'members' });
  const { people, total } = await answerSearch(ctx, seat, readQuery(query.toString()));
  return { people, total };
}

/** Null for what is no profile's address: then the other fields decide. */
async function findByUrl(
  ctx: Context,
  seat: ViewerSeat,
  profileUrl: string,
): Promise<WidgetFindAnswer | null> {
  return ctx.db.read(seat.tenantId, async (tx) => {
    const [viewer, memberIds] = await Promise.all([
      loadViewer(tx, seat, 'widget'),
      membersByProfileUrl(ctx, tx, profileUrl),
    ]);
    if (memberIds === null) return null;
    const people = await readPeople(ctx, tx, viewer, memberIds);
    return { people, total: people.length };
  });
}
