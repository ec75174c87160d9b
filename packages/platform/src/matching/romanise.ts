import anyAscii from 'any-ascii';

/** The script of a word, as far as it matters for what its Latin letters are worth. */
export type Script = 'latin' | 'alphabet' | 'consonants' | 'han' | 'kana' | 'hangul' | 'thai' | 'indic';

const SCRIPTS: readonly (readonly [Script, RegExp])[] = [
  ['han', /\p{Script=Han}/u],
  ['kana', /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ['hangul', /\p{Script=Hangul}/u],
  ['consonants', /[\p{Script=Arabic}\p{Script=Hebrew}]/u],
  ['thai', /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u],
  [
    'indic',
    /[\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}]/u,
  ],
  ['alphabet', /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u],
];

// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
const ASCII = /^[\x00-\x7f]*$/;

export function scriptOf(text: string): Script {
  if (ASCII.test(text)) return 'latin';
  return SCRIPTS.find(([, pattern]) => pattern.test(text))?.[0] ?? 'latin';
}

/** Hangul syllable by syllable: a consonant at the end of one is written k, t or p. */
export function romaniseHangul(text: string): string {
  let latin = '';
  for (const syllable of text.normalize('NFC'))
    latin += anyAscii(syllable)
      .toLowerCase()
      .replace(/(?<=[aeiou])g$/, 'k')
      .replace(/(?<=[aeiou])([dsj]|ch)$/, 't')
      .replace(/b$/, 'p');
  return latin;
}

/** Where a name in Hebrew or Arabic letters begins with a letter that is no consonant. */
export function beginsWithVowel(text: string): boolean {
  return /^[אעاأإآعءٱ]/.test(text);
}

/** Two letters that are one sound in Greek. */
const GREEK: readonly (readonly [RegExp, string])[] = [
  [/μπ/g, 'b'],
  [/(^|[^α-ω])ντ/g, '$1d'],
  [/γκ|γγ/g, 'g'],
  [/ου/g, 'ou'],
  [/αυ/g, 'av'],
  [/ευ/g, 'ev'],
  [/χ/g, 'ch'],
  [/η|υ/g, 'i'],
];

/** In lower-case Latin letters and digits; anything else is a blank. Han by its commonest Chinese readings. */
export function romanise(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase().replaceAll(/['`]/g, '');
  // Composed for Latin letters; the marks of other scripts are letters of theirs.
  const plain = text.normalize('NFKC').replaceAll(/\p{Extended_Pictographic}/gu, ' ');
  return anyAscii(beforeAscii(plain)).toLowerCase().replaceAll(/['`´]/g, '');
}

function beforeAscii(text: string): string {
  switch (scriptOf(text)) {
    case 'alphabet':
      return GREEK.reduce(
        (greek, [pattern, latin]) => greek.replaceAll(pattern, latin),
        /\p{Script=Greek}/u.test(text)
          ? text
              .toLowerCase()
              .normalize('NFD')
              .replaceAll(/\u0301|\u0344/g, '')
              .normalize('NFC')
          : text,
      );
    case 'thai':
      return text
        .replaceAll(/[ทดต]ร์|[ก-ฮ][ิุ]?์/g, '') // silenced, with the vowel
        .replaceAll(/รร(?=[ก-ฮ])/g, 'ั')
        .replaceAll('รร', 'ัน')
        .replaceAll(/ญ(?![ะ-ู])/g, 'น')
        .replaceAll(/([เ-ไ])([ก-ฮ])/g, '$2$1'); // a vowel that is written before its consonant
    case 'consonants':
      return text.replaceAll(/[\u064b-\u0652\u0640\u0591-\u05c7]/g, '');
    case 'indic':
      // A dotted d is an r.
      return text
        .normalize('NFD')
        .replaceAll('\u0921\u093c', '\u0930')
        .replaceAll('\u0922\u093c', '\u0930\u0939');
    case 'latin':
    case 'han':
    case 'kana':
    case 'hangul':
      return text;
  }
}
