import { inLanguage } from '../frame/words.ts';
import { de } from './words-de.ts';
import { en } from './words-en.ts';

export type Words = typeof en;

export const wordsOf = (lang: string): Words => inLanguage(lang, { en, de });
