import type { Actions } from './actions/action.ts';
import { applicationActions } from './actions/applications.ts';
import { candidateActions } from './actions/candidates.ts';
import { jobActions } from './actions/jobs.ts';
import { permissionActions } from './actions/permissions.ts';
import { setupActions } from './actions/setup.ts';
import type { Ats } from './ats.ts';
import { Form, FormError } from './form.ts';
import { type Html, html } from './html.ts';
import { candidatePage, candidatesPage } from './pages/candidates.ts';
import { jobPage, jobsPage } from './pages/jobs.ts';
import { page } from './pages/layout.ts';
import { permissionsPage } from './pages/permissions.ts';
import { setupPage } from './pages/setup.ts';

/** Where the platform's notifications arrive; the connector's receiver answers there. */
export const CALLBACK_PATH = '/rsc/callback';

const ACTIONS: Actions = {
  ...jobActions,
  ...candidateActions,
  ...applicationActions,
  ...permissionActions,
  ...setupActions,
};

/** Every page and form of this ATS. */
export function routesOf(ats: Ats): (request: Request) => Promise<Response> {
  const receive = ats.connector.receiver();

  async function view({ pathname, searchParams }: URL): Promise<Html | null> {
    const [, section = '', id] = pathname.split('/');
    const query = (name: string) => searchParams.get(name) ?? '';
    switch (section) {
      case 'jobs':
        return id === undefined ? jobsPage(ats, query('closed') === 'yes') : jobPage(ats, id);
      case 'candidates':
        return id === undefined
          ? candidatesPage(ats, query('q'), Math.max(1, Math.trunc(Number(query('page'))) || 1))
          : candidatePage(ats, id, query('tab'));
      case 'permissions':
        return permissionsPage(ats);
      case 'setup':
        return setupPage(ats, query('check') === 'yes');
      default:
        return null;
    }
  }

  async function act(request: Request, path: string): Promise<Response> {
    // Browsers say where a form comes from: other sites have none to send here.
    const origin = request.headers.get('origin');
    if (origin !== null && origin !== ats.base) return sayNo(403, 'This form comes from another site.');
    for (const [pattern, action] of Object.entries(ACTIONS)) {
      const ids = idsIn(path, pattern);
      if (!ids) continue;
      const to = await action(ats, await Form.read(request), ...ids);
      const location = typeof to === 'string' ? to : (request.headers.get('referer') ?? '/');
      return new Response(null, { status: 303, headers: { location } });
    }
    return sayNo(404, 'There is no such form.');
  }

  // Scripts and frames come from this page and from the platform, whose widgets they are; from nobody else.
  const policy = `script-src 'unsafe-inline' ${ats.platform}; frame-src ${ats.platform}; object-src 'none'; base-uri 'none'`;
  const show = ({ text }: Html, status: number) =>
    new Response(text, {
      status,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'content-security-policy': policy,
      },
    });
  const sayNo = (status: number, sentence: string) =>
    show(page(ats.name, '', 'That did not work', html`<p role="alert">${sentence}</p>`), status);

  return async (request) => {
    const url = new URL(request.url);
    if (url.pathname.startsWith(CALLBACK_PATH)) return receive(request);
    if (url.pathname === '/') return new Response(null, { status: 303, headers: { location: '/jobs' } });
    if (url.pathname.startsWith('/documents/'))
      return download(ats, url.pathname.slice('/documents/'.length));
    try {
      if (request.method === 'POST') return await act(request, url.pathname);
      const found = await view(url);
      return found ? show(found, 200) : sayNo(404, 'There is no such page.');
    } catch (error) {
      if (error instanceof FormError) return sayNo(400, error.message);
      throw error;
    }
  };
}

/** What stands where the pattern has a colon; null: another path. */
function idsIn(path: string, pattern: string): string[] | null {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  const isIt =
    wanted.length === given.length && wanted.every((part, at) => part === ':' || part === given[at]);
  return isIt ? given.filter((_, at) => wanted[at] === ':').map(decodeURIComponent) : null;
}

/** As a download only: what a candidate sent is never shown as a page of ours. */
async function download({ sql }: Ats, id: string): Promise<Response> {
  const [file] = await sql<{ name: string; media_type: string; bytes: Uint8Array<ArrayBuffer> }[]>`
    select name, media_type, bytes from document where id = ${id}`;
  if (!file) return new Response('There is no such document.', { status: 404 });
  return new Response(file.bytes, {
    headers: {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      'x-content-type-options': 'nosniff',
    },
  });
}
