import { fileURLToPath, URL } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';
import { ownFiles } from './build/own-files';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const server = process.env.FENGQIAO_URL ?? 'http://127.0.0.1:8080';

// Two entry pages, one build. No file is inlined: the Content-Security-Policy
// allows neither inline scripts nor data: fonts.
export default defineConfig({
  plugins: [vue(), ownFiles()],
  resolve: { alias: { '@': here('./src') } },
  build: {
    target: 'es2021',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    reportCompressedSize: false,
    rollupOptions: {
      input: { desk: here('./index.html'), door: here('./door.html') },
      output: { chunkFileNames: (chunk) => `assets/${chunk.name.replace(/\..*/, '')}-[hash].js` },
    },
  },
  server: {
    proxy: {
      '/api': server,
      '/healthz': server,
    },
  },
  test: { environment: 'jsdom', include: ['src/**/*.test.ts', 'tests/**/*.test.ts'] },
});
