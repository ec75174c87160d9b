import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** All that depends on the theme. */
const OF_COLOUR = ['color-contrast', 'link-in-text-block'];

const THEMES = ['light', 'dark'] as const;

/**
 * What axe finds in either theme, as text that says where; empty when it finds nothing. The page is left in the light one. Frames of
 * other sites are looked into on request: that costs a page of its own, about as much as all the rest.
 */
export async function findViolations(page: Page, { frames = false } = {}): Promise<string[]> {
  const axe = () => new AxeBuilder({ page }).setLegacyMode(!frames);
  // Without motion nothing is measured half-way through a fade.
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  const dark = await violations(axe().withRules(OF_COLOUR));
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await violations(axe().withTags(TAGS));
  return [...dark.map((found) => `dark: ${found}`), ...light];
}

async function violations(builder: AxeBuilder): Promise<string[]> {
  const { violations: found } = await builder.analyze();
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

/** Both themes into the folder that CARRICK_SCREENS names, if it names one. */
export async function takePictures(
  page: Page,
  name: (theme: (typeof THEMES)[number]) => string,
  options: { readonly fullPage?: boolean } = {},
): Promise<void> {
  const folder = process.env.CARRICK_SCREENS;
  if (!folder) return;
  for (const theme of THEMES) {
    await page.emulateMedia({ colorScheme: theme });
    await page.screenshot({ path: `${folder}/${name(theme)}.png`, ...options });
  }
  await page.emulateMedia({ colorScheme: 'light' });
}
