import { de } from './words-de.ts';
import { en } from './words-en.ts';

export type FrameWords = typeof en;

/** `de`, `de_DE` and `de-AT` are German; whatever we do not speak is English. */
export function inLanguage<T>(lang: string, texts: { readonly en: T; readonly de: T }): T {
  return /^de(?![a-z])/i.test(lang) ? texts.de : texts.en;
}

export const frameWords = (lang: string): FrameWords => inLanguage(lang, { en, de });
