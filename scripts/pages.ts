/** Builds the pages into `dist/web`; runs by itself after `npm install` in a checkout. */
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const vite = await import('vite').catch(() => null);
if (vite === null) console.warn('Without the development packages the pages are not built: npm install --include=dev');
else await vite.build({ configFile: `${root}vite.config.ts`, root: `${root}web`, logLevel: 'warn' });
