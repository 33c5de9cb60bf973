/**
 * Damage as it happens and as attackers do it: bits, extreme numbers, cuts, copies, swaps.
 */
import fc from 'fast-check';

type Edit = (bytes: Uint8Array) => Uint8Array;

const EXTREMES = [0, 1, 2, 0x7f, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];
const WORDS = [
  'NaN',
  '1e999',
  '-',
  '<',
  '>',
  '&x;',
  '"',
  '[',
  ']',
  '{',
  '}',
  ',',
  '\\',
  '\0',
  '<!DOCTYPE a [<!ENTITY b "c">]>',
  '[[[[[[[[',
  '<a><a><a>',
  'null',
  '-1',
  '99999999999999999999',
  'я',
];

/** `valid` with one to six edits. */
export function mutated(valid: Uint8Array): fc.Arbitrary<Uint8Array> {
  const place = fc.nat({ max: Math.max(0, valid.length - 1) });
  const edit = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.tuple(place, fc.nat(255)).map(
        ([at, value]): Edit =>
          (bytes) =>
            put(bytes, at, [value]),
      ),
    },
    {
      weight: 4,
      arbitrary: fc.tuple(place, fc.constantFrom(...EXTREMES), fc.boolean(), fc.constantFrom(1, 2, 4)).map(
        ([at, value, little, size]): Edit =>
          (bytes) =>
            put(bytes, at, number(value, size, little)),
      ),
    },
    {
      weight: 1,
      arbitrary: place.map(
        (at): Edit =>
          (bytes) =>
            bytes.slice(0, at),
      ),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(place, fc.nat(64)).map(
        ([at, n]): Edit =>
          (bytes) =>
            splice(bytes, at, n, []),
      ),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(place, fc.constantFrom(...WORDS)).map(
        ([at, word]): Edit =>
          (bytes) =>
            splice(bytes, at, 0, [...new TextEncoder().encode(word)]),
      ),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(place, place, fc.nat(200)).map(
        ([from, to, n]): Edit =>
          (bytes) =>
            splice(bytes, to, 0, [...bytes.slice(from, from + n)]),
      ),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(place, place, fc.nat(64)).map(
        ([from, to, n]): Edit =>
          (bytes) =>
            put(bytes, to, [...bytes.slice(from, from + n)]),
      ),
    },
  );
  return fc.array(edit, { minLength: 1, maxLength: 6 }).map((edits) => edits.reduce((bytes, apply) => apply(bytes), valid));
}

function put(bytes: Uint8Array, at: number, values: number[]): Uint8Array {
  const copy = bytes.slice();
  values.forEach((value, i) => {
    if (at + i < copy.length) copy[at + i] = value;
  });
  return copy;
}

function number(value: number, size: number, little: boolean): number[] {
  const digits = Array.from({ length: size }, (_, i) => Math.floor(value / 256 ** i) & 255);
  return little ? digits : digits.reverse();
}

function splice(bytes: Uint8Array, at: number, remove: number, insert: number[]): Uint8Array {
  const out = new Uint8Array(Math.max(0, bytes.length - Math.min(remove, Math.max(0, bytes.length - at))) + insert.length);
  out.set(bytes.subarray(0, at));
  out.set(insert, Math.min(at, bytes.length));
  out.set(bytes.subarray(at + remove), Math.min(at, bytes.length) + insert.length);
  return out;
}
