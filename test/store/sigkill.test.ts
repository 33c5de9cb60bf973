/** A writer killed at any moment loses nothing that it was told is stored, and leaves a file that opens. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { all } from '../../src/store/db.ts';
import { closeDossier, openDossier, verifyDossier } from '../../src/store/dossier.ts';
import { smallDossier } from './facts-fixture.ts';

const KILLS = 200;
const WRITERS = 2;

test(`a writer killed ${KILLS} times loses no acknowledged write and leaves a sound file`, { timeout: 110_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'saryarka-kill-'));
  try {
    const kills = await Promise.all(
      Array.from({ length: WRITERS }, (_, i) => killMany(join(folder, `${i}.gpkg`), KILLS / WRITERS)),
    );
    expect(kills.reduce((a, b) => a + b)).toBe(KILLS);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

async function killMany(path: string, times: number): Promise<number> {
  closeDossier(smallDossier(path));
  const acknowledged = new Set<string>();
  for (let round = 0; round < times; round++) {
    for (const id of await killOnce(path, round)) acknowledged.add(id);
    const db = openDossier(path);
    const stored = new Set(all<{ id: string }>(db, 'select id from observations').map((row) => row.id));
    const audited = all<{ n: number }>(db, "select count(*) as n from audit where noun = 'observations'")[0]?.n;
    const missing = [...acknowledged].filter((id) => !stored.has(id));
    expect(missing, `after kill ${round + 1}`).toEqual([]);
    expect(audited, 'each stored row has its audit entry').toBe(stored.size);
    if (round % 10 === 9) expect(verifyDossier(db)).toEqual([]);
    closeDossier(db);
  }
  return times;
}

/** Starts a writer, lets it acknowledge some writes, kills it; the moments are spread over the writes by the round. */
function killOnce(path: string, round: number): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'sigkill-writer.ts'), path, String(round)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let told = '';
    let armed = false;
    child.stdout.on('data', (chunk: Buffer) => {
      told += chunk.toString();
      if (armed) return;
      armed = true;
      setTimeout(() => child.kill('SIGKILL'), (round * 7) % 40);
    });
    child.on('error', reject);
    child.on('close', (status, signal) => {
      if (signal !== 'SIGKILL') reject(new Error(`the writer ended by itself: ${status}`));
      else resolve(told.split('\n').slice(0, -1));
    });
  });
}
