import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/**
 * Holds the first paint until the entry script has set the chosen theme, so that a dark page never flashes white.
 * Inline scripts are ruled out by the content security policy.
 */
const paintAfterEntry: Plugin = {
  name: 'paint-after-entry',
  transformIndexHtml: {
    order: 'post',
    handler: (html) => html.replace('<script type="module"', '<script type="module" blocking="render"'),
  },
};

export default defineConfig({
  plugins: [react(), paintAfterEntry],
  build: {
    target: 'es2024',
    // An inlined asset would be a data: address, which the content security policy refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: {
    proxy: { '/app/api': process.env.CARRICK_URL ?? 'http://localhost:8080' },
  },
});
