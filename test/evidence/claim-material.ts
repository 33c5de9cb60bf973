/** Small material for the tests of claims: one place, one indicator, and what sources say of it. */
import type { ClaimMaterial } from '../../src/evidence/claim-facts.ts';
import type { Claim, StoredCheck } from '../../src/evidence-types.ts';
import type { Observation } from '../../src/types.ts';
import { almaty, area, total, unesco } from '../store/facts-fixture.ts';

export const observed = (id: string, overrides: Partial<Observation> = {}): Observation => ({ ...total, id, ...overrides });

export function materialOf(observations: readonly Observation[], more: Partial<ClaimMaterial> = {}): ClaimMaterial {
  return {
    observations,
    headcounts: [],
    money: [],
    designations: [],
    activities: [],
    participations: [],
    organisations: [],
    sites: [almaty],
    zones: [{ id: 'almaty/core', site: 'almaty', kind: 'core' }],
    indicators: new Map([['area', area]]),
    sources: new Map([[unesco.id, unesco]]),
    ...more,
  };
}

/** A claim of a source that is not the one of the figures. */
export function claimOf(check: StoredCheck | null, overrides: Partial<Claim> = {}): Claim {
  return {
    id: 'c',
    in: { source: 'newspaper', page: null },
    sentence: { en: 'A sentence.' },
    kind: 'checkable',
    check,
    note: null,
    verdict: null,
    ...overrides,
  };
}
