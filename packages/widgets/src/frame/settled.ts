/**
 * A page could move the frame under a click that was meant for something else. So what cannot be taken back is done only by a
 * real press on a frame that has been in view for a while.
 */
const SETTLED_MS = 500;
let inViewSince = Number.POSITIVE_INFINITY;

export function watchView(): void {
  new IntersectionObserver(([entry]) => {
    inViewSince = entry?.isIntersecting ? performance.now() : Number.POSITIVE_INFINITY;
  }).observe(document.body);
}

/** For the handler of a button that links, unlinks, sends, exports or asks for an integration. */
export function isDeliberate(event: Event): boolean {
  return event.isTrusted && performance.now() - inViewSince >= SETTLED_MS;
}
