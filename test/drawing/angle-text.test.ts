import fc from 'fast-check';
import { expect, test } from 'vitest';
import { angleText, decimalText } from '../../src/drawing/angle-text.ts';

const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

test('an angle is written in degrees, minutes and seconds with its hemisphere', () => {
  expect(plain(angleText('en', 50.38426, 'lat', 'seconds'))).toBe('50°23′03.3″ N');
  expect(plain(angleText('ru', -69.5, 'lon', 'seconds'))).toBe('69°30′00,0″ з. д.');
  expect(plain(angleText('kk', 50.5, 'lat', 'minutes'))).toBe('с. е. 50°30′');
  expect(plain(angleText('tr', 29.25, 'lon', 'whole-seconds'))).toBe('29°15′00″ D');
});

test('rounding carries on to minutes and degrees', () => {
  expect(plain(angleText('en', 49.9999999, 'lat', 'seconds'))).toBe('50°00′00.0″ N');
  expect(plain(angleText('en', 9.99999, 'lon', 'minutes'))).toBe('10°00′ E');
});

test('the equator, the Greenwich meridian and the antimeridian have no hemisphere', () => {
  expect(angleText('en', 0, 'lat', 'degrees')).toBe('0°');
  expect(angleText('en', -0.000001, 'lon', 'seconds')).toBe('0°00′00.0″');
  expect(angleText('en', -180, 'lon', 'degrees')).toBe('180°');
});

test('what is written in seconds is the angle to half a tenth of a second', () => {
  fc.assert(
    fc.property(fc.double({ min: -180, max: 180, noNaN: true }), (lon) => {
      const [, d, m, s] = /^(\d+)°(\d\d)′(\d\d\.\d)″/.exec(angleText('en', lon, 'lon', 'seconds')) ?? [];
      expect(Number(m)).toBeLessThan(60);
      expect(Number(s)).toBeLessThan(60);
      expect(Math.abs(Number(d) + Number(m) / 60 + Number(s) / 3600 - Math.abs(lon))).toBeLessThan(0.051 / 3600);
    }),
  );
});

test('decimal degrees have six decimals', () => {
  expect(plain(decimalText('en', -3.5, 'lat'))).toBe('3.500000° S');
  expect(plain(decimalText('ru', 69.2041234, 'lon', 4))).toBe('69,2041° в. д.');
});
