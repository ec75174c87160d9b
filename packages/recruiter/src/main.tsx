import { language, locale, speak } from './language.ts';
import { applyTheme } from './shell/preferences.ts';
import './tokens.css';
import './page.css';

applyTheme();
document.documentElement.lang = locale;
void begin();

/** No top-level await: the parts import this one, and would wait for it while it waits for them. */
async function begin(): Promise<void> {
  if (language === 'de') speak((await import('./german.ts')).german);
  const { renderApp } = await import('./app.tsx');
  renderApp();
}
