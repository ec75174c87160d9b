import type { Context } from '../kernel/context.ts';
import type { HttpResponse, Route } from '../kernel/http.ts';
import { answer, appRoute, Refusal, type Session } from '../session/index.ts';
import { readAtsCard, readAtsTab, readProfile, recordView } from './profile.ts';

const PREFIX = '/app/api/people/';

export function profileRoutes(ctx: Context): Route[] {
  return [
    appRoute(ctx, 'GET', `${PREFIX}*`, async (session, { path }) => {
      const [personId = '', part, ...rest] = path.slice(PREFIX.length).split('/');
      if (rest.length > 0) throw new Refusal('NOT_FOUND');
      return readPart(ctx, session, personId, part);
    }),
  ];
}

async function readPart(
  ctx: Context,
  session: Session,
  personId: string,
  part: string | undefined,
): Promise<HttpResponse> {
  switch (part) {
    case undefined: {
      const profile = await readProfile(ctx, session, personId);
      await recordView(ctx, session, personId);
      return answer(200, profile);
    }
    case 'card':
      return answer(200, await readAtsCard(ctx, session, personId));
    case 'ats':
      return answer(200, await readAtsTab(ctx, session, personId));
    default:
      throw new Refusal('NOT_FOUND');
  }
}
