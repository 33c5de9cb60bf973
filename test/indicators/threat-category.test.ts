import { expect, test } from 'vitest';
import { isThreatened, threatCode } from '../../src/indicators/threat-category.ts';

test('CR, EN and VU are threats, with a tag too; no assessment, or one of no threat, is none', () => {
  expect(['CR', 'CR(PE)', 'EN', 'VU', 'III'].every(isThreatened)).toBe(true);
  expect(['LC', 'NT', 'LR/nt', 'LR/lc', 'LR/cd', 'DD', 'NE', 'NA', 'EX', 'RE', '', null, undefined].some(isThreatened)).toBe(
    false,
  );
});

test('"possibly extinct" is a tag of critically endangered, not a category', () => {
  expect(['CR(PE)', 'CR(PEW)', 'CR', 'EN', 'II'].map(threatCode)).toEqual(['CR', 'CR', 'CR', 'EN', 'II']);
});
