import type { Host } from './connect.ts';

/** Tells the page how high the content is: once per picture, and only when it changed by a pixel. */
export function followHeight({ tell }: Host): void {
  let told = 0;
  let isDue = false;
  const measure = () => {
    isDue = false;
    const h = Math.ceil(document.body.getBoundingClientRect().height);
    if (Math.abs(h - told) < 1) return;
    told = h;
    tell({ in: 'resize', h });
  };
  new ResizeObserver(() => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(measure);
  }).observe(document.body);
}
