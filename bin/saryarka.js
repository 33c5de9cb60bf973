#!/usr/bin/env node
// Starts the command line with Node 24: the Node that is running if it is new enough, else the one that npm installed beside us.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const NEEDED = 24;
const source = new URL('../src/cli/main.ts', import.meta.url);
const built = new URL('../dist/cli/main.js', import.meta.url);

if (Number(process.versions.node.split('.')[0]) >= NEEDED) {
  module.enableCompileCache?.();
  const { main } = await import(existsSync(source) ? source : built);
  process.exitCode = await main(process.argv.slice(2));
} else {
  const node = ownNode();
  if (node === null) {
    console.error(
      `Node ${process.versions.node} is too old: Saryarka needs Node ${NEEDED}. Install it, or let npm run the install script of the package "node" (npm install-scripts approve node) and install again.`,
    );
    process.exitCode = 2;
  } else {
    const { status, signal } = spawnSync(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
    process.exitCode = status ?? (signal === null ? 1 : 128);
  }
}

function ownNode() {
  try {
    const path = module.createRequire(import.meta.url).resolve('node/bin/node');
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}
