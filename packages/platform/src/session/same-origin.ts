import type { HttpRequest } from '../kernel/http.ts';
import { Refusal } from './refusal.ts';

/**
 * Refuses a state-changing request that another site's page could have caused. Three signs: our header, which a foreign page
 * cannot set without a preflight that nobody answers; the browser's word on where the request comes from; and, where a browser
 * does not say (plain http on a name other than localhost), an Origin that is our own host.
 */
export function requireSameOrigin({ headers, origin }: HttpRequest): void {
  if (headers['x-carrick'] !== '1') throw new Refusal('FOREIGN_ORIGIN');
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') throw new Refusal('FOREIGN_ORIGIN');
  // Behind a proxy the host that we are called by need not be the one in the browser's address bar.
  const isOwn = headers.origin === origin || URL.parse(headers.origin ?? '')?.host === headers.host;
  if (headers.origin !== undefined && !isOwn) throw new Refusal('FOREIGN_ORIGIN');
}
