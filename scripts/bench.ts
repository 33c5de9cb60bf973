/** Runs the files of `bench/`, or the one named: `npm run bench -- areas`. Each prints its own figures. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../bench/', import.meta.url));
const [wanted, ...parts] = process.argv.slice(2);
const files = readdirSync(folder).filter((name) => name.endsWith('.ts') && (wanted === undefined || name === `${wanted}.ts`));
for (const file of files) {
  console.log(`\n== ${file}`);
  const { status } = spawnSync(process.execPath, [`${folder}${file}`, ...parts], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
if (files.length === 0) {
  console.error(`no file bench/${wanted}.ts`);
  process.exitCode = 2;
}
