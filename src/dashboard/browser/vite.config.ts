import { fileURLToPath } from 'node:url';
import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';
import { paletteSheet } from './palette-sheet.ts';

/** The live page as files that the daemon serves: all of them its own, no script inline. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [preact(), paletteSheet()],
  build: {
    outDir: fileURLToPath(new URL('../../../page', import.meta.url)),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    target: 'es2023',
  },
});
