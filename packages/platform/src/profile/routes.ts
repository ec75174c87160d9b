import { VIEWABLE_CONTENT_TYPES } from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import type { HttpResponse, Route } from '../kernel/http.ts';
import { answer, appRoute, Refusal, type Session } from '../session/index.ts';
import { readAtsCard, readAtsTab, readAttachment, readProfile, recordView } from './profile.ts';

const PREFIX = '/app/api/people/';

export function profileRoutes(ctx: Context): Route[] {
  return [
    appRoute(ctx, 'GET', `${PREFIX}*`, async (session, { path }) => {
      const [personId = '', part, ...rest] = path.slice(PREFIX.length).split('/');
      const [no, view, ...more] = rest;
      if (
        part === 'attachments' &&
        no !== undefined &&
        (view === undefined || view === 'view') &&
        more.length === 0
      )
        return sendFile(ctx, session, personId, no, view ? 'inline' : 'attachment');
      if (rest.length > 0) throw new Refusal('NOT_FOUND');
      return readPart(ctx, session, personId, part);
    }),
  ];
}

/**
 * As a download, or to be looked at inside the app's own pages. Where a browser shows it, it is a page that may do nothing.
 * @throws Refusal NOT_FOUND also for a file of a kind that browsers do not show
 */
async function sendFile(
  ctx: Context,
  session: Session,
  personId: string,
  no: string,
  disposition: 'attachment' | 'inline',
): Promise<HttpResponse> {
  if (!/^[1-9]\d{0,14}$/.test(no)) throw new Refusal('NOT_FOUND');
  const { fileName, contentType, mediaType, bytes } = await readAttachment(
    ctx,
    session,
    personId,
    Number(no),
  );
  if (disposition === 'inline' && !VIEWABLE_CONTENT_TYPES.includes(contentType))
    throw new Refusal('NOT_FOUND');
  const plain = fileName.replace(/[^\w. -]/g, '_');
  const exact = encodeURIComponent(fileName).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
  const headers = {
    'content-type': mediaType,
    'content-disposition': `${disposition}; filename="${plain}"; filename*=UTF-8''${exact}`,
    'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'self'",
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
  };
  return { status: 200, headers, body: bytes };
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
