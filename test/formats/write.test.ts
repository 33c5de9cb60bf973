import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeGeopackage } from '../../src/formats/geopackage-writer.ts';
import { writeKml } from '../../src/formats/kml-writer.ts';
import { openMap } from '../../src/formats/open.ts';
import { writeShapefile } from '../../src/formats/shapefile-writer.ts';
import { type AreaFeature, partsOfZones } from '../../src/formats/zone-parts.ts';
import type { Zone } from '../../src/types.ts';
import { square } from './build.ts';
import { ringsOf } from './rings-of.ts';

const features: AreaFeature[] = [
  {
    rings: [[square(69, 50, 1), square(69.2, 50.2, 0.1)]],
    properties: { zone: 'core', name_kk: 'Негізгі аймақ', name_ru: 'Ядро <&"\'>', part: 1, area_ha: 12345.6789, ok: true },
  },
  {
    rings: [[square(71, 50, 1).reverse()]],
    properties: { zone: 'buffer', name_kk: null, name_ru: 'Буфер', part: 2, area_ha: 0.25, ok: false },
  },
];
const writers = {
  'zones.zip': () => writeShapefile(features, 'zones'),
  'zones.kml': () => new TextEncoder().encode(writeKml(features, 'Қорғалжын')),
  'zones.gpkg': () => writeGeopackage(features, 'zones'),
};

describe('written maps', () => {
  it.each(Object.entries(writers))('%s is read again with its zones, names and corners', async (name, write) => {
    const [layer] = await openMap([{ name, bytes: write() }]);
    expect(layer?.notes).toEqual([]);
    expect(layer?.features.map(({ properties }) => [properties.zone, properties.name_ru, Number(properties.area_ha)])).toEqual([
      ['core', 'Ядро <&"\'>', 12345.6789],
      ['buffer', 'Буфер', 0.25],
    ]);
    const corners = [0, 1].map((i) => ringsOf(layer, i).map((ring) => new Set(ring.map(String)).size));
    expect(corners).toEqual([[4, 4], [4]]);
    expect(new Set(ringsOf(layer)[0]?.map(String))).toEqual(new Set(square(69, 50, 1).map(String)));
  });
  it('the same zones give the same bytes', () => {
    for (const write of Object.values(writers)) expect(write()).toEqual(write());
  });
  it('any coordinates and texts come back from a shapefile', async () => {
    const lon = fc.double({ min: -170, max: 170, noNaN: true });
    const lat = fc.double({ min: -80, max: 80, noNaN: true });
    const word = fc.string({ unit: fc.constantFrom(...'Ядроқзғab 9'), maxLength: 40 }).map((s) => s.trim());
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ lon, lat, word, n: fc.integer() }), { minLength: 1, maxLength: 5 }), async (rows) => {
        const made = rows.map(({ lon, lat, word, n }) => ({ rings: [[square(lon, lat, 1)]], properties: { слово: word, n } }));
        const [layer] = await openMap([{ name: 'a.zip', bytes: writeShapefile(made, 'a') }]);
        expect(layer?.features.map(({ properties }) => [properties.слово ?? '', properties.n])).toEqual(
          rows.map(({ word, n }) => [word, n]),
        );
        expect(made.map((_, i) => ringsOf(layer, i)[0]?.[0])).toEqual(rows.map(({ lon, lat }) => [lon, lat]));
      }),
      { numRuns: 100, seed: 3 },
    );
  });
  it('zones become one feature per part, core first, with their area', () => {
    const zone = (id: string, kind: Zone['kind'], parts: number): Zone => ({
      id,
      site: 's',
      kind,
      name: { ru: id },
      valid: { start: null, end: null },
      from: { source: 'x' },
      geometry:
        parts === 0
          ? null
          : { type: 'MultiPolygon', coordinates: Array.from({ length: parts }, (_, i) => [square(i * 2, 0, 1)]) },
    });
    const made = partsOfZones([zone('t', 'transition', 1), zone('c', 'core', 2), zone('none', 'buffer', 0)], () => 25_000);
    expect(made.map(({ properties }) => [properties.zone, properties.zone_id, properties.part, properties.area_ha])).toEqual([
      ['core', 'c', 1, 2.5],
      ['core', 'c', 2, 2.5],
      ['transition', 't', 1, 2.5],
    ]);
  });
});
