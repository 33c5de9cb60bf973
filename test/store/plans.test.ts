import { expect, test } from 'vitest';
import { getRun } from '../../src/store/observations.ts';
import { getPlan, listPlans, putPlan, removePlan } from '../../src/store/plans.ts';
import { listAudit } from '../../src/store/write.ts';
import type { Plan } from '../../src/types.ts';
import { smallDossier } from './facts-fixture.ts';
import { planned, reservesWithCores } from './network-fixture.ts';

const plan: Plan = {
  id: 'almaty:lake',
  site: 'almaty',
  kind: 'lake',
  title: { en: 'The lake', kk: 'Көл' },
  problem: { full: 42 },
  solutions: [{ run: 'run-1', objective: 1.5, bound: null, gap: null, result: [1, null] }],
};

test('a plan is read as it was kept, changed and removed, and the audit tells of each', () => {
  const db = smallDossier();
  expect(putPlan(db, 'test', plan)).toBe('added');
  expect(getPlan(db, plan.id)).toEqual(plan);
  expect(putPlan(db, 'test', plan)).toBe('same');
  expect(putPlan(db, 'test', { ...plan, title: { en: 'A lake' } })).toBe('changed');
  expect(listPlans(db, 'almaty', 'corridor')).toEqual([]);
  expect(listPlans(db, 'almaty')).toHaveLength(1);
  expect(removePlan(db, 'test', plan.id)).toBe(true);
  expect(getPlan(db, plan.id)).toBeNull();
  expect(listAudit(db, 'plans', plan.id).map(({ action }) => action)).toEqual(['added', 'changed', 'removed']);
});

test('a plan of a kind that there is not, or of a site that there is not, is refused', () => {
  const db = smallDossier();
  expect(() => putPlan(db, 'test', { ...plan, kind: 'dream' as 'lake' })).toThrow();
  expect(() => putPlan(db, 'test', { ...plan, site: 'nowhere' })).toThrow();
});

test('corridors: the same again changes nothing, a newer plan takes the place of the former', () => {
  const db = reservesWithCores();
  const first = planned(db);
  expect(first.change).toBe('added');
  const before = listAudit(db).length;
  expect(planned(db)).toEqual({ ...first, change: 'same' });
  expect(listAudit(db)).toHaveLength(before);
  const newer = planned(db, 'almaty', { width: 500 });
  expect([newer.plan, newer.change, newer.run === first.run]).toEqual([first.plan, 'changed', false]);
  expect(listPlans(db, 'almaty', 'corridor').flatMap(({ solutions }) => solutions.map(({ run }) => run))).toEqual([newer.run]);
  expect(getRun(db, first.run)).not.toBeNull();
});
