import react from '@vitejs/plugin-react';
import { defineConfig, type HtmlTagDescriptor, type Plugin } from 'vite';

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

/**
 * The entry loads the words before the app, which reads them as it starts. The app's part is named in the page all the
 * same: it is fetched beside the entry and not after it.
 */
const fetchAppAtOnce: Plugin = {
  name: 'fetch-app-at-once',
  transformIndexHtml: {
    order: 'post',
    handler: (_html, { bundle = {} }) => {
      const names = new Set<string>();
      const styles = new Set<string>();
      const add = (name: string) => {
        const part = bundle[name];
        if (part?.type !== 'chunk' || part.isEntry || names.has(name)) return;
        names.add(name);
        for (const style of part.viteMetadata?.importedCss ?? []) styles.add(style);
        for (const each of part.imports) add(each);
      };
      const app = Object.values(bundle).find(
        (part) => part.type === 'chunk' && part.facadeModuleId?.endsWith('/src/app.tsx'),
      );
      if (app) add(app.fileName);
      const linkTo = (rel: string, name: string): HtmlTagDescriptor => ({
        tag: 'link',
        attrs: { rel, crossorigin: true, href: `/${name}` },
        injectTo: 'head',
      });
      return [
        ...[...names].map((name) => linkTo('modulepreload', name)),
        ...[...styles].map((name) => linkTo('stylesheet', name)),
      ];
    },
  },
};

export default defineConfig({
  plugins: [react(), paintAfterEntry, fetchAppAtOnce],
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
