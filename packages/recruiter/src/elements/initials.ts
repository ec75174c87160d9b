const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** One sign of the first word and one of the last, in any script: "Mae Norris" → MN, "山田 太郎" → 山太. */
export function initials(name: string): string {
  const words = name.split(/[\s\u00b7·]+/u).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const [first, last] = [words.at(0), words.length > 1 ? words.at(-1) : undefined];
  return [first, last]
    .map((word) => firstSign(word))
    .join('')
    .toLocaleUpperCase();
}

function firstSign(word = ''): string {
  for (const { segment } of graphemes.segment(word)) return segment;
  return '';
}
