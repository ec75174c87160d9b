/** The value of one cookie of a request's `Cookie` header; null where it has none. */
export function readCookie(header: string, name: string): string | null {
  for (const pair of header.split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return null;
}

/** A `Set-Cookie` that no script reads. `origin`: under which the browser reached us; an age of 0 removes it. */
export function sessionCookie(origin: string, name: string, value: string, maxAgeMs: number): string {
  const secure = origin.startsWith('https:') ? '; Secure' : '';
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeMs / 1000}${secure}`;
}
