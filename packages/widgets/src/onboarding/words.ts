import { isGerman } from '../frame/words.ts';
import { en } from './words-en.ts';

export type OnboardingWords = typeof en;

let words: OnboardingWords = en;

/** Fetches what is not English for those only who read it. */
export async function loadWords(lang: string): Promise<void> {
  if (isGerman(lang)) words = (await import('./words-de.ts')).de;
}

export const onboardingWords = (): OnboardingWords => words;
