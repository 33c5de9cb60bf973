import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressKey, attemptLimits, TooManyRequests } from '../../src/server/limits.ts';

const at = (ms: number): Date => new Date(Date.UTC(2026, 10, 23) + ms);

/** How long the next try has to wait [s]; 0 where it may come. */
function wait(limits: ReturnType<typeof attemptLimits>, key: string, now: Date): number {
  try {
    limits.enter([key], now);
    return 0;
  } catch (error) {
    if (error instanceof TooManyRequests) return error.seconds;
    throw error;
  }
}

describe('tries', () => {
  test('after five failures wait 1, 2, 4 … seconds, and never more than a quarter of an hour', () => {
    const limits = attemptLimits();
    let now = 0;
    const waits: number[] = [];
    for (let i = 0; i < 20; i++) {
      const seconds = wait(limits, 'login dana', at(now));
      waits.push(seconds);
      now += seconds * 1000;
      if (seconds > 0) expect(wait(limits, 'login dana', at(now))).toBe(0);
    }
    expect(waits.slice(0, 12)).toEqual([0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64]);
    expect(Math.max(...waits)).toBe(900);
  });

  test('are forgotten after an hour, and by a right one', () => {
    const limits = attemptLimits();
    for (let i = 0; i < 5; i++) limits.enter(['login dana'], at(0));
    expect(wait(limits, 'login dana', at(3_600_001))).toBe(0);
    limits.enter(['login erlan'], at(0)).succeeded();
    for (let i = 0; i < 5; i++) expect(wait(limits, 'login erlan', at(0))).toBe(0);
  });

  test('of an address are not forgotten because somebody there knows one password', () => {
    const limits = attemptLimits();
    for (let i = 0; i < 19; i++) limits.enter(['address 192.0.2.7'], at(0));
    for (let i = 0; i < 50; i++) limits.enter(['login own', 'address 192.0.2.7'], at(0)).succeeded();
    limits.enter(['address 192.0.2.7'], at(0));
    expect(wait(limits, 'address 192.0.2.7', at(0))).toBe(1);
  });

  test('take bounded memory, whatever comes', () => {
    const limits = attemptLimits({ most: 100 });
    fc.assert(
      fc.property(fc.string(), (name) => {
        wait(limits, `login ${name}`, at(0));
        expect(limits.size()).toBeLessThanOrEqual(100);
      }),
      { numRuns: 500 },
    );
  });
});

test.each([
  ['192.0.2.7', 'address 192.0.2.7'],
  ['::ffff:192.0.2.7', 'address 192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', 'address 2001:db8:1:2::/64'],
  ['2001:DB8:1:2::9', 'address 2001:db8:1:2::/64'],
  ['2001:db8::1', 'address 2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'address fe80:0:0:0::/64'],
])('%s is counted as %s', (address, key) => {
  expect(addressKey(address)).toBe(key);
});
