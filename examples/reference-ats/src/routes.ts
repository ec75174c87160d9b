import { actionsOf } from './actions.ts';
import type { Ats } from './ats.ts';
import { Form, FormError } from './form.ts';
import { type Html, html } from './html.ts';
import { candidatePage, candidatesPage } from './pages/candidates.ts';
import { jobPage, jobsPage } from './pages/jobs.ts';
import { page } from './pages/layout.ts';
import { permissionsPage } from './pages/permissions.ts';
import { setupPage } from './pages/setup.ts';

export interface Setup {
  /** The platform's address, as browsers reach it. */
  readonly platform: string;
  /** Gets this company an application of its own on the platform. */
  provision(): Promise<void>;
}

/** Where the platform's notifications arrive; the connector's receiver answers there. */
export const CALLBACK_PATH = '/rsc/callback';

/** Every page and form of this ATS. */
export function routesOf(ats: Ats, setup: Setup): (request: Request) => Promise<Response> {
  const { connector, customerId, sql } = ats;
  const receive = connector.receiver();
  const actions = actionsOf(ats, setup.provision);

  async function view({ pathname, searchParams }: URL): Promise<Html | null> {
    const [, section = '', id] = pathname.split('/');
    const query = (name: string) => searchParams.get(name) ?? '';
    const customer = await connector.customers.get(customerId);
    switch (section) {
      case 'jobs':
        return id === undefined ? jobsPage(ats, query('closed') === 'yes') : jobPage(ats, id);
      case 'candidates': {
        if (id === undefined)
          return candidatesPage(ats, query('q'), Math.max(1, Math.trunc(Number(query('page'))) || 1));
        const widgets = customer && {
          platform: setup.platform,
          apiKey: customer.clientId,
          organization: customer.organization,
        };
        return candidatePage(ats, id, query('tab'), widgets);
      }
      case 'permissions': {
        const users = await sql<{ id: string; email: string }[]>`select id, email from staff`;
        const hasSeats = customer?.integrations.some(
          ({ integrationType, status }) => integrationType === 'CSA_API' && status === 'ENABLED',
        );
        return permissionsPage(
          ats,
          hasSeats ? await connector.customers.suggestSeats(customerId, users) : [],
        );
      }
      case 'setup':
        return setupPage(
          ats,
          customer,
          setup.platform,
          customer && query('check') === 'yes' ? await connector.doctor(customerId) : null,
        );
      default:
        return null;
    }
  }

  async function act(request: Request, path: string): Promise<Response> {
    // Browsers say where a form comes from: other sites have none to send here.
    const origin = request.headers.get('origin');
    if (origin !== null && origin !== ats.base) return sayNo(403, 'This form comes from another site.');
    const ids: string[] = [];
    const found = Object.entries(actions).find(([pattern]) => matches(pattern, path, ids));
    if (!found) return sayNo(404, 'There is no such form.');
    const to = await found[1]([...ids], await Form.read(request));
    return new Response(null, { status: 303, headers: { location: to } });
  }

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

/** `ids` takes what stands where the pattern has a colon. */
function matches(pattern: string, path: string, ids: string[]): boolean {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  ids.length = 0;
  return (
    wanted.length === given.length &&
    wanted.every((part, index) => {
      if (part === ':') ids.push(decodeURIComponent(given[index] ?? ''));
      return part === ':' || part === given[index];
    })
  );
}

const show = ({ text }: Html, status: number) =>
  new Response(text, {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  });

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
