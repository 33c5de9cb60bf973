/** Basins that hang together: canals, spills and sills keep every drop and every gram. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type LakeForcing, StepRefused } from '../../src/science/lake-balance.ts';
import { connectedSalts } from '../../src/science/lake-basin-salt.ts';
import { type Basin, type BasinLinks, connectedSums, runConnected } from '../../src/science/lake-basins.ts';
import { lakeCurve } from '../../src/science/lake-curve.ts';

const curve = lakeCurve([
  { level: 20, area: 0, volume: 0 },
  { level: 40, area: 2800, volume: 21 },
  { level: 60, area: 9000, volume: 140 },
]);
const still = (start: number, inflow: readonly number[]): LakeForcing => ({
  start,
  inflow,
  precipitation: inflow.map(() => 0),
  evaporation: inflow.map(() => 0),
});
const closed = (id: string, start: number, inflow: readonly number[]): Basin => ({
  id,
  lake: { curve, rule: { kind: 'closed' } },
  forcing: still(start, inflow),
});

describe('canals', () => {
  const basins = [closed('bay', 1, [0, 0]), closed('sea', 20, [3, 3])];

  test('a canal takes what the bay lacks, no more than it holds and the river brings; what is lost on the way is told', () => {
    const links: BasinLinks = { canals: [{ river: 'sea', to: 'bay', full: 5, capacity: 2, part: 0.8 }] };
    const found = runConnected(basins, links);
    // 4 km3 lacking ask for 5; the canal holds 2, of which 1.6 arrive
    expect(found.drawn[0]).toEqual(Float64Array.of(2, 2));
    expect([...(found.runs.get('bay')?.volume ?? [])].map((v) => Number(v.toFixed(9)))).toEqual([1, 2.6, 4.2]);
    expect([...(found.runs.get('sea')?.volume ?? [])]).toEqual([20, 21, 22]);
    expect([...found.lost].map((v) => Number(v.toFixed(9)))).toEqual([0.4, 0.4]);
    expect(connectedSums(found, links)).toMatchObject({
      inflow: 6,
      lost: expect.closeTo(0.8, 9),
      gained: expect.closeTo(5.2, 9),
    });
  });

  test('a full bay takes nothing, and a small river is not drawn below nothing', () => {
    const links: BasinLinks = { canals: [{ river: 'sea', to: 'bay', full: 5 }] };
    expect(runConnected([closed('bay', 5, [0]), closed('sea', 20, [3])], links).drawn[0]).toEqual(Float64Array.of(0));
    const dry = runConnected([closed('bay', 1, [0]), closed('sea', 20, [0.5])], links);
    expect(dry.drawn[0]).toEqual(Float64Array.of(0.5));
    expect(dry.runs.get('sea')?.inflow[0]).toBe(0);
  });
});

describe('what cannot be run', () => {
  test('a forcing that is no number is refused with the name of the basin, as one basin alone is', () => {
    expect(() => runConnected([closed('east', 1, [Number.NaN])])).toThrow('east: inflow of step 1 is NaN');
    expect(() => runConnected([closed('east', 1, [-1])])).toThrow('east: inflow of step 1 is -1');
  });

  test('a volume beyond the curve stops the run at its step', () => {
    const basin = { ...closed('east', 139, [5, 5]), forcing: { ...still(139, [5, 5]), evaporation: [0.01, 0.01], depths: true } };
    expect(() => runConnected([basin])).toThrow(StepRefused);
    expect(() => runConnected([basin])).toThrow(/step 2: east: volume 1\d\d/);
  });

  test('spills of one basin that add up to more than all of it are refused', () => {
    const spills = [
      { from: 'a', to: 'b', part: 0.7 },
      { from: 'a', to: 'c', part: 0.7 },
    ];
    const basins = ['a', 'b', 'c'].map((id) => closed(id, 1, [0]));
    expect(() => runConnected(basins, { spills })).toThrow('add up to 1.4');
  });
});

describe('salt', () => {
  test('water over a dike takes the salinity of the lake before the step along', () => {
    const basins: Basin[] = [
      { id: 'small', lake: { rule: { kind: 'overflow', full: 20 } }, forcing: still(20, [4]) },
      closed('great', 10, [0]),
    ];
    const links: BasinLinks = { spills: [{ from: 'small', to: 'great', part: 0.5 }] };
    const salts = connectedSalts(runConnected(basins, links), links, { start: { small: 10, great: 100 }, river: 1 });
    // 200 Mt + 4 of the river - 4 km3 at 10 g/L; half of what left reaches the other with its salt
    expect(salts.get('small')?.mass[0]).toBeCloseTo(164, 9);
    expect(salts.get('great')?.mass[0]).toBeCloseTo(1020, 9);
    expect(salts.get('great')?.salinity[0]).toBeCloseTo(1020 / 12, 9);
  });

  test('a basin that dries leaves its salt on the bed, and water that comes dissolves it where that is said', () => {
    const basin: Basin = {
      id: 'east',
      lake: { rule: { kind: 'closed' } },
      forcing: { ...still(1, [0, 2]), evaporation: [5, 0] },
    };
    const found = runConnected([basin]);
    const options = { start: { east: 100 }, river: 0, limit: 350 };
    const stays = connectedSalts(found, {}, options).get('east');
    expect([stays?.salinity[0], stays?.fallen[0], stays?.salinity[1]]).toEqual([Number.NaN, 100, 0]);
    const again = connectedSalts(found, {}, { ...options, bed: 'dissolves' }).get('east');
    expect([again?.fallen[1], again?.salinity[1]]).toEqual([0, 50]);
  });

  test('a start without a salinity is refused by name', () => {
    const found = runConnected([closed('east', 1, [0])]);
    expect(() => connectedSalts(found, {}, { start: {}, river: 1 })).toThrow('east');
  });
});

test('property: however basins hang together, water and salt of all of them close', () => {
  const month = fc.record({
    inflow: fc.double({ min: 0, max: 3, noNaN: true }),
    rain: fc.double({ min: 0, max: 0.05, noNaN: true }),
    dry: fc.double({ min: 0, max: 0.4, noNaN: true }),
    under: fc.double({ min: -0.2, max: 0.2, noNaN: true }),
  });
  const starts = fc.tuple(...['bay', 'small', 'east', 'west'].map(() => fc.double({ min: 0.01, max: 40, noNaN: true })));
  fc.assert(
    fc.property(
      fc.array(month, { minLength: 1, maxLength: 24 }),
      starts,
      fc.double({ min: 0.1, max: 1, noNaN: true }),
      fc.double({ min: 25, max: 50, noNaN: true }),
      fc.constantFrom('stays' as const, 'dissolves' as const),
      (months, volumes, part, level, bed) => {
        const basins = ['bay', 'small', 'east', 'west'].map(
          (id, i): Basin => ({
            id,
            lake: {
              curve,
              rule: i < 2 ? { kind: 'overflow', full: 10 + 8 * i } : { kind: 'closed' },
              ...(i === 1 ? { dike: { crest: 25 }, capacity: 0.5 } : {}),
            },
            forcing: {
              start: volumes[i] as number,
              inflow: months.map(({ inflow }) => (i === 0 ? 0 : inflow / (i + 1))),
              precipitation: months.map(({ rain }) => rain),
              evaporation: months.map(({ dry }) => dry),
              groundwater: months.map(({ under }) => (i === 3 ? under : 0)),
              depths: true,
            },
          }),
        );
        const links: BasinLinks = {
          spills: [
            { from: 'bay', to: 'small' },
            { from: 'small', to: 'east', part },
          ],
          sills: [{ between: ['west', 'east'], level, capacity: 3 }],
          canals: [{ river: 'small', to: 'bay', full: 12, capacity: 1, part }],
        };
        const found = runConnected(basins, links);
        expect(connectedSums(found, links).closure).toBeLessThan(1e-9);
        const salts = connectedSalts(found, links, {
          start: { bay: 5, small: 10, east: 100, west: 130 },
          river: 1.5,
          groundwater: 20,
          limit: 300,
          bed,
        });
        for (const { salinity, mass, fallen } of salts.values())
          for (let i = 0; i < months.length; i++) {
            expect(salinity[i] as number).not.toBeGreaterThan(300 * (1 + 1e-12));
            expect(mass[i] as number).toBeGreaterThanOrEqual(0);
            expect(fallen[i] as number).toBeGreaterThanOrEqual(-1e-9);
          }
      },
    ),
    { numRuns: 60 },
  );
});
