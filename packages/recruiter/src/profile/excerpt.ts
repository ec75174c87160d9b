const words = new Intl.Segmenter(undefined, { granularity: 'word' });

/** The beginning of a text, at most `limit` characters, cut between words in any script; null when all of it fits. */
export function excerpt(text: string, limit: number): string | null {
  if (text.length <= limit) return null;
  let end = 0;
  for (const { index, segment } of words.segment(text)) {
    if (index + segment.length > limit) break;
    end = index + segment.length;
  }
  // One word longer than the limit is cut where it stands, but not inside of a sign.
  const cut = end > 0 ? text.slice(0, end) : text.slice(0, limit).replace(/[\ud800-\udbff]$/, '');
  return `${cut.trimEnd()}…`;
}
