import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// No request may leave the page's own host; tfjs on WebAssembly needs 'wasm-unsafe-eval'.
const contentSecurityPolicy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; " +
  "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; base-uri 'none'; form-action 'none'";

export default defineConfig({
  base: './',
  plugins: [
    react(),
    {
      name: 'content-security-policy',
      apply: 'build',
      transformIndexHtml: () => [
        {
          tag: 'meta',
          attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy },
          injectTo: 'head-prepend',
        },
      ],
    },
  ],
  define: { global: 'globalThis' }, // plotly.js and its dependencies read `global`
  worker: { format: 'es' }, // keeps the tfjs backends in chunks of their own
  build: { target: 'es2023', chunkSizeWarningLimit: 1500 },
  test: {
    include: ['{src,bench,workers}/**/*.test.{ts,tsx}'],
    environment: 'node',
    // Limits are for what hangs, not for what is slow: the machine may be busy with other things.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxWorkers: '100%',
    // Files of a worker share their modules, which keep no state between tests: loading them is a third of the time.
    isolate: false,
    pool: 'threads',
  },
});
