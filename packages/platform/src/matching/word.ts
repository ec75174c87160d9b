import { remembered } from '../kernel/remembered.ts';
import { chineseSurnames, pinyinOf, sinoSound } from './chinese.ts';
import { isRomaji, japaneseReadings, romajiSound } from './japanese.ts';
import { koreanSound, koreanSurnames } from './korean.ts';
import rivals from './rival-spellings.json' with { type: 'json' };
import { beginsWithVowel, romanise, romaniseHangul, type Script, scriptOf } from './romanise.ts';

/** One word of a name with everything that it can be recognised by. */
export interface Word {
  /** In lower-case Latin letters. */
  readonly text: string;
  readonly script: Script;
  /** One letter of an alphabet. */
  readonly isInitial: boolean;
  /** One character of a script of syllables. */
  readonly isSyllable: boolean;
  /** What it may be in languages whose names are written in several ways, each behind its language: `zh:`, `ko:`, `ja:`. */
  readonly readings: readonly string[];
  /** What rival spellings of it have in common, by language; two words with one of them in common are spellings of one name. */
  readonly sounds: readonly string[];
  /** Only where both names are of that language: less is kept of the letters. */
  readonly chinese: string;
  readonly korean: string;
  /** The consonants, in ways that another script may give them. */
  readonly skeletons: readonly string[];
  /** Of a word in Hebrew or Arabic letters: what it may look like in Latin ones. */
  readonly pattern: RegExp | null;
  /** What is looked up by: alike for most that is alike, and for much that is not. */
  readonly codes: readonly string[];
}

export type Part = 'given' | 'family';

const WHOLE_SYLLABLES: ReadonlySet<Script> = new Set(['han', 'kana', 'hangul']);

const RIVALS = new Map<string, string[]>();
for (const line of rivals) {
  const [first = '', ...others] = line.split(' ');
  for (const spelling of [first, ...others])
    RIVALS.set(spelling, [...(RIVALS.get(spelling) ?? []), `=${first}`]);
}

/** Words come again and again; a word that has been compared takes half a kilobyte here. */
const MOST_KNOWN = 8_000;
const known: Record<Part, (written: string) => Word> = {
  given: remembered((written) => new WrittenWord(written, 'given'), MOST_KNOWN),
  family: remembered((written) => new WrittenWord(written, 'family'), MOST_KNOWN),
};

/** `written`: one word in whatever script. */
export const wordOf = (written: string, part: Part): Word => known[part](written);

function lettersOf(written: string, script: Script): string {
  if (script === 'han' && !/[\u3040-\u30ff]/.test(written)) return pinyinOf(written);
  return script === 'hangul' ? romaniseHangul(written) : romanise(written);
}

/** What it is recognised by is made when it is first asked for: all of it costs 10 µs, and most words differ in less. */
class WrittenWord implements Word {
  readonly text: string;
  readonly script: Script;
  readonly isInitial: boolean;
  readonly isSyllable: boolean;
  readonly #written: string;
  readonly #whole: string;
  readonly #part: Part;
  #readings: readonly string[] | undefined;
  #sounds: readonly string[] | undefined;
  #chinese: string | undefined;
  #korean: string | undefined;
  #skeletons: readonly string[] | undefined;
  #pattern: RegExp | null | undefined;

  constructor(written: string, part: Part) {
    const { script, text, whole } = inLatin(written);
    this.#written = written;
    this.#whole = whole;
    this.#part = part;
    this.text = text;
    this.script = script;
    this.isInitial = written.length === 1 && !WHOLE_SYLLABLES.has(script);
    this.isSyllable = written.length === 1 && WHOLE_SYLLABLES.has(script);
  }

  get readings(): readonly string[] {
    this.#readings ??= readingsOf(this.#written, this.text, this.script, this.#part);
    return this.#readings;
  }

  get sounds(): readonly string[] {
    this.#sounds ??= this.#makeSounds();
    return this.#sounds;
  }

  get chinese(): string {
    this.#chinese ??= this.script === 'han' || this.script === 'latin' ? sinoSound(this.text) : '';
    return this.#chinese;
  }

  get korean(): string {
    this.#korean ??= this.script === 'hangul' || this.script === 'latin' ? koreanSound(this.text) : '';
    return this.#korean;
  }

  get skeletons(): readonly string[] {
    this.#skeletons ??= skeletonsOf(this.#whole, this.script);
    return this.#skeletons;
  }

