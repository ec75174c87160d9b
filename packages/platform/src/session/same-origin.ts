import type { HttpRequest } from '../kernel/http.ts';
import { isOwnOrigin } from '../kernel/own-form.ts';
import { Refusal } from './refusal.ts';

/**
 * Refuses a state-changing request that another site's page could have caused. Three signs: our header, which a foreign page
 * cannot set without a preflight that nobody answers; the browser's word on where the request comes from; and, where a browser
 * does not say (plain http on a name other than localhost), an Origin that is our own host.
 */
export function requireSameOrigin(request: HttpRequest): void {
  const { headers } = request;
  if (headers['x-carrick'] !== '1') throw new Refusal('FOREIGN_ORIGIN');
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') throw new Refusal('FOREIGN_ORIGIN');
  if (!isOwnOrigin(request)) throw new Refusal('FOREIGN_ORIGIN');
}
