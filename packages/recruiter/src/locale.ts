import { readPreference } from './shell/preferences.ts';

/** Read once: a page is in one language, and is loaded again for another. `en-XA` is made up, to find what was never translated. */
export const language = readPreference('language');

/** What dates, numbers and plurals follow. */
export const locale = language === 'en-XA' ? 'en' : language;
