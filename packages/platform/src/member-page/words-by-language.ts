import type { Language } from '../consent/index.ts';
import type { Words } from './words.ts';
import { de } from './words-de.ts';
import { en } from './words-en.ts';

export const WORDS: Readonly<Record<Language, Words>> = { en, de };
