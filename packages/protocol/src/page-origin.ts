const LOOPBACK = /^((.+\.)?localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** An application's widgets may stand on pages of at most so many origins. */
export const MOST_PAGE_ORIGINS = 20;

/**
 * Why an entry of `validJsSdkDomains` cannot be one; null when it can. Only an origin can be compared with the page that embeds a
 * widget: a path, a user or a wildcard would promise what no browser checks.
 */
export function pageOriginProblem(text: string): string | null {
  if (text.includes('*')) return 'must name one host: no *';
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol) || !/^https?:\/\//i.test(text))
    return 'must be scheme and host, such as https://ats.example.com';
  if (url.username !== '' || url.password !== '') return 'must be scheme and host: no user or password';
  if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname))
    return 'must be https; plain http is for this machine only';
  if (/^https?:\/\/[^/?#]+[/?#]/i.test(text))
    return 'must be scheme and host, with its port if unusual: no path or slash at the end';
  return url.origin === text.toLowerCase() ? null : `must be written as ${url.origin}`;
}

/** Why an address cannot be one that a member is sent back to; null when it can. */
export function redirectAddressProblem(text: string): string | null {
  const url = URL.parse(text);
  return url && /^https?:$/.test(url.protocol) && url.hash === ''
    ? null
    : 'must be a full URL without a fragment';
}
