/** Stands at the head of mails that can be answered: what is above it in an answer is the answer. No language, so that none is missed. */
export const REPLY_MARK = '--- ^ ^ ^ --- ^ ^ ^ ---';

const MOST_CHARACTERS = 20_000;
const MOST_LINES_OF_ATTRIBUTION = 3;
const QUOTE = /^\s*>/;
const SIGNATURE = /^-- ?$/;
const BEGINS_ATTRIBUTION = /^\s*(On|Am|Le|El|Il|Op|Den|Em)\s.*\d/;
const ENDS_ATTRIBUTION =
  /(wrote|writes|schrieb|schreibt|a écrit|escribió|ha scritto|schreef|skrev|escreveu)\b.*:\s*$/i;
const FORWARDED =
  /^\s*(-{2,}\s*(original message|forwarded message|ursprüngliche nachricht|original-?nachricht|weitergeleitete nachricht)|_{10,}\s*$)/i;
const HEADER_BLOCK = /^\s*\*?(From|Von|De|Da)\s?:\*?\s.+/;

/**
 * What somebody wrote, without what the mail program quoted below it. Programs quote in many ways, so this errs on the side of
 * keeping a line too many: the recruiter can read past it, while a lost answer is lost.
 */
export function replyTextOf(text: string): string {
  const lines = text.replaceAll(/\r\n?/g, '\n').replaceAll('\u00a0', ' ').split('\n');
  const above = lines.slice(0, endOfAnswer(lines));
  const answer = trimmed(above);
  // Written below what is quoted, or between.
  return answer === ''
    ? trimmed(lines.filter((line, at) => !QUOTE.test(line) && !isAttribution(lines, at)))
    : answer;
}

function endOfAnswer(lines: readonly string[]): number {
  const end = lines.findIndex(
    (line, at) =>
      line.includes(REPLY_MARK) ||
      QUOTE.test(line) ||
      SIGNATURE.test(line) ||
      FORWARDED.test(line) ||
      (HEADER_BLOCK.test(line) && HEADER_BLOCK_GOES_ON.test(lines[at + 1] ?? '')) ||
      isAttribution(lines, at),
  );
  return end < 0 ? lines.length : end;
}

const HEADER_BLOCK_GOES_ON = /^\s*\*?(Sent|Gesendet|Date|Datum|Envoyé|To|An|Subject|Betreff)\s?:/;

/** "On Monday, 5 January 2026, Rita Żak wrote:", over one line or several; our own mark follows in the quote. */
function isAttribution(lines: readonly string[], at: number): boolean {
  if (!BEGINS_ATTRIBUTION.test(lines[at] ?? '')) return false;
  const [first = '', ...more] = lines.slice(at, at + MOST_LINES_OF_ATTRIBUTION);
  return ENDS_ATTRIBUTION.test(first) || more.some((line) => ENDS_ATTRIBUTION.test(line));
}

function trimmed(lines: readonly string[]): string {
  return lines.join('\n').trim().slice(0, MOST_CHARACTERS);
}
