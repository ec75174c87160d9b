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
  /** What rival spellings of it have in common, by language; two words with one of them in common are spellings of one name. */
  readonly sounds: readonly string[];
  /** Only where both names are of that language: less is kept of the letters. */
  readonly chinese: string;
  readonly korean: string;
  /** The consonants, in ways that another script may give them. */
  readonly skeletons: readonly string[];
}

export type Part = 'given' | 'family';

const RIVALS = new Map<string, string[]>();
for (const line of rivals) {
  const [first = '', ...others] = line.split(' ');
  for (const spelling of [first, ...others])
    RIVALS.set(spelling, [...(RIVALS.get(spelling) ?? []), `=${first}`]);
}

/** Words come again and again; a word costs 10 µs. */
const known: Record<Part, Map<string, Word>> = { given: new Map(), family: new Map() };
const MOST_KNOWN = 20_000;

/** `written`: one word in whatever script. */
export function wordOf(written: string, part: Part): Word {
  const cache = known[part];
  const found = cache.get(written);
  if (found) return found;
  const word = makeWord(written, part);
  if (cache.size >= MOST_KNOWN) cache.clear();
  cache.set(written, word);
  return word;
}

function lettersOf(written: string, script: Script): string {
  if (script === 'han' && !/[\u3040-\u30ff]/.test(written)) return pinyinOf(written);
  return script === 'hangul' ? romaniseHangul(written) : romanise(written);
}

function makeWord(written: string, part: Part): Word {
  const script = scriptOf(written);
  const text = lettersOf(written, script).replaceAll(/[^a-z0-9]/g, '');
  const sounds = new Set<string>([soundOf(text), ...(RIVALS.get(text) ?? [])]);
  if (script === 'han') {
    for (const reading of japaneseReadings(written, part)) sounds.add(`ja:${reading}`);
    if (part === 'family') sounds.add(`zh:${text}`);
  } else if (script === 'kana') sounds.add(`ja:${romajiSound(text)}`);
  else if (script === 'hangul') {
    if (part === 'family') sounds.add(`ko:${text}`);
  } else if (script === 'latin') {
    if (part === 'family') {
      for (const name of chineseSurnames(text)) sounds.add(`zh:${name}`);
      for (const name of koreanSurnames(text)) sounds.add(`ko:${name}`);
    }
    if (isRomaji(text)) sounds.add(`ja:${romajiSound(text)}`);
  }
  return {
    text,
    script,
    sounds: [...sounds],
    chinese: script === 'han' || script === 'latin' ? sinoSound(text) : '',
    korean: script === 'hangul' || script === 'latin' ? koreanSound(text) : '',
    skeletons: skeletonsOf(script === 'consonants' && beginsWithVowel(written) ? `a${text}` : text, script),
  };
}

/** Rival spellings in Latin letters as one: Sergey, Sergei; Sara, Sarah; Müller, Mueller; Yousuf, Yusuf. Vowels are kept apart. */
export function soundOf(text: string): string {
  return text
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
    .replaceAll(/([kgtdb])h/g, '$1')
    .replaceAll(/h(?![aeiouyv])/g, '')
    .replaceAll(/ee|ie(?=$|[^aeiouy])/g, 'i')
    .replaceAll(/[jy](?=[aeou])/g, (letter, at: number) => (letter === 'j' && at === 0 ? 'j' : 'i'))
    .replaceAll(/ij|iy|[yj]$|y/g, 'i')
    .replaceAll(/ai|ei/g, 'ei')
    .replaceAll(/(.)\1+/g, '$1')
    .replace(/(?<=..)e$/, '');
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

function skeletonsOf(text: string, script: Script): string[] {
  const found = new Set<string>();
  const add = (form: string) => {
    if (form) found.add(form);
  };
  switch (script) {
    case 'han':
    case 'kana':
    case 'hangul':
      break;
    case 'latin': {
      const plain = skeleton(text);
      add(plain);
      // As Hebrew and Arabic write it: vowel signs v and w left out, p and f, b and v, ch and k or h, j and g one letter.
      add(semitic(text));
      add(semitic(text.replaceAll(/ch/g, 'k')));
      add(semitic(text.replaceAll(/ch|kh/g, '')));
      add(thaiSound(text));
      break;
    }
    case 'consonants':
      add(semitic(text));
      add(semitic(text.replaceAll(/kh/g, 'k')));
      add(semitic(text.replaceAll(/kh/g, '')));
      // A v between consonants is o or u, and what is written v may be a b.
      add(semitic(text.replaceAll(/(?<=.)v/g, '')));
      add(semitic(text.replaceAll(/(?<=.)v/g, 'b')));
      break;
    case 'thai':
      add(thaiSound(text));
      break;
    case 'indic':
      add(skeleton(text.replaceAll(/c(?!h)/g, 'ch')));
      break;
    case 'alphabet':
      add(skeleton(text));
      add(skeleton(text.replaceAll(/g/g, 'h')));
      add(skeleton(text.replaceAll(/kh/g, 'h')));
      break;
  }
  return [...found];
}

/** The first sound where it is a vowel, h or y, and a last i, are written in every script. */
function semitic(text: string): string {
  const first = /^[aeiou]/.test(text) ? 'a' : (/^[hy]/.exec(text)?.[0] ?? '');
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
