import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pearsonByLMoments, pearsonProbability, speiPearson, spiPearson } from '../../src/science/spi-pearson.ts';
import { drought } from './drought-data.ts';

test('a symmetrical sample is a normal one, with the standard deviation of its L-moments', () => {
  const found = pearsonByLMoments(Float64Array.of(-2, -1, 0, 1, 2));
  expect(found).toMatchObject({ mean: 0, skew: 0 });
  expect(found?.deviation).toBeCloseTo(1 * Math.sqrt(Math.PI), 12); // second L-moment: half of the mean difference of pairs, 2 / 2
  expect(pearsonProbability({ mean: 0, deviation: 1, skew: 0 }, 1.959963984540054).above).toBeCloseTo(0.025, 12);
});

test('an exponential distribution has a skew of 2 and a gamma shape of 1', () => {
  const { below } = pearsonProbability({ mean: 1, deviation: 1, skew: 2 }, 0.5);
  expect(below).toBeCloseTo(1 - Math.exp(-0.5), 12);
  // quantiles of it in equal parts: L-skewness near 1/3 (Hosking 1990, table 1)
  const sample = Float64Array.from({ length: 4000 }, (_, i) => -Math.log(1 - (i + 0.5) / 4000));
  const found = pearsonByLMoments(sample);
  expect(found?.skew).toBeCloseTo(2, 1);
  expect(found?.mean).toBeCloseTo(1, 2);
});

test('mirrored, the tails change places; too few or equal values are not fitted', () => {
  fc.assert(
    fc.property(fc.double({ min: -4, max: 4, noNaN: true }), fc.double({ min: 0.01, max: 3, noNaN: true }), (x, skew) => {
      const [one, other] = [
        pearsonProbability({ mean: 0, deviation: 1, skew }, x),
        pearsonProbability({ mean: 0, deviation: 1, skew: -skew }, -x),
      ];
      expect(one.below).toBeCloseTo(other.above, 10);
      expect(one.below + one.above).toBeCloseTo(1, 10);
    }),
  );
  expect(pearsonByLMoments(Float64Array.of(1, 2, 3))).toBeNull();
  expect(pearsonByLMoments(Float64Array.of(1, 1, 1, 1))).toBeNull();
});

test('what cannot be is refused and counted; months without rain have the probability of their share', () => {
  const rain = [...drought.rain];
  rain[7] = -1;
  expect(spiPearson(rain)).toMatchObject({ refused: 1 });
  expect(spiPearson(rain).values[7]).toBeNaN();
  const dry = Array.from({ length: 480 }, (_, i) => (i % 12 === 6 && i % 24 < 12 ? 0 : 20 + ((i * 7) % 13)));
  expect(spiPearson(dry).values[6]).toBeCloseTo(0, 10); // dry every other July
  expect(() => speiPearson([1, 2], [1])).toThrow('2 values of precipitation and 1');
  expect(speiPearson(drought.rain, drought.pet, { scale: 3 }).quality).toBe('ok');
});
