import { Type } from '@sinclair/typebox';
import type { Context } from '../kernel/context.ts';
import type { Route } from '../kernel/http.ts';
import { answer, appRoute, bodyOf, Refusal } from '../session/index.ts';
import { changeSaved, readSaved, saveSearch } from './saved.ts';

const PATH = '/app/api/saved-searches';
const Name = Type.String({ minLength: 1, maxLength: 120, pattern: '^[^\\u0000]*[^\\s\\u0000][^\\u0000]*$' });
const Save = Type.Object({ name: Name, query: Type.String({ maxLength: 8_000, pattern: '^[^\\u0000]*$' }) });
const Change = Type.Object({
  name: Type.Optional(Name),
  isDeleted: Type.Optional(Type.Boolean()),
  isSeen: Type.Optional(Type.Boolean()),
});

/** A seat's saved searches: nobody else reads or changes them. */
export function savedSearchRoutes(ctx: Context): Route[] {
  return [
    appRoute(ctx, 'GET', PATH, async (session) => answer(200, { saved: await readSaved(ctx, session) })),
    appRoute(ctx, 'POST', PATH, async (session, { body }) =>
      answer(201, { id: await saveSearch(ctx, session, bodyOf(Save, { body })) }),
    ),
    appRoute(ctx, 'POST', `${PATH}/*`, async (session, { path, body }) => {
      const id = path.slice(PATH.length + 1);
      if (!/^[1-9]\d{0,14}$/.test(id)) throw new Refusal('NO_SUCH_SEARCH');
      await changeSaved(ctx, session, id, bodyOf(Change, { body }));
      return answer(204);
    }),
  ];
}
