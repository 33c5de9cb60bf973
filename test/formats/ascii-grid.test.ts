import fc from 'fast-check';
import { gzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { asciiGridText, isAsciiGrid, readAsciiGrid } from '../../src/formats/ascii-grid.ts';

const file = (text: string, name = 'r.asc') => ({ name, bytes: new TextEncoder().encode(text) });
const plain = 'ncols 3\nnrows 2\nxllcorner 500000\nyllcorner 5500000\ncellsize 30\nNODATA_value -9999\n1 2.5 -9999\n4 5e-3 6\n';

describe('what programs write', () => {
  test('six lines and values: nodata is NaN, the first row is the northernmost', () => {
    const grid = readAsciiGrid(file(plain));
    expect(grid).toMatchObject({ width: 3, height: 2, transform: [500_000, 30, 0, 5_500_060, 0, -30] });
    expect([...grid.values]).toEqual([1, 2.5, Number.NaN, 4, 0.005, 6]);
  });

  test.each([
    [
      'capitals, tabs, Windows line ends',
      'NCOLS\t2\r\nNROWS\t1\r\nXLLCORNER\t0\r\nYLLCORNER\t0\r\nCELLSIZE\t1\r\nNODATA_VALUE\t-9999\r\n1\t2\r\n',
    ],
    ['other order', 'nrows 1\nncols 2\ncellsize 1\nyllcorner 0\nxllcorner 0\n1 2'],
    ['centre of the corner cell', 'ncols 2\nnrows 1\nxllcenter 0.5\nyllcenter 0.5\ncellsize 1\n1 2'],
    ['dx and dy', 'ncols 2\nnrows 1\nxllcorner 0\nyllcorner 0\ndx 1\ndy 1\n1 2'],
    ['a value on each line, a decimal comma in the head', 'ncols 2\nnrows 1\nxllcorner 0,0\nyllcorner 0\ncellsize 1\n1\n2\n'],
    ['nan as nodata', 'ncols 2\nnrows 1\nxllcorner 0\nyllcorner 0\ncellsize 1\nNODATA_value nan\n1 2'],
    ['a mark of byte order', '\uFEFFncols 2\nnrows 1\nxllcorner 0\nyllcorner 0\ncellsize 1\n+1 2.'],
    ['no place at all', 'ncols 2\nnrows 1\ncellsize 1\n1e0 2'],
  ])('%s', (_, text) => {
    expect(isAsciiGrid(file(text))).toBe(true);
    const grid = readAsciiGrid(file(text));
    expect([...grid.values]).toEqual([1, 2]);
    expect(grid.transform).toEqual([0, 1, 0, 1, 0, -1]);
  });

  test('nan, -nan and a nodata value written in another way are no values', () => {
    const head = 'ncols 4\nnrows 1\ncellsize 1\nNODATA_value -9999.0\n';
    expect([...readAsciiGrid(file(`${head}nan -NaN -9999 -9.999e3`)).values]).toEqual(new Array(4).fill(Number.NaN));
  });

  test('packed by gzip', () => {
    const packed = { name: 'r.asc.gz', bytes: gzipSync(file(plain).bytes) };
    expect(isAsciiGrid(packed)).toBe(true);
    expect([...readAsciiGrid(packed).values].slice(3)).toEqual([4, 0.005, 6]);
  });
});

describe('what is wrong is named', () => {
  test.each([
    ['a word', plain.replace('2.5', 'two'), 'r.asc, row 1, column 2: found "two"'],
    ['too few values', plain.replace(' 6', ''), 'holds 5 values, but its head states 3 × 2 = 6'],
    ['too many values', `${plain} 7`, 'holds 7 values'],
    ['no columns', plain.replace('ncols 3\n', ''), 'field ncols'],
    ['half a column', plain.replace('ncols 3', 'ncols 2.5'), 'field ncols: found "2.5"'],
    ['no size', plain.replace('cellsize 30\n', ''), 'field cellsize: found "–"'],
    ['a field of no grid', plain.replace('cellsize', 'cellwidth'), 'field cellwidth'],
    ['a decimal comma in values is a list', plain.replace('2.5', '2,5'), 'holds 7 values'],
  ])('%s', (_, text, message) => expect(() => readAsciiGrid(file(text))).toThrow(message));

  test('a packed file that was cut', () => {
    const bytes = gzipSync(file(plain).bytes).subarray(0, 40);
    expect(() => readAsciiGrid({ name: 'r.asc.gz', bytes })).toThrow('r.asc.gz: cannot be unpacked');
  });
});

test('any values come back as they were written', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.double(), fc.double({ min: -1e4, max: 1e4, noNaN: true })), { minLength: 4, maxLength: 4 }),
      (list) => {
        const values = Float64Array.from(list, (value) => (Number.isFinite(value) && value !== -9999 ? value : Number.NaN));
        const grid = { width: 2, height: 2, transform: [68.5, 0.01, 0, 50.02, 0, -0.01] as const, values };
        const found = readAsciiGrid(file(asciiGridText(grid, { digits: 17 })));
        expect([...found.values].map((value) => value + 0)).toEqual([...values].map((value) => value + 0));
        expect(found.transform.map((value) => Number(value.toFixed(9)))).toEqual([...grid.transform]);
      },
    ),
  );
});

test('numbers are read as JavaScript reads them', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: 1, max: 21 }), (value, digits) => {
      for (const text of [
        String(value),
        value.toPrecision(digits),
        Math.abs(value) < 1e20 ? value.toFixed(Math.min(digits, 12)) : '1',
      ]) {
        if (Number(text) === -9999) continue;
        const [found = Number.NaN] = readAsciiGrid(file(`ncols 1\nnrows 1\ncellsize 1\n${text}`)).values;
        expect(found + 0).toBe(Number(text) + 0);
      }
    }),
  );
});
