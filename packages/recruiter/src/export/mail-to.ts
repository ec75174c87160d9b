/** The address of a mail that is written already. */
export function mailTo(to: readonly { readonly email: string }[], subject: string, body: string): string {
  const addresses = to.map(({ email }) => encodeURIComponent(email)).join(',');
  return `mailto:${addresses}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`;
}
