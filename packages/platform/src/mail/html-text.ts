/** What never is an answer: what a mail program hides, and what it quotes. */
const LEFT_OUT =
  /<!--[\s\S]*?-->|<(head|style|script|title|blockquote)\b[^>]*>[\s\S]*?<\/\1\s*>|<div[^>]*class="?(gmail_quote|moz-cite-prefix)\b[\s\S]*$/gi;
const BREAKS = /<(br|\/p|\/div|\/li|\/tr|\/h[1-6])\b[^>]*>/gi;
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** The words of a mail that came without plain text. Roughly: they are shown as text, so what is missed here is ugly, not harmful. */
export function textOfHtml(html: string): string {
  return html
    .replaceAll(/\s+/g, ' ')
    .replaceAll(LEFT_OUT, '')
    .replaceAll(BREAKS, '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi, (whole, decimal, hex, name) =>
      name
        ? (NAMED[String(name).toLowerCase()] ?? whole)
        : characterOf(decimal ? Number(decimal) : Number.parseInt(hex, 16)),
    )
    .replaceAll(/[^\S\n]*\n[^\S\n]*/g, '\n');
}

function characterOf(code: number): string {
  return code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)
    ? '\ufffd'
    : String.fromCodePoint(code);
}
