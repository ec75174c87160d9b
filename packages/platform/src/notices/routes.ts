import { Type } from '@sinclair/typebox';
import type { Context } from '../kernel/context.ts';
import type { Route } from '../kernel/http.ts';
import { answer, appRoute, bodyOf } from '../session/index.ts';
import { markSeen, readNotices } from './notices.ts';
import { readWorthDoing } from './worth-doing.ts';

const Seen = Type.Object({ seenUntil: Type.Integer({ minimum: 0 }) });

export function noticeRoutes(ctx: Context): Route[] {
  return [
    appRoute(ctx, 'GET', '/app/api/worth-doing', async (session) =>
      answer(200, await readWorthDoing(ctx, session)),
    ),
    appRoute(ctx, 'GET', '/app/api/notices', async (session) => answer(200, await readNotices(ctx, session))),
    appRoute(ctx, 'POST', '/app/api/notices', async (session, { body }) => {
      await markSeen(ctx, session, bodyOf(Seen, { body }).seenUntil);
      return answer(204);
    }),
  ];
}
