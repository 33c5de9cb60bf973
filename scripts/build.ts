/** Builds `dist/` for the package: JavaScript and declarations from `src/`, and the pages from `web/`. */
import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
rmSync(`${root}dist`, { recursive: true, force: true });
execFileSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, '-p', `${root}tsconfig.build.json`], {
  stdio: 'inherit',
});
cpSync(`${root}src/i18n`, `${root}dist/i18n`, { recursive: true, filter: (path) => !path.endsWith('.ts') });
execFileSync(process.execPath, [`${root}scripts/pages.ts`], { stdio: 'inherit' });
