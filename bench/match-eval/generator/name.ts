import type { Random } from './random.ts';

export type Gender = 'female' | 'male';

/** One way of writing a name. */
export interface Written {
  readonly given: string;
  readonly family: string;
  readonly middle?: string;
}

export interface PersonName {
  readonly gender: Gender;
  /** As the person would write it, in the person's own script. */
  readonly own: Written;
  /** In Latin letters, the usual way. The same as `own` where that is Latin. */
  readonly latin: Written;
  /** In Latin letters, another way that somebody else might choose. */
  readonly rival: (random: Random) => Written;
  readonly suffix?: string;
}

/** A language's names. */
export interface NameSource {
  readonly script: Script;
  name(random: Random, gender: Gender): PersonName;
  /** Another person of the same language: the same family name where `family` is given. */
  sibling(random: Random, of: PersonName, gender: Gender): PersonName;
}

export type Script = 'latin' | 'vietnamese' | 'cyrillic' | 'arabic' | 'han' | 'kana' | 'hangul';

export function capitalised(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

/** Without accents. */
export function plain(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D')
    .replaceAll('ł', 'l')
    .replaceAll('Ł', 'L')
    .replaceAll('ø', 'o')
    .replaceAll('Ø', 'O')
    .replaceAll('ı', 'i')
    .replaceAll('ß', 'ss')
    .replaceAll('æ', 'ae');
}

/** `written=Latin|Other|…` or, where both agree, `written`; separated by blanks. */
export function spellings(list: string): Spelling[] {
  return list
    .trim()
    .split(/\s+/)
    .map((item) => {
      const [native = '', latin = native] = item.split('=');
      const [usual = native, ...others] = latin.split('|').map((form) => form.replaceAll('_', ' '));
      return { native: native.replaceAll('_', ' '), usual, others };
    });
}

export interface Spelling {
  readonly native: string;
  readonly usual: string;
  /** Rival ways of writing it in Latin letters. */
  readonly others: readonly string[];
}

export function anyForm(random: Random, { usual, others }: Spelling): string {
  return others.length === 0 ? usual : random.pick([...others, usual]);
}
