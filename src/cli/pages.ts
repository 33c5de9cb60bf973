/** The built pages of the observatory, read once. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { WebFile } from '../server/context.ts';

const MEDIA_TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
};

/** Beside the compiled sources in the package, under `dist/` in a checkout. */
const FOLDERS = ['../web', '../../dist/web'].map((path) => join(import.meta.dirname, path));

/** Files of the pages by path; none where they are not built. @param folders looked through for the first that holds pages */
export function builtPages(folders: readonly string[] = FOLDERS): ReadonlyMap<string, WebFile> {
  const folder = folders.find((path) => existsSync(join(path, 'index.html')) && existsSync(join(path, 'assets')));
  if (folder === undefined) return new Map();
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
  return new Map(
    names.map((name) => {
      const bytes = new Uint8Array(readFileSync(join(folder, name)));
      const mediaType = MEDIA_TYPES[extname(name)] ?? 'application/octet-stream';
      return [name.replaceAll('\\', '/'), { bytes, gzip: new Uint8Array(gzipSync(bytes)), mediaType }];
    }),
  );
}
