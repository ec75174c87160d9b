import type { WidgetErrorCode } from '@carrick/protocol/widget';

/** What went wrong, for whoever builds the page: on the console with the original's prefix, and as an event on the tag. */
export function report(tag: Element, code: WidgetErrorCode, text: string): void {
  console.error(`Error trying to initialize the widget! Error is :${code}: ${text}`);
  tell(tag, 'error', { code, text });
}

/** For the page's own monitoring: `rsc:ready` and `rsc:error` on the tag. */
export function tell(tag: Element, event: 'ready' | 'error', detail?: object): void {
  tag.dispatchEvent(new CustomEvent(`rsc:${event}`, { bubbles: true, detail }));
}

/** The same where the frame would be, for whoever looks at the page. By script, so that no style of the page's policy is needed. */
export function show(place: HTMLElement, text: string): HTMLElement {
  const box = document.createElement('p');
  box.setAttribute('role', 'alert');
  box.textContent = text;
  box.style.cssText = 'margin:0;padding:12px;border:1px solid #b3261e;background:#fff;color:#1b2430';
  place.append(box);
  return box;
}

export function note(text: string): void {
  console.warn(`in.js: ${text}`);
}
