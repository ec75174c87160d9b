import { useSingleKey } from '../shell/single-key.ts';

/** Marks the link of a result row, for the keys that walk through them. */
export const ROW_LINK = 'data-row-link';

/** `j` and `k` move the focus from person to person; Enter then opens, as on any link. */
export function useRowKeys(): void {
  useSingleKey('j', () => step(1));
  useSingleKey('k', () => step(-1));
}

function step(by: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLElement>(`[${ROW_LINK}]`)];
  const row = document.activeElement?.closest('[data-row]')?.querySelector<HTMLElement>(`[${ROW_LINK}]`);
  const at = row ? links.indexOf(row) : -1;
  const next = at === -1 ? links.at(0) : links[at + by];
  next?.focus();
  next?.closest('[data-row]')?.scrollIntoView({ block: 'nearest' });
}
