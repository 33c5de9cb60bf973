import { describe, expect, test } from 'vitest';
import { fitLogistic } from '../../src/science/logistic.ts';
import {
  changeIndexes,
  listLengthTrend,
  type OccurrenceRecord,
  targetGroupTrend,
  visitsOf,
} from '../../src/science/occupancy-trend.ts';
import { seededRandom } from '../../src/science/seeded-random.ts';

describe('logistic regression', () => {
  const x = Float64Array.from({ length: 20 }, (_, c) => (c % 2 === 0 ? 1 : (c - 1) / 2 - 4.5));

  // R 4.2.2: optim() of the log likelihood + ln |I| / 2.
  test('Firth, against the penalised likelihood at its highest', () => {
    const { beta, covariance, converged } = fitLogistic({ x, y: [0, 0, 1, 0, 1, 1, 0, 1, 1, 1], width: 2 });
    expect(converged).toBe(true);
    expect(beta[0]).toBeCloseTo(0.44764649, 4);
    expect(beta[1]).toBeCloseTo(0.37568509, 4);
    expect(Math.sqrt(covariance[3] as number)).toBeCloseTo(0.28113252, 4);
  });

  test('where a line parts ones from zeros the estimate stays finite', () => {
    const { beta } = fitLogistic({ x, y: [0, 0, 0, 0, 0, 1, 1, 1, 1, 1], width: 2 });
    expect(beta[1]).toBeCloseTo(0.97065016, 3);
  });

  test('every row in a cluster of its own, or all in pairs of the same: errors grow by the root of two', () => {
    const y = [0, 0, 1, 0, 1, 1, 0, 1, 1, 1];
    const twice = { x: Float64Array.of(...x, ...x), y: [...y, ...y], width: 2 };
    const own = fitLogistic({ ...twice, clusters: twice.y.map((_, i) => i) });
    const pairs = fitLogistic({ ...twice, clusters: twice.y.map((_, i) => i % 10) });
    expect((pairs.covariance[3] as number) / (own.covariance[3] as number)).toBeCloseTo((2 * (10 / 9)) / (20 / 19), 6);
  });
});

/** Visits in which a common species is reported always and a rarer one with a chance that may change; `more` visits in later years. */
function scheme({
  chance,
  more = 0,
  seed = 3,
}: {
  chance: (year: number) => number;
  more?: number;
  seed?: number;
}): OccurrenceRecord[] {
  const random = seededRandom(seed);
  const records: OccurrenceRecord[] = [];
  for (let year = 2001; year <= 2010; year++)
    for (let site = 0; site < 12; site++)
      for (let day = 1; day <= 2 + more * (year - 2001); day++) {
        const visit = { site: `s${site}`, date: `${year}-05-${String(day).padStart(2, '0')}`, year };
        records.push({ species: 'common', ...visit });
        for (let k = 0; k < 4; k++) if (random() < 0.5) records.push({ species: `other ${k}`, ...visit });
        if (random() < chance(year)) records.push({ species: 'lapwing', ...visit });
      }
  return records;
}

describe('list length', () => {
  test('ten times more visits of the same population are no increase, though records are', () => {
    const records = scheme({ chance: () => 0.4, more: 2 });
    const found = records.filter(({ species }) => species === 'lapwing');
    expect(found.filter(({ year }) => year > 2005).length).toBeGreaterThan(2 * found.filter(({ year }) => year <= 2005).length);
    const trend = listLengthTrend(visitsOf(records), 'lapwing');
    expect(trend.class).toBe('uncertain');
    expect(trend.slopeLow).toBeLessThan(1);
    expect(trend.slopeHigh).toBeGreaterThan(1);
    expect(trend.slopeHigh / trend.slopeLow).toBeLessThan(1.15);
  });

  test('a species on every list has no trend, however many visits more there are: residuals of 0 are no certainty', () => {
    const always = listLengthTrend(visitsOf(scheme({ chance: () => 0.5, more: 2 })), 'common');
    expect([...always.found]).toEqual([...always.visited]);
    expect(always.class).toBe('uncertain');
    expect(always.slopeLow).toBeLessThan(0.9);
    expect(always.slopeHigh).toBeGreaterThan(1.1);
  });

  test('a species that is found less often on as many visits declines, by about as much', () => {
    const trend = listLengthTrend(visitsOf(scheme({ chance: (year) => 1 / (1 + Math.exp(0.2 * (year - 2005))) })), 'lapwing');
    expect(trend.class).toBe('decline');
    expect(Math.log(trend.slope)).toBeGreaterThan(-0.3);
    expect(Math.log(trend.slope)).toBeLessThan(-0.1);
    expect(trend.values[0]).toBeGreaterThan(trend.values[9] as number);
    expect([...trend.visited]).toEqual(Array.from({ length: 10 }, () => 24));
  });

  test('lists of one species say nothing of effort, and that is told', () => {
    const records = scheme({ chance: () => 0.4 }).filter(({ species }) => species === 'lapwing');
    expect(listLengthTrend(visitsOf(records), 'lapwing').cautions).toContain('short-lists');
  });

  test('two records of a species on a visit are one', () => {
    const visit = { site: 'a', date: '2001-05-01', year: 2001 };
    expect(
      visitsOf([
        { species: 'x', ...visit },
        { species: 'x', ...visit },
        { species: 'y', ...visit },
      ]),
    ).toEqual([{ site: 'a', year: 2001, species: new Set(['x', 'y']) }]);
  });

  test('a species without a record, or visits of one year, is told', () => {
    const visits = visitsOf(scheme({ chance: () => 0.4 }));
    expect(() => listLengthTrend(visits, 'dodo')).toThrow('dodo: no record');
    expect(() =>
      targetGroupTrend(
        visits.filter(({ year }) => year === 2001),
        'lapwing',
      ),
    ).toThrow('visits of one year');
  });
});

test('target group: sites with the species of sites visited', () => {
  const trend = targetGroupTrend(visitsOf(scheme({ chance: (year) => (year < 2006 ? 0.7 : 0.1) })), 'lapwing');
  expect(trend.class).toBe('decline');
  expect([...trend.visited]).toEqual(Array.from({ length: 10 }, () => 12));
  expect(Math.max(...trend.found)).toBeLessThanOrEqual(12);
  expect(trend.low[0]).toBeLessThan(trend.values[0] as number);
});

describe('Telfer', () => {
  test('species that all hold their ground but one: it stands out, and the others lie about 0', () => {
    const records: OccurrenceRecord[] = [];
    const add = (species: string, sites: number, year: number): void => {
      for (let site = 0; site < sites; site++) records.push({ species, site: `s${site}`, date: `${year}`, year });
    };
    [40, 34, 30, 25, 20, 15, 10].forEach((sites, k) => {
      add(`steady ${k}`, sites, 1995);
      add(`steady ${k}`, sites + ((k * 5) % 3) - 1, 2015);
    });
    add('lost', 28, 1995);
    add('lost', 6, 2015);
    add('rare', 2, 1995);
    const { sites, indexes, left } = changeIndexes(visitsOf(records), { first: [1990, 1999], second: [2010, 2019] });
    expect([sites, left]).toEqual([39, ['rare']]);
    const lost = indexes.find(({ species }) => species === 'lost');
    expect([lost?.first, lost?.second]).toEqual([28, 6]);
    expect(lost?.index).toBeLessThan(-1.5);
    for (const { species, index } of indexes) if (species !== 'lost') expect(index).toBeGreaterThan(lost?.index as number);
  });

  test('too few species', () => {
    expect(() => changeIndexes([], { first: [1990, 1999], second: [2010, 2019] })).toThrow('0 species');
  });
});
