import { de } from './words-de.ts';
import { en } from './words-en.ts';

export type FrameWords = typeof en;

/** `de`, `de_DE` and `de-AT`; whatever we do not speak is English. */
export const isGerman = (lang: string): boolean => /^de(?![a-z])/i.test(lang);

export function inLanguage<T>(lang: string, texts: { readonly en: T; readonly de: T }): T {
  return isGerman(lang) ? texts.de : texts.en;
}

export const frameWords = (lang: string): FrameWords => inLanguage(lang, { en, de });
