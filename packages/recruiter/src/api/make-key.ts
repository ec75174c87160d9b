/** Of what is asked once, however often it is pressed. Not randomUUID: a page that came by plain http has none. */
export function makeKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}
