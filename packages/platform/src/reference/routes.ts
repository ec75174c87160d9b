import type { HttpResponse, Route } from '../kernel/http.ts';
import { openApi } from './openapi.ts';
import { apiPage, requiredFieldsPage } from './page.ts';
import { postmanCollection } from './postman.ts';
import { POLICY } from './style.ts';

/** What integrators read, for everybody: it holds nothing of any customer. */
export function referenceRoutes(): Route[] {
  // Written once: they are the same until the next start.
  const openApiText = JSON.stringify(openApi());
  const fieldsPage = requiredFieldsPage();
  const get = (path: string, handler: Route['handler']): Route => ({ method: 'GET', path, handler });
  return [
    get('/openapi.json', async () => json(openApiText)),
    get('/docs/api', async ({ origin }) => page(apiPage(origin))),
    get('/docs/required-fields', async () => page(fieldsPage)),
    get('/docs/postman.json', async ({ origin }) => json(JSON.stringify(postmanCollection(origin)))),
  ];
}

/** Any tool may read it, one in a browser too. */
function json(body: string): HttpResponse {
  return {
    status: 200,
    headers: { 'content-type': 'application/json', 'access-control-allow-origin': '*' },
    body,
  };
}

function page(body: string): HttpResponse {
  const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY };
  return { status: 200, headers, body };
}
