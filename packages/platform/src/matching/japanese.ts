import readings from './japanese-readings.json' with { type: 'json' };

/** Old and new forms of one character. */
const OLD_FORMS = new Map(
  [
    ...'髙高﨑崎邉辺邊辺齋斎齊斎斉斎澤沢廣広嶋島國国眞真惠恵櫻桜濱浜瀧滝龍竜彌弥藏蔵榮栄奧奥圓円壽寿德徳豐豊關関實実峯峰亞亜曉暁聰聡顯顕條条曾曽遙遥',
  ].flatMap((char, i, all) => (i % 2 === 0 ? [[char, all[i + 1] ?? char] as const] : [])),
);
const SURNAMES = table(readings.surnames);
const CHARACTERS = table(readings.kanji);
const ALONE = table(readings.alone);
/** What several characters can be read as grows with each; the likeliest come first. */
const MOST_READINGS = 40;

function table(json: Readonly<Record<string, string>>): ReadonlyMap<string, readonly string[]> {
  return new Map(Object.entries(json).map(([kanji, romaji]) => [kanji, romaji.split(' ')]));
}

/** How these characters may be read in Japan, the likeliest first; nothing for what is no Japanese name. */
export function japaneseReadings(characters: string, part: 'given' | 'family'): string[] {
  const kanji = [...characters].map((char) => OLD_FORMS.get(char) ?? char);
  const known = part === 'family' ? SURNAMES.get(kanji.join('')) : undefined;
  if (known) return known.map(romajiSound);
  const found = kanji.length === 1 ? [...(ALONE.get(kanji[0] ?? '') ?? [])] : [];
  let combined = [''];
  for (const [i, char] of kanji.entries()) {
    const own = char === '々' ? CHARACTERS.get(kanji[i - 1] ?? '') : CHARACTERS.get(char);
    if (!own) return found.map(romajiSound);
    combined = own.flatMap((reading) => combined.map((start) => start + reading)).slice(0, MOST_READINGS * 4);
  }
  return [...new Set([...found, ...combined].map(romajiSound))].slice(0, MOST_READINGS);
}

/** The length of the longest surname that these characters begin with; 0 where none is known. */
export function japaneseSurnameLength(characters: string): number {
  const kanji = [...characters].map((char) => OLD_FORMS.get(char) ?? char);
  for (let length = Math.min(4, kanji.length - 1); length > 0; length--)
    if (SURNAMES.has(kanji.slice(0, length).join(''))) return length;
  return 0;
}

/** The rival spellings of one romaji word as one: Satou, Satoh, Satō; Shinji, Sinzi; Jun, Zyun; Homma, Honma. */
export function romajiSound(word: string): string {
  return word
    .replaceAll(/sy|sh(?=[aou])/g, 'sh')
    .replaceAll(/si/g, 'shi')
    .replaceAll(/ti/g, 'chi')
    .replaceAll(/ty|cy/g, 'ch')
    .replaceAll(/tu/g, 'tsu')
    .replaceAll(/hu/g, 'fu')
    .replaceAll(/jy|zy/g, 'j')
    .replaceAll(/zi|di/g, 'ji')
    .replaceAll(/du/g, 'zu')
    .replaceAll(/l/g, 'r')
    .replaceAll(/m(?=[bpm])/g, 'n')
    .replaceAll(/o[uh](?![aeiouy])|oo|ou(?=$)/g, 'o')
    .replaceAll(/ou/g, 'o')
    .replaceAll(/([aiue])\1+/g, '$1')
    .replaceAll(/tch/g, 'ch')
    .replaceAll(/([kstpcg])\1/g, '$1');
}

const MORAE =
  /^(?:(?:[kgnhbpmr]y|sh|ch|ts|[kgsztdnhfbpmyrwjcl])?[aiueo]+h?|n(?![aiueoy])|m(?=[bpm])|([kstpcg])(?=\1)|t(?=ch)|[szt]y[aou]|jy[aou])+$/;

/** Could this be a Japanese name in Latin letters? */
export function isRomaji(word: string): boolean {
  return word.length > 2 && MORAE.test(word);
}