  get pattern(): RegExp | null {
    if (this.#pattern === undefined)
      this.#pattern = this.script === 'consonants' ? patternOf(this.#whole) : null;
    return this.#pattern;
  }

  /** Not kept: asked for once, of whom soft keys are made. */
  get codes(): readonly string[] {
    return codesOf(this.text, this.script, this.sounds);
  }

  #makeSounds(): readonly string[] {
    const { text } = this;
    const sounds = new Set<string>([soundOf(text), ...(RIVALS.get(text) ?? [])]);
    if (this.#part === 'family' && SLAVIC.test(text)) sounds.add(`sl:${slavicSound(text)}`);
    for (const reading of this.readings) sounds.add(reading);
    return [...sounds];
  }
}

/** Nothing to be romanised. */
const LATIN = /^[a-z0-9]+$/;

interface Letters {
  readonly script: Script;
  readonly text: string;
  /** With a vowel that only the script's first letter stands for. */
  readonly whole: string;
}

function inLatin(written: string): Letters {
  if (LATIN.test(written)) return { script: 'latin', text: written, whole: written };
  const script = scriptOf(written);
  const letters = lettersOf(written, script).replaceAll(/[^a-z0-9]/g, '');
  // A letter that only carries a vowel.
  const text = letters === '' && script === 'consonants' ? 'a' : letters;
  return { script, text, whole: script === 'consonants' && beginsWithVowel(written) ? `a${text}` : text };
}

/** What it may be read as in languages whose names are written in several ways, by language. */
function readingsOf(written: string, text: string, script: Script, part: Part): string[] {
  const isFamily = part === 'family';
  switch (script) {
    case 'han':
      return [
        ...japaneseReadings(written, part).map((reading) => `ja:${reading}`),
        ...(isFamily ? [`zh:${text}`] : []),
      ];
    case 'kana':
      return [`ja:${romajiSound(text)}`];
    case 'hangul':
      return isFamily ? [`ko:${text}`] : [];
    case 'latin':
      return [
        ...(isFamily ? chineseSurnames(text).map((name) => `zh:${name}`) : []),
        ...(isFamily ? koreanSurnames(text).map((name) => `ko:${name}`) : []),
        ...(isRomaji(text) ? [`ja:${romajiSound(text)}`] : []),
      ];
    case 'alphabet':
    case 'consonants':
    case 'thai':
    case 'indic':
      return [];
  }
}

/** What of a family name its spellings have most in common, at a fifth of what the whole word costs. */
export interface FamilySpelling {
  readonly script: Script;
  readonly text: string;
  readonly readings: readonly string[];
  /** The first of the word's skeletons; empty for a script that has none. */
  readonly skeleton: string;
}

export function familySpelling(written: string): FamilySpelling {
  const { script, text, whole } = inLatin(written);
  return {
    script,
    text,
    readings: readingsOf(written, text, script, 'family'),
    skeleton: script === 'latin' ? skeleton(whole) || semitic(whole) : (skeletonsOf(whole, script)[0] ?? ''),
  };
}

/** Rival spellings in Latin letters as one: Sergey, Sergei; Sara, Sarah; Müller, Mueller; Yousuf, Yusuf. Vowels are kept apart. */
function soundOf(text: string): string {
  // Of short words an h is half the difference: Thang and Tang are two names.
  return (text.length < 6 ? text : text.replaceAll(/(?<=[kgtdb])h/g, ''))
    .replaceAll(/([aou])e(?!i)/g, '$1')
    .replaceAll(/ph/g, 'f')
    .replaceAll(/tsch|tch|tsh|cz/g, 'C')
    .replaceAll(/sch|sh/g, 'S')
    .replaceAll(/ch/g, 'C')
    .replaceAll(/ck|q/g, 'k')
    .replaceAll(/c(?=[eiy])/g, 's')
    .replaceAll(/c/g, 'k')
    .replaceAll(/x/g, 'ks')
    .replaceAll(/dj|dzh/g, 'j')
    .replaceAll(/w/g, 'v')
    .replaceAll(/ou|oo/g, 'u')
    .replaceAll(/(?<=[aeiouy])h(?![aeiouy])/g, '')
    .replaceAll(/ee|ie(?=$|[^aeiouy])/g, 'i')
    .replaceAll(/[jy](?=[aeou])/g, (letter, at: number) => (letter === 'j' && at === 0 ? 'j' : 'i'))
    .replaceAll(/ij|iy|[yj]$|y/g, 'i')
    .replaceAll(/ai|ei/g, 'ei')
    .replaceAll(/(.)\1+/g, '$1')
    .replace(/(?<=..)e$/, '');
}

/** How family names of Slavic languages end, in whatever way they are written. */
const SLAVIC =
  /(?:[oe][vw]a?|i[nj]a?|yna?|sk(?:i|y|ij|iy|ii|yj|aya|aia|aja|a)|enko|[cu]h?uk|i(?:c|ch|tsch|tch)|ko|aya|aia|aja|[iy][iyj])$/;

/** English, German, French and scholarly ways of writing Cyrillic as one: Zhukov, Schukow; Likhachev, Lichatschew, Lihačev. */
function slavicSound(text: string): string {
  return text
    .replaceAll(/shch|schtsch|chtch|stsch/g, 'S')
    .replaceAll(/tsch|tch|ch|kh|h(?!$)/g, (letters, at: number) =>
      letters === 'h' && /[szck]/.test(text[at - 1] ?? '') ? letters : 'X',
    )
    .replaceAll(/sX|sch|sh|zh|j(?=[aeou])(?<=(?:^|[^aeiou])j)/g, 'S')
    .replaceAll(/ts|tz|cz|c|z|s/g, 'Z')
    .replaceAll(/w/g, 'v')
    .replaceAll(/ou/g, 'u')
    .replaceAll(/[yji](?=[aeou])/g, '')
    .replaceAll(/[yj]/g, 'i')
    .replaceAll(/(.)\1+/g, '$1');
}

/** Consonants only, each by the class in which transliterations confuse it. */
function skeleton(text: string): string {
  return text
    .replaceAll(/tsch|tch|tsh/g, 'c')
    .replaceAll(/shch|sch|sh/g, 's')
    .replaceAll(/ph/g, 'f')
    .replaceAll(/ch/g, 'C')
    .replaceAll(/kh/g, 'K')
    .replaceAll(/zh|dj|dzh/g, 'j')
    .replaceAll(/ts|tz/g, 'z')
    .replaceAll(/ck|q|c/g, 'k')
    .replaceAll(/x/g, 'ks')
    .replaceAll(/w/g, 'v')
    .replaceAll(/[aeiouyh]/g, '')
    .replaceAll(/K/g, 'k')
    .replaceAll(/C/g, 'c')
    .replaceAll(/(.)\1+/g, '$1');
}

/** How the letters of Hebrew and Arabic are written in Latin ones; a long vowel is written, a short one is not. */
const LETTERS: Readonly<Record<string, string>> = {
  a: '[aeiou]+',
  av: '[aeiouvw]+',
  ay: '[aeiyj]+',
  y: '[iyej]+',
  v: '[vwoub]+',
  w: '[ouwv]+',
  h: '[haekcx]*',
  kh: '(?:kh|ch|k|c|q|h|x)+',
  gh: '(?:gh|g)',
  dh: '(?:dh|d|z|th)',
  th: '(?:th|t|s)',
  sh: '(?:sh|ch|sch|s)',
  ts: '(?:ts|tz|z|c)',
  k: '(?:k|c|q|ck|ch|kh)+',
  q: '(?:q|k|g|c)',
  s: '(?:s|c|z|sh)+',
  z: '(?:z|s|dh)+',
  f: '(?:f|p|ph)+',
  p: '(?:p|f|ph)+',
  b: '[bvp]+',
  g: '(?:g|j|dj)+',
  j: '(?:j|g|dj)+',
  t: '(?:t|th)+',
};

function patternOf(text: string): RegExp {
  const letters = text.replaceAll(/y+/g, 'y').match(/av|ay|kh|gh|dh|th|sh|ts|./g) ?? [];
  return new RegExp(
    `^${letters.map((letter) => `${LETTERS[letter] ?? `${letter}+`}[aeiou]?`).join('')}[aeh]*$`,
  );
}

/** The Arabic article, as it is said before the letter that follows. */
const ARTICLE = /^(?:[ae]l|as(?=s)|az(?=z)|ar(?=r)|an(?=n)|ad(?=d)|at(?=t)|ash(?=sh))(?=.{4})/;

function skeletonsOf(text: string, script: Script): string[] {
  const found = new Set<string>();
  const addSemitic = (form: string) => {
    const whole = semitic(form);
    found.add(whole);
    if (script === 'consonants' && whole.length > 3) found.add(whole.replace(/i$/, ''));
  };
  switch (script) {
    case 'han':
    case 'kana':
    case 'hangul':
      break;
    case 'latin': {
      found.add(skeleton(text));
      // As Hebrew and Arabic write it: vowel signs v and w left out, p and f, b and v, ch and k or h, j and g one letter.
      addSemitic(text);
      if (text.includes('ch')) {
        addSemitic(text.replaceAll('ch', 'k'));
        addSemitic(text.replaceAll('ch', 'sh'));
      }
      if (/ch|kh/.test(text)) addSemitic(text.replaceAll(/ch|kh/g, ''));
      if (ARTICLE.test(text)) addSemitic(text.replace(ARTICLE, ''));
      found.add(thaiSound(text));
      break;
    }
    case 'consonants':
      for (const form of ARTICLE.test(text) ? [text, text.replace(ARTICLE, '')] : [text]) {
        addSemitic(form);
        if (form.includes('kh')) addSemitic(form.replaceAll('kh', 'k'));
        // A v between consonants is o or u, and what is written v may be a b.
        if (/.v/.test(form)) addSemitic(form.replaceAll(/(?<=.)v/g, ''));
      }
      break;
    case 'thai':
      found.add(thaiSound(text));
      break;
    case 'indic':
      found.add(skeleton(text.replaceAll(/c(?!h)/g, 'ch')));
      break;
    case 'alphabet':
      found.add(skeleton(text));
      if (text.includes('g')) found.add(skeleton(text.replaceAll('g', 'h')));
      if (text.includes('kh')) found.add(skeleton(text.replaceAll('kh', 'h')));
      break;
  }
  found.delete('');
  return [...found];
}

/** The first sound where it is a vowel, h or y, and a last i, are written in every script. */
function semitic(text: string): string {
  const first = /^[aeiou]/.test(text) ? 'a' : (/^[hyw]/.exec(text)?.[0] ?? '');
  const last = /..[iy]$/.test(text) ? 'i' : '';
  const body = skeleton(text.replaceAll(/w|(?<=[aeiou])u/g, ''))
    .replaceAll(/c/g, 'k')
    .replaceAll(/p/g, 'f')
    .replaceAll(/v/g, 'b')
    .replaceAll(/j/g, 'g')
    .replaceAll(/z/g, 's')
    .replaceAll(/(.)\1+/g, '$1');
  return `~${first}${body}${last}`;
}

/** What a Thai spelling and a romanisation of it have in common: a final l or r is n, a final s, d, ch is t. */
function thaiSound(text: string): string {
  return `^${text
    .replaceAll(/ph/g, 'p')
    .replaceAll(/th/g, 't')
    .replaceAll(/kh/g, 'k')
    .replaceAll(/ng/g, 'N')
    .replaceAll(/ch|j/g, 'c')
    .replaceAll(/w|v/g, '')
    .replaceAll(/[lr](?![aeiouy])/g, 'n')
    .replaceAll(/[sdc](?=$)/g, 't')
    .replaceAll(/[aeiouyh]/g, '')
    .replaceAll(/b/g, 'p')
    .replaceAll(/g/g, 'k')
    .replaceAll(/d/g, 't')
    .replaceAll(/r/g, 'l')
    .replaceAll(/(.)\1+/g, '$1')}`;
}

const CODES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({ 1: 'bfpv', 2: 'cgjkqsxz', 3: 'dt', 4: 'lr', 5: 'mn' }).flatMap(([code, letters]) =>
    [...letters].map((letter) => [letter, code] as const),
  ),
);
const MOST_CODES = 4;

/** Of the word and of the readings it may have in another script. */
function codesOf(text: string, script: Script, sounds: readonly string[]): string[] {
  const codes = new Set<string>();
  const isLatin = script === 'latin';
  if (script !== 'consonants') codes.add(codeOf(text));
  else codes.add(codeOf(text.replaceAll(/w/g, '')));
  for (const sound of sounds) {
    if (codes.size >= MOST_CODES) break;
    // In Latin letters only what a table says of surnames; the rest sounds as it is written.
    if (isLatin ? /^(zh|ko):/.test(sound) : /^(zh|ko|ja):/.test(sound)) codes.add(codeOf(sound.slice(3)));
  }
  return [...codes];
}

/** Consonants by the place where they are spoken, five at most; nothing else of a word survives slips and scripts. */
function codeOf(text: string): string {
  let code = '';
  for (const letter of text.replaceAll('ng', 'n').replaceAll('x', 'ks')) {
    const digit = CODES[letter];
    if (digit !== undefined && !code.endsWith(digit)) code += digit;
    if (code.length === 5) break;
  }
  return code || (text[0] ?? '');
}
