import { defineConfig } from 'vite';

/** The frames: one entry a kind, and what they have in common once. The platform finds the files by the manifest. */
export default defineConfig({
  base: '/widgets/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2022',
    manifest: 'manifest.json',
    rolldownOptions: {
      input: { hcm: 'src/profile/main.tsx', onboarding: 'src/onboarding/main.tsx' },
    },
    // An inlined asset would be a data: address, which the content security policy refuses.
    assetsInlineLimit: 0,
    modulePreload: false,
    reportCompressedSize: false,
  },
});
