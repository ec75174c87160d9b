import { useEffect } from 'react';
import { useSingleKey } from '../shell/single-key.ts';

/** Marks the link of a result row, for the keys that walk through them, with the person's id. */
export const ROW_LINK = 'data-row-link';

/** The person whose page was opened from the results last. */
let openedId: string | undefined;

export function rememberOpened(id: string): void {
  openedId = id;
}

/** `j` and `k` move the focus from person to person; Enter then opens, as on any link. */
export function useRowKeys(): void {
  useSingleKey('j', () => step(1));
  useSingleKey('k', () => step(-1));
}

/** Who comes back to the results goes on at the row they left from. */
export function useFocusOnOpened(isShown: boolean): void {
  useEffect(() => {
    if (!isShown || openedId === undefined) return;
    const link = linkOf(openedId);
    openedId = undefined;
    link?.focus({ preventScroll: true });
  }, [isShown]);
}

/** In the person's row what opens the pane, else the name. */
export function openerOf(id: string): HTMLElement | null {
  const link = linkOf(id);
  return rowOf(link)?.querySelector<HTMLElement>('[aria-haspopup="dialog"]') ?? link;
}

/** Brings the person's row into the window, where it is not. */
export function showRow(id: string): void {
  rowOf(linkOf(id))?.scrollIntoView({ block: 'nearest' });
}

const linkOf = (id: string) => document.querySelector<HTMLElement>(`[${ROW_LINK}="${CSS.escape(id)}"]`);

const rowOf = (element: Element | null) => element?.closest('[data-row]') ?? null;

function step(by: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLElement>(`[${ROW_LINK}]`)];
  const row = rowOf(document.activeElement)?.querySelector<HTMLElement>(`[${ROW_LINK}]`);
  const at = row ? links.indexOf(row) : -1;
  const next = at === -1 ? links.at(0) : links[at + by];
  next?.focus();
  rowOf(next ?? null)?.scrollIntoView({ block: 'nearest' });
}
