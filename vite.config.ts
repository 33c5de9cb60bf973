/** The pages of the observatory: `web/` into `dist/web/`. Everything is served from there; nothing is loaded from elsewhere. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const PUBLIC = fileURLToPath(new URL('web/public/', import.meta.url));

export default defineConfig({
  root: 'web',
  publicDir: 'public',
  plugins: [serviceWorkerFiles()],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      input: ['web/index.html', 'web/sw.ts'].map((path) => fileURLToPath(new URL(path, import.meta.url))),
      output: { entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js') },
    },
  },
});

/** Tells the service worker which files there are, and one digest for all of them. */
function serviceWorkerFiles(): Plugin {
  return {
    name: 'service-worker-files',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const worker = bundle['sw.js'];
        if (worker?.type !== 'chunk') throw new Error('sw.js was not built');
        if (worker.imports.length > 0) throw new Error(`sw.js has to stand alone, and imports ${worker.imports.join(', ')}`);
        const files = new Map<string, string | Uint8Array>(
          readdirSync(PUBLIC).map((name) => [name, readFileSync(PUBLIC + name)]),
        );
        for (const [name, file] of Object.entries(bundle))
          if (name !== 'sw.js') files.set(name, file.type === 'chunk' ? file.code : file.source);
        const digest = createHash('sha256');
        const names = [...files.keys()].sort();
        for (const name of names) digest.update(name).update(files.get(name) ?? '');
        digest.update(worker.code);
        worker.code = worker.code
          .replaceAll('__FILES__', JSON.stringify(names.map((name) => `/${name}`)))
          .replaceAll('__DIGEST__', JSON.stringify(digest.digest('hex').slice(0, 16)));
      },
    },
  };
}
