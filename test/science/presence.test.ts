import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ABSENT,
  addExtent,
  addFrequencies,
  areaWhere,
  compositePresence,
  countPresence,
  extentOf,
  frequencies,
  mergeExtents,
  mergeFrequencies,
  mergeTallies,
  newExtents,
  newFrequencyTable,
  newTally,
  PRESENT,
  presenceAbove,
  presenceFromCodes,
  type Tally,
  UNSEEN,
} from '../../src/science/presence.ts';

const masks = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 12 })).chain(([dates, cells]) =>
  fc.array(
    fc
      .array(fc.constantFrom(ABSENT, PRESENT, UNSEEN), { minLength: cells, maxLength: cells })
      .map((list) => Uint8Array.from(list)),
    { minLength: dates, maxLength: dates },
  ),
);

const tallyOf = (dates: readonly Uint8Array[]): Tally => {
  const tally = newTally(dates[0]?.length ?? 0);
  for (const mask of dates) countPresence(mask, tally);
  return tally;
};

describe('masks', () => {
  test('codes that no list has are unseen and counted; missing ones are just unseen', () => {
    const mask = new Uint8Array(7);
    const told = presenceFromCodes([1, 2, 2, 0, 77, 77, Number.NaN], { present: [2], absent: [1], unseen: [0] }, mask);
    expect(Array.from(mask)).toEqual([ABSENT, PRESENT, PRESENT, UNSEEN, UNSEEN, UNSEEN, UNSEEN]);
    expect(told).toEqual({ unlisted: 2 });
  });

  test('a value on the threshold is not above it', () => {
    const mask = new Uint8Array(4);
    presenceAbove([0.1, 0, -0.1, Number.NaN], 0, mask);
    expect(Array.from(mask)).toEqual([PRESENT, ABSENT, ABSENT, UNSEEN]);
  });

  test('scenes of a month: the majority of those that saw the cell, half being enough', () => {
    const mask = new Uint8Array(4);
    const scenes = [
      [PRESENT, PRESENT, UNSEEN, UNSEEN],
      [ABSENT, ABSENT, ABSENT, UNSEEN],
      [UNSEEN, ABSENT, UNSEEN, UNSEEN],
    ].map((scene) => Uint8Array.from(scene));
    compositePresence(scenes, mask);
    expect(Array.from(mask)).toEqual([PRESENT, ABSENT, ABSENT, UNSEEN]);
  });
});

describe('extents', () => {
  test('cloud is neither: 3 of 5 seen, 1 of these present', () => {
    const extents = newExtents(1);
    addExtent(extents, 0, Uint8Array.from([PRESENT, ABSENT, ABSENT, UNSEEN, UNSEEN]), 0, 5, 10);
    const found = extentOf(extents, 0);
    expect(found).toMatchObject({ low: 10, high: 30, seenShare: 0.6 });
    expect(found.value).toBeCloseTo(50 / 3, 12);
  });

  test('of a date of which nothing was seen there is no value, and all may be', () => {
    const extents = newExtents(1);
    addExtent(extents, 0, Uint8Array.from([UNSEEN, UNSEEN]), 0, 2, 10);
    expect(extentOf(extents, 0)).toEqual({ value: null, low: 0, high: 20, seenShare: 0 });
  });

  test('hold the truth whatever the cloud hid, in any blocks', () => {
    fc.assert(
      fc.property(masks, fc.nat(), (dates, cut) => {
        const cells = dates[0]?.length ?? 0;
        const at = cut % (cells + 1);
        const parts = [0, 1].map(() => newExtents(dates.length)) as [
          ReturnType<typeof newExtents>,
          ReturnType<typeof newExtents>,
        ];
        for (const [date, mask] of dates.entries()) {
          addExtent(parts[0], date, mask, 0, at, 2);
          addExtent(parts[1], date, mask, at, cells, 2);
        }
        const all = mergeExtents(parts[0], parts[1]);
        for (const [date, mask] of dates.entries()) {
          const { value, low, high } = extentOf(all, date);
          expect(low).toBe(2 * mask.filter((state) => state === PRESENT).length);
          expect(high).toBe(2 * mask.filter((state) => state !== ABSENT).length);
          if (value !== null) expect(value >= low && value <= high).toBe(true);
        }
      }),
    );
  });
});

describe('frequencies', () => {
  test('of what was seen, with bounds over all dates', () => {
    const tally = tallyOf(
      [
        [PRESENT, UNSEEN],
        [ABSENT, UNSEEN],
        [UNSEEN, UNSEEN],
        [PRESENT, UNSEEN],
      ].map((m) => Uint8Array.from(m)),
    );
    const { value, low, high } = frequencies(tally);
    expect(value[0]).toBeCloseTo(2 / 3, 6);
    expect([low[0], high[0], low[1], high[1]]).toEqual([0.5, 0.75, 0, 1]);
    expect(value[1]).toBeNaN();
  });

  test('add up over the dates in any order', () => {
    fc.assert(
      fc.property(masks, fc.nat(), (dates, cut) => {
        const at = cut % (dates.length + 1);
        const empty = newTally(dates[0]?.length ?? 0);
        const late = mergeTallies(mergeTallies(empty, tallyOf(dates)), newTally(empty.seen.length));
        expect(late).toEqual(tallyOf(dates.toReversed()));
        if (at > 0 && at < dates.length)
          expect(mergeTallies(tallyOf(dates.slice(at)), tallyOf(dates.slice(0, at)))).toEqual(late);
      }),
    );
  });

  test('areas of a condition are those of every way in which the unseen may have been', () => {
    const rules: ((present: number, steps: number) => boolean)[] = [
      (present) => present > 0,
      (present, steps) => present === steps,
      (present, steps) => present > 0 && present < steps,
      (present, steps) => 2 * present >= steps,
    ];
    fc.assert(
      fc.property(masks, fc.constantFrom(...rules), (dates, holds) => {
        const tally = tallyOf(dates);
        const table = newFrequencyTable(dates.length);
        addFrequencies(table, tally, 0, tally.seen.length, 3);
        let [low, high] = [0, 0];
        for (let cell = 0; cell < tally.seen.length; cell++) {
          const [seen, present] = [tally.seen[cell] as number, tally.present[cell] as number];
          const ways = Array.from({ length: dates.length - seen + 1 }, (_, more) => holds(present + more, dates.length));
          if (ways.every(Boolean)) low += 3;
          if (ways.some(Boolean)) high += 3;
        }
        const found = areaWhere(table, holds);
        expect([found.low, found.high]).toEqual([low, high]);
        if (found.value !== null) expect(found.value >= low && found.value <= high).toBe(true);
      }),
    );
  });

  test('tables merge to the table of all cells, and those of other lengths do not', () => {
    const tally = tallyOf([
      Uint8Array.from([PRESENT, ABSENT, UNSEEN, PRESENT]),
      Uint8Array.from([ABSENT, ABSENT, PRESENT, PRESENT]),
    ]);
    const [whole, left, right] = [newFrequencyTable(2), newFrequencyTable(2), newFrequencyTable(2)];
    addFrequencies(whole, tally, 0, 4, 1.5);
    addFrequencies(left, tally, 0, 1, 1.5);
    addFrequencies(right, tally, 1, 4, 1.5);
    expect(mergeFrequencies(left, right)).toEqual(whole);
    expect(() => mergeFrequencies(whole, newFrequencyTable(3))).toThrow('different numbers of dates');
    expect(() => addFrequencies(newFrequencyTable(3), tally, 0, 4, 1)).toThrow('2 dates');
  });
});
