/** The built pages: files by name, and for every other address the one page that all screens are in. */
import type { WebFile } from './context.ts';

/** Names of files that the build made carry a digest: what is under them never changes. */
const NEVER_CHANGES = /^assets\//;

export function webFile(pages: ReadonlyMap<string, WebFile>, request: Request): Response {
  const name = decodeURIComponent(new URL(request.url).pathname).slice(1);
  const page =
    pages.get(name === 'favicon.ico' ? 'icon.svg' : name) ?? (/\.\w+$/.test(name) ? undefined : pages.get('index.html'));
  if (page === undefined) {
    const text = pages.size === 0 ? 'The pages are not built: npm run build' : 'not found';
    return new Response(text, { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' } });
  }
  const zipped = /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '');
  return new Response(zipped ? page.gzip : page.bytes, {
    headers: {
      'content-type': page.mediaType,
      'cache-control': NEVER_CHANGES.test(name) ? 'public, max-age=31536000, immutable' : 'no-cache',
      vary: 'accept-encoding',
      ...(zipped ? { 'content-encoding': 'gzip' } : {}),
    },
  });
}
