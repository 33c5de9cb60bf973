import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeGeometry, encodeGeometry, envelopeOfBinary } from '../../src/formats/geopackage-binary.ts';
import type { MultiPolygon, Position } from '../../src/types.ts';

const position = fc.tuple(
  fc.double({ min: -180, max: 180, noNaN: true }),
  fc.double({ min: -90, max: 90, noNaN: true }),
) as fc.Arbitrary<Position>;
const multipolygon: fc.Arbitrary<MultiPolygon> = fc
  .array(fc.array(fc.array(position, { minLength: 4, maxLength: 8 }), { minLength: 1, maxLength: 3 }), {
    minLength: 1,
    maxLength: 3,
  })
  .map((coordinates) => ({ type: 'MultiPolygon', coordinates }));

test('a multipolygon comes back to the last bit', () => {
  fc.assert(
    fc.property(multipolygon, (geometry) => {
      expect(decodeGeometry(encodeGeometry(geometry))).toEqual(geometry);
    }),
    { seed: 3 },
  );
});

test('the envelope of the header is that of the positions', () => {
  fc.assert(
    fc.property(multipolygon, (geometry) => {
      const xs = geometry.coordinates.flat(2).map(([x]) => x);
      const ys = geometry.coordinates.flat(2).map(([, y]) => y);
      expect(envelopeOfBinary(encodeGeometry(geometry))).toEqual([
        Math.min(...xs),
        Math.min(...ys),
        Math.max(...xs),
        Math.max(...ys),
      ]);
    }),
    { seed: 3 },
  );
});

test('an empty geometry has no envelope', () => {
  const empty: MultiPolygon = { type: 'MultiPolygon', coordinates: [] };
  expect(envelopeOfBinary(encodeGeometry(empty))).toBeNull();
  expect(decodeGeometry(encodeGeometry(empty))).toEqual(empty);
});

test('a polygon with heights, big-endian and without envelope, as others write it, is read', () => {
  const ring = [
    [70, 50, 300],
    [71, 50, 310],
    [71, 51, 320],
    [70, 50, 300],
  ];
  const view = new DataView(new ArrayBuffer(8 + 9 + 4 + ring.length * 24));
  new Uint8Array(view.buffer).set([0x47, 0x50, 0, 0]);
  view.setInt32(4, 4326);
  view.setUint8(8, 0);
  view.setUint32(9, 1003); // PolygonZ
  view.setUint32(13, 1);
  view.setUint32(17, ring.length);
  for (const [i, value] of ring.flat().entries()) view.setFloat64(21 + i * 8, value);
  const bytes = new Uint8Array(view.buffer);
  expect(decodeGeometry(bytes).coordinates).toEqual([
    [
      [
        [70, 50],
        [71, 50],
        [71, 51],
        [70, 50],
      ],
    ],
  ]);
  expect(envelopeOfBinary(bytes)).toEqual([70, 50, 71, 51]);
});

test('damaged bytes are a RangeError, whatever they are', () => {
  const sound = encodeGeometry({
    type: 'MultiPolygon',
    coordinates: [
      [
        [
          [70, 50],
          [71, 50],
          [71, 51],
          [70, 50],
        ],
      ],
    ],
  });
  fc.assert(
    fc.property(fc.nat(sound.length - 1), fc.nat(255), fc.nat(sound.length), (at, byte, length) => {
      const bytes = sound.slice(0, length);
      bytes[at] = byte;
      try {
        decodeGeometry(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    }),
    { seed: 5, numRuns: 2000 },
  );
});
