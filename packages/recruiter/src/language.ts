import { readPreference } from './shell/preferences.ts';

/** Read once: a page is in one language, and is loaded again for another. `en-XA` is made up, to find what was never translated. */
export const language = readPreference('language');

/** What dates, numbers and plurals follow. */
export const locale = language === 'en-XA' ? 'en' : language;

/** The words of a slice in another language: the same shape, each function with the same parameters. What is missing stands in English. */
export type Translation<W> = W extends string
  ? string
  : W extends (...values: infer Values) => infer Text
    ? (...values: Values) => Text extends string ? string : Text
    : { readonly [Key in keyof W]?: Translation<W[Key]> };

type Spoken<W> = W extends string
  ? string
  : W extends (...values: infer Values) => infer Text
    ? (...values: Values) => Text extends string ? string : Text
    : { readonly [Key in keyof W]: Spoken<W[Key]> };

/** The words in the language of the page. */
export function inLanguage<const W extends object>({ en, de }: { en: W; de: Translation<W> }): Spoken<W> {
  const words: unknown = spoken(en, de);
  return words as Spoken<W>; // it walks along `en`, so what comes out has its shape
}

function spoken(en: object, de: object): unknown {
  switch (language) {
    case 'en':
      return en;
    case 'de':
      return translated(en, de);
    case 'en-XA':
      return marked(en);
  }
}

export function translated(words: unknown, translation: unknown): unknown {
  if (translation === undefined) return words;
  if (!isGroup(words) || !isGroup(translation)) return translation;
  return Object.fromEntries(
    Object.entries(words).map(([name, value]) => [name, translated(value, translation[name])]),
  );
}

/** Every text between marks and with accents, also what a function says: a text without them was written into the code. */
export function marked(words: unknown): unknown {
  if (typeof words === 'string') return mark(words);
  if (typeof words === 'function') return (...values: unknown[]) => marked(words(...values));
  if (!isGroup(words)) return words;
  return Object.fromEntries(Object.entries(words).map(([name, value]) => [name, marked(value)]));
}

const ACCENTS: Readonly<Record<string, string>> = {
  a: 'á',
  e: 'é',
  i: 'í',
  o: 'ó',
  u: 'ú',
  A: 'Á',
  E: 'É',
  O: 'Ó',
};

/** A text of texts is marked once. */
function mark(text: string): string {
  if (text === '') return text;
  const bare = text.replaceAll(/[⟦⟧]/g, '');
  return `⟦${bare.replaceAll(/[aeiouAEO]/g, (letter) => ACCENTS[letter] ?? letter)}⟧`;
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
