import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { all, get, run, transaction } from '../../src/store/db.ts';
import { closeDossier, createDossier, dossierBytes, isDossier, openDossier, verifyDossier } from '../../src/store/dossier.ts';
import { listObservations, putObservation } from '../../src/store/observations.ts';
import { getSite, putSite } from '../../src/store/sites.ts';
import { listAudit, remove } from '../../src/store/write.ts';
import type { Origin } from '../../src/types.ts';
import { almaty, smallDossier, total } from './facts-fixture.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'saryarka-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const code = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'nothing was thrown';
};

describe('dossier: what is stored', () => {
  test('an observation comes back as it was put', () => {
    const db = smallDossier();
    putObservation(db, 'test', total);
    expect(listObservations(db)).toEqual([total]);
  });

  test('an observation without run, dataset row or source is refused by the database itself', () => {
    const db = smallDossier();
    expect(code(() => putObservation(db, 'test', { ...total, from: {} as Origin }))).toBe('dossier-refuses');
    expect(code(() => putObservation(db, 'test', { ...total, from: { dataset: 'unknown', row: '1' } }))).toBe('dossier-refuses');
    expect(
      code(() =>
        run(
          db,
          "insert into observations (id, indicator, feature, unit, role, quality) values ('x', 'area', 'almaty', 'm2', 'declared', 'ok')",
        ),
      ),
    ).toBe('dossier-refuses');
    expect(listObservations(db)).toEqual([]);
  });

  test('a computed value needs a run, a source is not enough', () => {
    const db = smallDossier();
    expect(code(() => putObservation(db, 'test', { ...total, role: 'computed' }))).toBe('dossier-refuses');
  });

  test('an observation of a feature that does not exist is refused', () => {
    const db = smallDossier();
    expect(code(() => putObservation(db, 'test', { ...total, feature: 'nowhere' }))).toBe('dossier-refuses');
  });

  test('a site with observations cannot be removed', () => {
    const db = smallDossier();
    putObservation(db, 'test', total);
    expect(code(() => remove(db, 'sites', 'test', 'almaty'))).toBe('dossier-refuses');
    expect(getSite(db, 'almaty')).toEqual(almaty);
  });

  test('a blank value stays blank', () => {
    const db = smallDossier();
    putObservation(db, 'test', { ...total, value: null });
    expect(listObservations(db)[0]?.value).toBeNull();
  });
});

describe('dossier: audit', () => {
  test('each write leaves one entry with before and after; the same write again leaves none', () => {
    const db = smallDossier();
    expect(putObservation(db, 'aigerim', total)).toBe('added');
    expect(putObservation(db, 'aigerim', total)).toBe('same');
    expect(putObservation(db, 'daulet', { ...total, value: 176961 })).toBe('changed');
    const entries = listAudit(db, 'observations', 'almaty-area');
    expect(entries.map((entry) => [entry.by, entry.action])).toEqual([
      ['aigerim', 'added'],
      ['daulet', 'changed'],
    ]);
    expect(JSON.parse(entries[1]?.before ?? '{}').value).toBe(176960);
    expect(JSON.parse(entries[1]?.after ?? '{}').value).toBe(176961);
  });

  test('a write that fails leaves neither row nor entry', () => {
    const db = smallDossier();
    const before = listAudit(db).length;
    expect(() =>
      transaction(db, () => {
        putObservation(db, 'test', total);
        throw new Error('lost power');
      }),
    ).toThrow('lost power');
    expect(listAudit(db)).toHaveLength(before);
    expect(listObservations(db)).toEqual([]);
  });

  test('an entry can be neither changed nor removed', () => {
    const db = smallDossier();
    expect(code(() => run(db, "update audit set by = 'nobody'"))).toBe('dossier-refuses');
    expect(code(() => run(db, 'delete from audit'))).toBe('dossier-refuses');
  });
});

