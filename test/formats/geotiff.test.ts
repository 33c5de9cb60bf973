import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blobBytes, memoryBytes } from '../../src/formats/byte-source.ts';
import { type GeotiffOptions, openGeotiff } from '../../src/formats/geotiff.ts';
import { nodataIn } from '../../src/formats/geotiff-metadata.ts';
import { openRaster } from '../../src/formats/open-raster.ts';
import { undoDifferences, undoFloatDifferences } from '../../src/formats/predictor.ts';
import { type Raster, rasterCrs } from '../../src/formats/raster.ts';
import { inflate } from '../../src/formats/tiff-inflate.ts';
import { unpackLzw, unpackPackBits } from '../../src/formats/tiff-lzw.ts';
import { ascii, DATA_AT, double, long, plainTags, short, tiffOf } from './build-tiff.ts';
import { problemOf } from './expect-problem.ts';

const open = (bytes: Uint8Array, options: GeotiffOptions = {}): Promise<Raster> =>
  openGeotiff(memoryBytes('a.tif', bytes), options);
const six = Uint8Array.of(1, 2, 3, 4, 5, 6);
const valuesOf = async (raster: Raster): Promise<number[]> => [...(await raster.readTile(0, 0, 0)).values];

describe('GeoTIFF by hand', () => {
  test('two rows of three bytes are read as they stand', async () => {
    const raster = await open(tiffOf(six, plainTags(3, 2)));
    expect(await raster.readTile(0, 0, 0)).toEqual({ values: six, width: 3, height: 2, valid: null, empty: false });
    expect(raster).toMatchObject({ name: 'a.tif', width: 3, height: 2, transform: [70, 1, 0, 50, 0, -1], notes: [] });
    expect(rasterCrs(raster).name).toBe('EPSG:4326');
  });

  test('values go into the array that is given', async () => {
    const raster = await open(tiffOf(six, plainTags(3, 2)));
    const into = new Uint8Array(8).fill(9);
    const { values } = await raster.readTile(0, 0, 0, { into });
    expect([...values]).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...into]).toEqual([1, 2, 3, 4, 5, 6, 9, 9]);
  });

  test('changing the values that were given out does not change the file in memory', async () => {
    const raster = await open(tiffOf(six, plainTags(3, 2)));
    (await raster.readTile(0, 0, 0)).values.fill(0);
    expect(await valuesOf(raster)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('a Blob is read as the file is', async () => {
    const raster = await openGeotiff(blobBytes(new Blob([new Uint8Array(tiffOf(six, plainTags(3, 2)))]), 'b.tif'));
    expect(raster.name).toBe('b.tif');
    expect(await valuesOf(raster)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('a tile that is not there is an error of the caller', async () => {
    const raster = await open(tiffOf(six, plainTags(3, 2)));
    await expect(raster.readTile(0, 1, 0)).rejects.toThrow(RangeError);
    await expect(raster.readTile(1, 0, 0)).rejects.toThrow(RangeError);
    await expect(raster.readTile(0, 0, -1)).rejects.toThrow(RangeError);
  });

  test('an aborted signal stops reading', async () => {
    const raster = await open(tiffOf(six, plainTags(3, 2)));
    await expect(raster.readTile(0, 0, 0, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
  });

  test('strips that are not packed are read without their lengths', async () => {
    const { 279: _, ...tags } = plainTags(3, 2);
    expect(await valuesOf(await open(tiffOf(six, tags)))).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('one tall strip that is not packed is read in parts', async () => {
    const [width, height] = [512, 1200];
    const data = Uint8Array.from({ length: width * height }, (_, i) => (i * 7) % 251);
    const raster = await open(tiffOf(data, plainTags(width, height)));
    expect(raster.tile).toEqual({ width: 512, height: 512, across: 1, down: 3 });
    const last = await raster.readTile(0, 0, 2);
    expect(last.height).toBe(176);
    expect(last.values).toEqual(data.subarray(1024 * 512));
  });

  test('narrow strips are put together, and those the file does not hold do not count', async () => {
    const [width, height] = [3, 4];
    const tags = {
      ...plainTags(width, height),
      273: long(DATA_AT, 0, DATA_AT + 6, DATA_AT + 3),
      278: long(1),
      279: long(3, 0, 3, 3),
    };
    const tile = await (await open(tiffOf(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9), tags))).readTile(0, 0, 0);
    expect([...tile.values]).toEqual([1, 2, 3, 0, 0, 0, 7, 8, 9, 4, 5, 6]);
    expect([...(tile.valid ?? [])]).toEqual([1, 1, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1]);
    expect(tile.empty).toBe(false);
  });

  test('a tile that the file does not hold is empty, with nodata for values', async () => {
    const tags = { ...plainTags(3, 2), 279: long(0), 42113: ascii('200') };
    const { values, valid, empty } = await (await open(tiffOf(six, tags))).readTile(0, 0, 0);
    expect([...values]).toEqual([200, 200, 200, 200, 200, 200]);
    expect(empty).toBe(true);
    expect([...(valid ?? [])]).toEqual([0, 0, 0, 0, 0, 0]);
  });
});

describe('where a GeoTIFF lies', () => {
  const { 33550: _, 33922: __, 34735: keys, ...bare } = plainTags(3, 2);
  const placed = async (tags: object, options: GeotiffOptions = {}) =>
    (await open(tiffOf(six, { ...bare, ...tags }), options)).transform;

  test('a tie point within the raster', async () => {
    expect(await placed({ 33550: double(2, 3, 0), 33922: double(1, 1, 0, 72, 47, 0) })).toEqual([70, 2, 0, 50, 0, -3]);
  });
  test('a tie point at the centre of a pixel lies half a pixel inside', async () => {
    const points = short(1, 1, 0, 1, 1025, 0, 1, 2);
    expect(await placed({ 33550: double(2, 2, 0), 33922: double(0, 0, 0, 71, 49, 0), 34735: points })).toEqual([
      70, 2, 0, 50, 0, -2,
    ]);
  });
  test('a matrix', async () => {
    const matrix = double(2, 0, 0, 70, 0, -3, 0, 50, 0, 0, 0, 0, 0, 0, 0, 1);
    expect(await placed({ 34264: matrix })).toEqual([70, 2, 0, 50, 0, -3]);
  });
  test('a world file where the file itself says nothing, and a note', async () => {
    const raster = await open(tiffOf(six, { ...bare, 34735: keys ?? short() }), { worldFile: '2,0\n0\n0\n-2.0\n71\n49\n' });
    expect(raster.transform).toEqual([70, 2, 0, 50, 0, -2]);
    expect(raster.notes.map(({ code }) => code)).toEqual(['raster-world-file']);
  });
  test('the world file is left aside where the file says it itself', async () => {
    const raster = await open(tiffOf(six, plainTags(3, 2)), { worldFile: '9 0 0 9 9 9' });
    expect(raster.transform[0]).toBe(70);
  });
  test('a world file of other text is no place', async () => {
    expect((await problemOf(() => placed({}, { worldFile: 'one two three' }))).code).toBe('raster-unplaced');
  });
  test('a place without a system of coordinates is asked for when it is needed', async () => {
    const raster = await open(tiffOf(six, { ...bare, 33550: double(2, 3, 0), 33922: double(0, 0, 0, 72, 47, 0) }));
    expect(raster.crs).toEqual({ code: null, proj: null });
    expect((await problemOf(() => rasterCrs(raster))).code).toBe('raster-crs-missing');
    expect(rasterCrs(raster, { crs: 'EPSG:4326' }).geographic).toBe(true);
  });
  test('the WKT that ESRI leaves in a text is read', async () => {
    const wkt =
      'PROJCS["mine",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Albers"],PARAMETER["False_Easting",0.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",95.0],PARAMETER["Standard_Parallel_1",15.0],PARAMETER["Standard_Parallel_2",65.0],PARAMETER["Latitude_Of_Origin",30.0],UNIT["Meter",1.0]]';
    const text = `ESRI PE String = ${wkt}|`;
    const raster = await open(
      tiffOf(six, {
        ...plainTags(3, 2),
        34735: short(1, 1, 0, 2, 1024, 0, 1, 1, 1026, 34737, text.length, 0),
        34737: ascii(text),
      }),
    );
    const [lon, lat] = rasterCrs(raster).toWgs84([0, 0]);
    expect(lon).toBeCloseTo(95, 9);
    expect(lat).toBeCloseTo(30, 9);
  });
});

describe('damage is told with file, tile and offset', () => {
  const problem = (bytes: Uint8Array) => problemOf(async () => valuesOf(await open(bytes)));

  test('no TIFF', async () => {
    const { code, message } = await problem(new TextEncoder().encode('<html><body>'));
    expect(code).toBe('raster-unknown');
    expect(message).toContain('<html><b');
    expect((await problem(new Uint8Array(0))).code).toBe('raster-unknown');
  });
  test('directories that go round in a circle', async () => {
    expect((await problem(tiffOf(six, plainTags(3, 2), { next: 'self' }))).message).toContain('cycle');
  });
  test('a file that ends in its directory', async () => {
    const { code, details } = await problem(tiffOf(six, plainTags(3, 2)).slice(0, 60));
    expect(code).toBe('raster-truncated');
    expect(details).toMatchObject({ file: 'a.tif', size: 60 });
  });
  test('a tile beyond the end of the file', async () => {
    const { code, details } = await problem(tiffOf(six, { ...plainTags(3, 2), 273: long(100_000) }));
    expect(code).toBe('raster-tile-outside');
    expect(details).toMatchObject({ file: 'a.tif', band: 1, column: 1, row: 1, offset: 100_000, expected: 100_006 });
  });
  test('a strip that is shorter than its rows', async () => {
    const { code, details } = await problem(tiffOf(six, { ...plainTags(3, 2), 279: long(5) }));
    expect(code).toBe('raster-tile-short');
    expect(details).toMatchObject({ offset: DATA_AT, found: 5, expected: 6 });
  });
  test('a size without pixels, and one that no raster has', async () => {
    expect((await problem(tiffOf(six, plainTags(0, 2)))).code).toBe('raster-size');
    expect((await problem(tiffOf(six, { ...plainTags(3, 2), 256: long(4_294_967_295) }))).code).toBe('raster-size');
  });
  test('fewer places than tiles', async () => {
    const { code, details } = await problem(tiffOf(six, { ...plainTags(3, 2), 278: long(1) }));
    expect(code).toBe('raster-directory');
    expect(details.found).toBe('1 / 2');
  });
  test('a strip larger than is read at once', async () => {
    const { code, message } = await problem(tiffOf(six, { ...plainTags(30_000, 30_000), 259: short(8) }));
    expect(code).toBe('raster-chunk-too-large');
    expect(message).toContain('gdal_translate -co TILED=YES');
  });
  test('an unknown compression with its number', async () => {
    expect((await problem(tiffOf(six, { ...plainTags(3, 2), 259: short(34712) }))).details.found).toBe('JPEG 2000, 34712');
    expect((await problem(tiffOf(six, { ...plainTags(3, 2), 259: short(999) }))).details.found).toBe('999');
  });
  test('JPEG of kinds that are not read', async () => {
    const tags = { ...plainTags(3, 2), 259: short(7) };
    expect((await problem(tiffOf(six, { ...tags, 258: short(12) }))).details.found).toBe('JPEG, 1 x 12 bit');
    expect((await problem(tiffOf(six, { ...tags, 277: short(4), 258: short(8, 8, 8, 8) }))).code).toBe('raster-compression');
    expect((await problem(tiffOf(six, tags))).code).toBe('raster-tile-damaged');
  });
  test('packed bytes that are none', async () => {
    const { code, details } = await problem(
      tiffOf(new Uint8Array(64).fill(7), { ...plainTags(3, 2), 259: short(8), 279: long(64) }),
    );
    expect(code).toBe('raster-tile-damaged');
    expect(details.found).toContain('header');
  });
  test('a little that claims to unpack to very much is refused before anything is allocated', async () => {
    const tags = { ...plainTags(16_000, 16_000), 259: short(8), 279: long(6) };
    const before = process.memoryUsage().arrayBuffers;
    const { code, details } = await problem(tiffOf(six, tags));
    expect(code).toBe('raster-tile-short');
    expect(details.expected).toBe(256_000_000);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50_000_000);
  });
  test('a tile that unpacks to more than its pixels is refused', async () => {
    const packed = new Uint8Array(deflateSync(new Uint8Array(1_000_000)));
    const { code } = await problem(tiffOf(packed, { ...plainTags(3, 2), 259: short(8), 279: long(packed.length) }));
    expect(code).toBe('raster-tile-damaged');
  });
});

describe('nodata, scale and names', () => {
  test.each([
    ['-9999', 'int16', -9999],
    [' -9999 ', 'float32', -9999],
    ['nan', 'float32', null],
    ['-1.#QNAN', 'float64', null],
    ['-3.40282e+38', 'float32', -3.4028234663852886e38],
    ['-3.4028234663852886e+38', 'float32', -3.4028234663852886e38],
    ['-3,4e+38', 'float64', -3.4e38],
    ['0.1', 'float32', Math.fround(0.1)],
    ['inf', 'float32', Number.POSITIVE_INFINITY],
    ['65535', 'uint16', 65535],
    ['255.0', 'uint8', 255],
  ] as const)('%s in %s', (text, type, value) => {
    expect(nodataIn(text, type)).toEqual({ value, is: 'number' });
  });
  test.each([
    ['-9999', 'uint8'],
    ['0.5', 'int16'],
    ['1e300', 'float32'],
    ['65536', 'uint16'],
  ] as const)('%s is none that %s can hold', (text, type) => {
    expect(nodataIn(text, type)).toEqual({ value: null, is: 'outside' });
  });
  test('nodata that is no number is noted, once', async () => {
    const raster = await open(tiffOf(six, { ...plainTags(3, 2), 42113: ascii('none') }));
    expect(raster.bands[0]?.nodata).toBeNull();
    expect(raster.notes).toEqual([
      { code: 'raster-nodata-unreadable', details: { file: 'a.tif', found: 'none', type: 'uint8' } },
    ]);
  });
  test('scale, offset, unit, name and time come from the metadata of the band', async () => {
    const xml =
      '<GDALMetadata><Item name="OFFSET" sample="0" role="offset">-1</Item><Item name="SCALE" sample="0" role="scale">0.01</Item>' +
      '<Item name="UNITTYPE" sample="0" role="unittype">Cel</Item><Item name="DESCRIPTION" sample="0" role="description">LST &lt; 3</Item>' +
      '<Item name="TIME" sample="0">2016-01-17</Item></GDALMetadata>';
    const [band] = (await open(tiffOf(six, { ...plainTags(3, 2), 42112: ascii(xml) }))).bands;
    expect(band).toMatchObject({
      scale: 0.01,
      offset: -1,
      unit: 'Cel',
      description: 'LST < 3',
      date: { start: '2016-01-17', end: '2016-01-18' },
    });
  });
  test('a sidecar counts only where the file itself says nothing; its statistics never', async () => {
    const sidecar =
      '<PAMDataset><PAMRasterBand band="1"><Scale>0.5</Scale><Offset>3</Offset><NoDataValue>2</NoDataValue>' +
      '<Metadata><MDI key="STATISTICS_MEAN">99</MDI></Metadata></PAMRasterBand></PAMDataset>';
    const own = '<GDALMetadata><Item name="SCALE" sample="0" role="scale">0.01</Item></GDALMetadata>';
    const raster = await open(tiffOf(six, { ...plainTags(3, 2), 42112: ascii(own) }), { sidecar });
    expect(raster.bands[0]).toMatchObject({ scale: 0.01, offset: 3, nodata: 2 });
    expect(raster.notes.map(({ code }) => code)).toEqual(['raster-sidecar']);
    const stated = await open(tiffOf(six, { ...plainTags(3, 2), 42113: ascii('5') }), { sidecar });
    expect(stated.bands[0]?.nodata).toBe(5);
  });
  test('a damaged sidecar and damaged metadata are noted', async () => {
    const raster = await open(tiffOf(six, { ...plainTags(3, 2), 42112: ascii('<GDALMetadata><Item') }), {
      sidecar: '<a><b></a>',
    });
    expect(raster.notes.map(({ code }) => code)).toEqual(['raster-metadata-damaged', 'raster-sidecar-damaged']);
  });
  test('pages after the first are counted', async () => {
    const one = tiffOf(six, plainTags(3, 2));
    const directory = new DataView(one.buffer).getUint32(4, true);
    const both = new Uint8Array(one.length * 2);
    both.set(one);
    both.set(one.subarray(directory), one.length);
    const entries = new DataView(both.buffer).getUint16(directory, true);
    new DataView(both.buffer).setUint32(directory + 2 + entries * 12, one.length, true);
    expect((await open(both)).notes).toEqual([{ code: 'raster-pages-left-out', details: { file: 'a.tif', count: 1 } }]);
  });
});

describe('unpacking', () => {
  test('LZW of TIFF 6.0, section 13', () => {
    // codes 256 7 258 8 8 258 6 6 257 of 9 bits, as the section's example has them
    const codes = [256, 7, 258, 8, 8, 258, 6, 6, 257];
    const bits = codes.map((code) => code.toString(2).padStart(9, '0')).join('');
    const bytes = Uint8Array.from(bits.match(/.{1,8}/g) ?? [], (byte) => Number.parseInt(byte.padEnd(8, '0'), 2));
    expect([...unpackLzw(bytes, 100)]).toEqual([7, 7, 7, 8, 8, 7, 7, 6, 6]);
  });
  test('PackBits of TIFF 6.0, section 9', () => {
    const packed = Uint8Array.of(0xfe, 0xaa, 0x02, 0x80, 0x00, 0x2a, 0xfd, 0xaa, 0x03, 0x80, 0x00, 0x2a, 0x22, 0xf7, 0xaa);
    const aa = (n: number): number[] => new Array(n).fill(0xaa);
    const text = [...aa(3), 0x80, 0x00, 0x2a, ...aa(4), 0x80, 0x00, 0x2a, 0x22, ...aa(10)];
    expect([...unpackPackBits(packed, 100)]).toEqual(text);
    expect([...unpackPackBits(packed, 5)]).toEqual(text.slice(0, 5));
  });
  test('DEFLATE is the same without zlib, as in a browser', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 2, maxLength: 3000 }), (bytes) => {
        const packed = new Uint8Array(deflateSync(bytes));
        expect([...inflate(packed, bytes.length, { zlib: null })]).toEqual([...inflate(packed, bytes.length)]);
        expect(() => inflate(packed, bytes.length - 1)).toThrow();
        expect(() => inflate(packed, bytes.length - 1, { zlib: null })).toThrow();
      }),
      { seed: 3, numRuns: 100 },
    );
  });
});

describe('predictors', () => {
  const shapes = fc.record({
    width: fc.integer({ min: 1, max: 40 }),
    rows: fc.integer({ min: 1, max: 3 }),
    samples: fc.integer({ min: 1, max: 3 }),
  });

  /** Adobe Technical Note 3, as it says it: planes of bytes, most significant first, then differences over the row. */
  function differ(
    bytes: Uint8Array,
    { width, rows, samples }: { width: number; rows: number; samples: number },
    size: number,
  ): Uint8Array {
    const values = width * samples;
    const out = new Uint8Array(bytes.length);
    for (let row = 0; row < rows; row++) {
      const start = row * values * size;
      const planes = Uint8Array.from(
        { length: values * size },
        (_, i) => bytes[start + (i % values) * size + size - 1 - Math.floor(i / values)] ?? 0,
      );
      out.set(
        planes.map((byte, i) => byte - (i < samples ? 0 : (planes[i - samples] ?? 0))),
        start,
      );
    }
    return out;
  }

  test.each([2, 4, 8])('differences of numbers of %i bytes come back', (size) => {
    fc.assert(
      fc.property(shapes, fc.integer(), (shape, seed) => {
        const length = shape.width * shape.rows * shape.samples * size;
        const bytes = Uint8Array.from({ length }, (_, i) => Math.imul(i + seed, 2654435761) >>> 24);
        const out = new Uint8Array(length);
        undoFloatDifferences(new Uint8Array(differ(bytes, shape, size)), out, shape, size);
        expect(out).toEqual(bytes);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  test('four bytes at a time give what one at a time gives, in rows of any length', () => {
    for (const width of [4, 8, 1024, 1028, 4100, 8192]) {
      const shape = { width, rows: 2, samples: 1 };
      const bytes = new Uint8Array(width * 8).fill(255).map((byte, i) => (i % 97 === 0 ? i % 256 : byte));
      const out = new Uint8Array(bytes.length);
      undoFloatDifferences(new Uint8Array(differ(bytes, shape, 4)), out, shape, 4);
      expect(out).toEqual(bytes);
      const planes = new Uint8Array(bytes.length).fill(255); // sums of bytes at their highest
      const slow = new Uint8Array(bytes.length + 1).subarray(1);
      undoFloatDifferences(planes.slice(), out, shape, 4);
      undoFloatDifferences(planes.slice(), slow, shape, 4); // not aligned: goes byte by byte
      expect(out).toEqual(new Uint8Array(slow));
    }
  });

  test('differences wrap round as the type does', () => {
    const bytes = Uint8Array.of(250, 10, 10, 1, 255, 255);
    undoDifferences(bytes, { width: 3, rows: 2, samples: 1 });
    expect([...bytes]).toEqual([250, 4, 14, 1, 0, 255]);
    const longs = BigUint64Array.of(2n ** 64n - 1n, 5n, 2n, 3n);
    undoDifferences(longs, { width: 2, rows: 1, samples: 2 });
    expect([...longs]).toEqual([2n ** 64n - 1n, 5n, 1n, 8n]);
  });
});

describe('files beside a raster', () => {
  test('the world file and the sidecar are found, whatever the case of their names', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'saryarka-raster-'));
    try {
      const { 33550: _, 33922: __, ...bare } = plainTags(3, 2);
      writeFileSync(join(folder, 'Map.TIF'), tiffOf(six, bare));
      writeFileSync(join(folder, 'map.tfw'), '1\n0\n0\n-1\n70.5\n49.5\n');
      writeFileSync(
        join(folder, 'Map.TIF.aux.xml'),
        '<PAMDataset><PAMRasterBand band="1"><Scale>2</Scale></PAMRasterBand></PAMDataset>',
      );
      const raster = await openRaster(join(folder, 'Map.TIF'));
      expect(raster.name).toBe('Map.TIF');
      expect(raster.transform).toEqual([70, 1, 0, 50, 0, -1]);
      expect(raster.bands[0]?.scale).toBe(2);
      expect(await valuesOf(raster)).toEqual([1, 2, 3, 4, 5, 6]);
      raster.close();
      await expect(raster.readTile(0, 0, 0)).rejects.toThrow('EBADF');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
  test('a path that is not there, and one that is a folder', async () => {
    expect((await problemOf(() => openRaster('/no/such/ndvi.tif'))).code).toBe('file-missing');
    expect((await problemOf(() => openRaster(tmpdir()))).code).toBe('file-is-folder');
  });
});
