import { language } from './locale.ts';

/** The words of a slice in another language: the same shape, each function with the same parameters, nothing left out. */
export type Translation<W> = W extends string
  ? string
  : W extends (...values: infer Values) => infer Text
    ? (...values: Values) => Text extends string ? string : Text
    : { readonly [Key in keyof W]: Translation<W[Key]> };

/** Whose words there are. Listed rather than taken from `german`: words may quote those of another slice. */
export type WordsOf =
  | 'account'
  | 'activities'
  | 'admin'
  | 'charts'
  | 'conversations'
  | 'erasure'
  | 'export'
  | 'firstSteps'
  | 'help'
  | 'home'
  | 'jobs'
  | 'matches'
  | 'merge'
  | 'messages'
  | 'notices'
  | 'partnerAudit'
  | 'partnerConsole'
  | 'profile'
  | 'projects'
  | 'reports'
  | 'search'
  | 'sync';

type Loaded = typeof import('./german.ts');
let loaded: Loaded | undefined;

/** Before the first word is read: what is not English comes in a part of its own, which nobody else loads. */
export async function loadWords(): Promise<void> {
  if (language === 'de') loaded = await import('./german.ts');
}

/** The words of a slice in the language of the page. */
export function inLanguage<const W extends object>(slice: WordsOf, en: W): Translation<W> {
  const words: unknown = spoken(slice, en);
  return words as Translation<W>; // the German of a slice is declared as a translation of its English
}

/** What a refusal of the server says, in the language of the page; in the server's words where the app does not know its code. */
export function explainRefusal({
  code,
  message,
}: {
  readonly code: string;
  readonly message: string;
}): string {
  switch (language) {
    case 'en':
      return message;
    case 'de':
      return inWordsOf(loaded?.refusals ?? {}, code, message);
    case 'en-XA':
      return mark(message);
  }
}

export function inWordsOf(
  refusals: Readonly<Record<string, string | ((said: string) => string)>>,
  code: string,
  message: string,
): string {
  const words = Object.hasOwn(refusals, code) ? refusals[code] : undefined;
  return typeof words === 'function' ? words(message) : (words ?? message);
}

function spoken(slice: WordsOf, en: object): unknown {
  switch (language) {
    case 'en':
      return en;
    case 'de':
      // Imported by a translation itself, or before `loadWords`: English would stand there for good.
      if (!loaded) throw new Error(`the words of ${slice} are read before German is loaded`);
      return loaded.german[slice];
    case 'en-XA':
      return marked(en);
  }
}

/** Every text between marks and with accents, also what a function says: a text without them was written into the code. */
export function marked(words: unknown): unknown {
  if (typeof words === 'string') return mark(words);
  if (typeof words === 'function') return (...values: unknown[]) => marked(words(...values));
  if (Array.isArray(words)) return words.map(marked);
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
  return typeof value === 'object' && value !== null;
}
