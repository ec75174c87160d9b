import type { HttpRequest } from './http.ts';

/** Whether the Origin is our own, where the browser names one. */
export function isOwnOrigin({ headers, origin }: Pick<HttpRequest, 'headers' | 'origin'>): boolean {
  if (headers.origin === undefined) return true;
  // Behind a proxy the host that we are called by need not be the one in the browser's address bar.
  return headers.origin === origin || URL.parse(headers.origin)?.host === headers.host;
}

/** Whether a plain form of ours was sent: such a form can set no header, so the browser's word on where it comes from decides. */
export function isOwnForm(request: Pick<HttpRequest, 'headers' | 'origin'>): boolean {
  const site = request.headers['sec-fetch-site'];
  return site === undefined ? isOwnOrigin(request) : site === 'same-origin';
}

/** The fields of a form; null where there are more bytes than any of ours has. */
export function readForm(
  { body }: Pick<HttpRequest, 'body'>,
  mostBytes = 256 * 1024,
): URLSearchParams | null {
  return body.length > mostBytes ? null : new URLSearchParams(body.toString('utf8'));
}
