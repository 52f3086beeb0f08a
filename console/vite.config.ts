import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { icons } from './build/icons.js';

/** The host that `npm run dev:console` sends the calls of the API to. */
const host = process.env['PARLEY_URL'] ?? 'http://127.0.0.1:3000';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), icons()],
  build: {
    outDir: '../dist/console',
    emptyOutDir: true,
    target: 'es2023',
    // A file of its own for each, whatever its size: the content policy allows no scripts and fonts inside of pages.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2_000,
  },
  server: { proxy: { '/api': { target: host } } },
});
