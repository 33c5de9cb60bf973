import { describe, expect, test } from 'vitest';
import { all } from '../../src/store/db.ts';
import { once } from '../../src/store/sent.ts';
import { getSite, putSite } from '../../src/store/sites.ts';
import { almaty, smallDossier } from './facts-fixture.ts';

const NOW = new Date('2026-11-23T08:00:00.000Z');
const KEY = '0123456789abcdef';

describe('a write with a key', () => {
  test('is carried out once', () => {
    const db = smallDossier();
    let done = 0;
    const write = () => once(db, { by: 'aigul', key: KEY, now: NOW }, () => (done += 1));
    expect([write(), write()]).toEqual([
      { again: false, result: 1 },
      { again: true, result: null },
    ]);
    expect(done).toBe(1);
  });

  test('is another one when another user has the same key', () => {
    const db = smallDossier();
    const by = (name: string): boolean => once(db, { by: name, key: KEY, now: NOW }, () => null).again;
    expect([by('aigul'), by('saule'), by('aigul')]).toEqual([false, false, true]);
  });

  test('that fails may come again: neither its key nor anything it wrote is kept', () => {
    const db = smallDossier();
    const failing = () =>
      once(db, { by: 'aigul', key: KEY, now: NOW }, () => {
        putSite(db, 'aigul', { ...almaty, id: 'half-written' });
        throw new Error('cut off');
      });
    expect(failing).toThrow('cut off');
    expect(getSite(db, 'half-written')).toBeNull();
    expect(once(db, { by: 'aigul', key: KEY, now: NOW }, () => 'kept')).toEqual({ again: false, result: 'kept' });
  });

  test('is forgotten after more than a year, and what is kept tells neither who nor what', () => {
    const db = smallDossier();
    once(db, { by: 'aigul', key: KEY, now: NOW }, () => null);
    once(db, { by: 'aigul', key: 'another-key-of-hers', now: new Date('2028-01-01') }, () => null);
    const kept = all<{ id: string }>(db, 'select id from sent');
    expect(kept).toHaveLength(1);
    expect(kept[0]?.id).toMatch(/^sha256:[0-9a-f]{64}$/);
  });
});
