import { en } from './words-en.ts';

export type FrameWords = typeof en;

let words: FrameWords = en;

/** `de`, `de_DE` and `de-AT`; whatever we do not speak is English. */
export const isGerman = (lang: string): boolean => /^de(?![a-z])/i.test(lang);

export function inLanguage<T>(lang: string, texts: { readonly en: T; readonly de: T }): T {
  return isGerman(lang) ? texts.de : texts.en;
}

/** Fetches what is not English for those only who read it. */
export async function loadFrameWords(lang: string): Promise<void> {
  if (isGerman(lang)) words = (await import('./words-de.ts')).de;
}

export const frameWords = (): FrameWords => words;
