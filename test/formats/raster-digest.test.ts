import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { digestOfRaster } from '../../src/formats/raster-digest.ts';
import { digestOfSource } from '../../src/formats/source-node.ts';

const cubes = join(import.meta.dirname, '..', 'golden', 'cubes');
const folder = mkdtempSync(join(tmpdir(), 'saryarka-digest-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a variable of a cube has the digest of its file', async () => {
  const file = join(cubes, 'packed-hdf5.nc');
  expect(await digestOfRaster(`${file}#pr`)).toBe(await digestOfSource(file));
  expect(await digestOfRaster(file)).toBe(await digestOfSource(file));
  await expect(digestOfRaster(join(folder, 'none.nc#pr'))).rejects.toMatchObject({ code: 'file-missing' });
});

test('a Zarr folder has one digest of all its files, which any of them changes', async () => {
  const copy = join(folder, 'a.zarr');
  cpSync(join(cubes, 'v2-folder.zarr'), copy, { recursive: true });
  const before = await digestOfRaster(copy);
  expect(before).toBe(await digestOfRaster(join(cubes, 'v2-folder.zarr')));
  writeFileSync(join(copy, 'more'), 'x');
  expect(await digestOfRaster(copy)).not.toBe(before);
});
