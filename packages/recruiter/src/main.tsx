import { loadWords } from './language.ts';
import { locale } from './locale.ts';
import { applyTheme } from './shell/preferences.ts';
import './tokens.css';
import './page.css';

applyTheme();
document.documentElement.lang = locale;
void begin();

/** No top-level await: the parts import this one, and would wait for it while it waits for them. */
async function begin(): Promise<void> {
  await loadWords();
  const { renderApp } = await import('./app.tsx');
  renderApp();
}
