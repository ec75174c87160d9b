/** The address when a browser may be sent there, else null: what others wrote may be `javascript:` or nonsense. */
export function webUrl(address: string | null): string | null {
  if (address === null) return null;
  const url = URL.parse(address.trim());
  return url && (url.protocol === 'https:' || url.protocol === 'http:') ? url.href : null;
}
