import { defineConfig } from 'vite';

/** The loader: one plain script, which must stand still at one address and read its own tag. */
export default defineConfig({
  build: {
    target: 'es2022',
    emptyOutDir: false,
    rolldownOptions: {
      input: 'src/loader/main.ts',
      output: { format: 'iife', entryFileNames: 'in.js' },
    },
    reportCompressedSize: false,
  },
});