describe('dossier: files that are not as they should be', () => {
  const made = (name = 'd.gpkg'): string => {
    const path = join(folder, name);
    closeDossier(smallDossier(path));
    return path;
  };

  test('a dossier is not made over an existing file', () => {
    const path = made();
    expect(code(() => createDossier(path))).toBe('dossier-exists');
  });

  test('a file that is missing, a folder, a text and a foreign GeoPackage are told apart', () => {
    expect(code(() => openDossier(join(folder, 'none.gpkg')))).toBe('file-missing');
    expect(code(() => openDossier(folder))).toBe('file-is-folder');
    const text = join(folder, 'text.gpkg');
    writeFileSync(text, 'no database, only words that go on for a while');
    expect(code(() => openDossier(text))).toBe('dossier-not-one');
    const foreign = join(folder, 'foreign.gpkg');
    const db = new DatabaseSync(foreign);
    db.exec('create table places (id integer primary key)');
    db.close();
    expect(code(() => openDossier(foreign))).toBe('dossier-not-one');
    expect([isDossier(text), isDossier(foreign), isDossier(made())]).toEqual([false, false, true]);
  });

  test('a file from a newer version is refused and left as it was', () => {
    const path = made();
    const db = openDossier(path);
    run(db, "update dossier set value = '99' where key = 'schema-version'");
    closeDossier(db);
    const before = readFileSync(path);
    expect(code(() => openDossier(path))).toBe('dossier-newer');
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('a truncated or overwritten file is called damaged', () => {
    const path = made();
    const size = readFileSync(path).length;
    const short = join(folder, 'short.gpkg');
    copyFileSync(path, short);
    truncateSync(short, Math.floor(size / 2));
    expect(['dossier-damaged', 'dossier-not-one']).toContain(code(() => closeDossier(openDossier(short))));
    const bytes = readFileSync(path);
    bytes.fill(0x5a, 4096, 40960);
    const broken = join(folder, 'broken.gpkg');
    writeFileSync(broken, bytes);
    expect(code(() => closeDossier(openDossier(broken)))).toBe('dossier-damaged');
  });

  test('writing to a dossier opened for reading is refused', () => {
    const path = made();
    const db = openDossier(path, { readOnly: true });
    expect(code(() => putSite(db, 'test', { ...almaty, note: 'new' }))).toBe('dossier-read-only');
    closeDossier(db);
  });

  test('of two writers at once the second waits, then is told; the first loses nothing', () => {
    const path = made();
    const first = openDossier(path);
    const second = openDossier(path);
    second.exec('pragma busy_timeout = 50');
    transaction(first, () => {
      putObservation(first, 'first', total);
      expect(code(() => putSite(second, 'second', { ...almaty, note: 'new' }))).toBe('dossier-busy');
    });
    expect(putSite(second, 'second', { ...almaty, note: 'new' })).toBe('changed');
    expect(listObservations(second)).toHaveLength(1);
    closeDossier(first);
    closeDossier(second);
  });

  test('on a full disk the step is refused whole and what was stored stays', () => {
    const path = made();
    const db = openDossier(path);
    putObservation(db, 'test', total);
    db.exec(`pragma max_page_count = ${get<{ page_count: number }>(db, 'pragma page_count')?.page_count}`);
    const fill = (): void =>
      transaction(db, () => {
        for (let i = 0; i < 2000; i++) putObservation(db, 'test', { ...total, id: `more-${i}`, note: 'x'.repeat(500) });
      });
    expect(code(fill)).toBe('disk-full');
    expect(listObservations(db)).toEqual([total]);
    expect(verifyDossier(db)).toEqual([]);
    closeDossier(db);
  });
});

describe('dossier: a copy while others write', () => {
  test('the bytes are one whole file with all that is acknowledged', () => {
    const path = join(folder, 'live.gpkg');
    const db = smallDossier(path);
    putObservation(db, 'test', total);
    const copy = join(folder, 'copy.gpkg');
    writeFileSync(copy, dossierBytes(db));
    closeDossier(db);
    const opened = openDossier(copy);
    expect(listObservations(opened)).toEqual([total]);
    expect(verifyDossier(opened)).toEqual([]);
    closeDossier(opened);
    const reader = openDossier(copy, { readOnly: true });
    expect(dossierBytes(reader).length).toBeGreaterThan(100_000);
    expect(code(() => putSite(reader, 'test', { ...almaty, note: 'new' }))).toBe('dossier-read-only');
    closeDossier(reader);
  });
});

const gdal = ((): string | null => {
  try {
    return execFileSync('ogrinfo', ['--version'], { encoding: 'utf8' });
  } catch {
    return null;
  }
})();
if (gdal === null) console.warn('ogrinfo (gdal-bin) is not installed: the GeoPackage is not read by GDAL in this run');

describe.skipIf(gdal === null)('dossier: read and edited by GDAL', () => {
  test('ogrinfo reads every layer without an error', () => {
    const path = join(folder, 'g.gpkg');
    closeDossier(smallDossier(path));
    const told = execFileSync('ogrinfo', ['-al', '-so', '-ro', path], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    for (const layer of ['zones', 'sites', 'observations', 'audit', 'documents']) expect(told).toContain(`Layer name: ${layer}`);
    expect(told).not.toMatch(/ERROR/);
  });

  test('a zone drawn in a GIS comes back with an id, an origin, its feature row and its place in the R-tree', () => {
    const path = join(folder, 'g.gpkg');
    closeDossier(smallDossier(path));
    const geojson = join(folder, 'drawn.geojson');
    writeFileSync(
      geojson,
      JSON.stringify({
        type: 'FeatureCollection',
        features: [
          {
            type: 'Feature',
            properties: { site: 'almaty', kind: 'core' },
            geometry: {
              type: 'MultiPolygon',
              coordinates: [
                [
                  [
                    [77, 43],
                    [77.1, 43],
                    [77.1, 43.1],
                    [77, 43],
                  ],
                ],
              ],
            },
          },
        ],
      }),
    );
    execFileSync('ogr2ogr', ['-append', '-nln', 'zones', path, geojson], { stdio: 'pipe' });
    const db = openDossier(path);
    const zone = get<{ id: string; from_source: string }>(db, 'select id, from_source from zones');
    expect(zone?.from_source).toBe('by-hand');
    expect(get(db, 'select noun from features where id = ?', [zone?.id ?? ''])).toEqual({ noun: 'zones' });
    expect(all(db, 'select minx, maxx from rtree_zones_geom')).toHaveLength(1);
    expect(verifyDossier(db)).toEqual([]);
    closeDossier(db);
  });
});
