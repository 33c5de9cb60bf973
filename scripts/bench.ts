/**
 * Runs the files of `bench/`, or those named: `npm run bench -- areas`, `npm run bench -- circuit population`. Each prints its own figures; words
 * after the names go to it. What only joins the figures of others (`life`) runs when it is named, so that nothing is measured twice.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const JOINING = ['life'];

const folder = fileURLToPath(new URL('../bench/', import.meta.url));
const known = readdirSync(folder).flatMap((name) => (name.endsWith('.ts') ? [name.slice(0, -'.ts'.length)] : []));
const words = process.argv.slice(2);
// what follows a joining bench is for it, names of benches included
const first = words.findIndex((word) => !known.includes(word) || JOINING.includes(word));
const last = first === -1 ? words.length : JOINING.includes(words[first] ?? '') ? first + 1 : first;
const named = words.slice(0, last);
const names = words.length === 0 ? known.filter((name) => !JOINING.includes(name)) : named;
for (const name of names) {
  console.log(`\n== ${name}.ts`);
  const { status } = spawnSync(process.execPath, [`${folder}${name}.ts`, ...words.slice(last)], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
if (names.length === 0) {
  console.error(`no file bench/${words[0]}.ts; there are ${known.join(', ')}`);
  process.exitCode = 2;
}
