import { inLanguage } from '../frame/words.ts';
import { de } from './words-de.ts';
import { en } from './words-en.ts';

export type OnboardingWords = typeof en;

export const onboardingWords = (lang: string): OnboardingWords => inLanguage(lang, { en, de });
