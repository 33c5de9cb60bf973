/**
 * Activities and counts of people, written short for tests of what is assembled from records.
 *
 *     event('day', { title: 'Day of the Steppe', category: 'celebration', when: '2019-05-05' })
 *     headcount('day', { total: 40, female: 22 })
 */
import { periodOf } from '../../src/periods.ts';
import type { Block } from '../../src/print/blocks.ts';
import type { Activity, Headcount, Organisation, Participation } from '../../src/types.ts';
import { almaty, unesco } from '../store/facts-fixture.ts';

/** An event unless `kind` says otherwise, from the UNESCO page of the fixture; `when` is ISO 8601, as `periodOf` takes it. */
export function activity(
  id: string,
  { title = id, when, ...rest }: Partial<Omit<Activity, 'title'>> & { title?: string; when?: string } = {},
): Activity {
  return {
    id,
    kind: 'event',
    parent: null,
    title: { en: title },
    description: null,
    period: (when === undefined ? null : periodOf(when)) ?? { start: null, end: null },
    sites: [almaty.id],
    themes: [],
    functions: [],
    category: null,
    result: null,
    quality: 'ok',
    note: null,
    from: { source: unesco.id },
    ...rest,
  };
}

/** People who attended the activity `feature`; nothing is counted but what is given. */
export function headcount(feature: string, rest: Partial<Headcount> = {}): Headcount {
  return {
    id: `${feature}-${rest.measure ?? 'attended'}-${(rest.groups ?? []).join('-')}-${rest.age ?? ''}`,
    feature,
    measure: 'attended',
    groups: [],
    age: null,
    period: null,
    total: null,
    female: null,
    male: null,
    other: null,
    unknown: null,
    unique: 'unknown',
    note: null,
    from: { source: unesco.id },
    ...rest,
  };
}

/** Staff of the reserve in a year, each person counted once. */
export function employed(year: number, groups: string[], rest: Partial<Headcount> = {}): Headcount {
  return headcount(almaty.id, {
    measure: 'employed',
    groups,
    period: { start: `${year}-01-01`, end: `${year + 1}-01-01` },
    unique: 'yes',
    ...rest,
  });
}

export function organisation(id: string, name: string): Organisation {
  return { id, name: { en: name }, acronym: null, kind: null, country: null, parent: null, ids: {}, aliases: [] };
}

export function participation(activityId: string, by: string, role: Participation['role']): Participation {
  return { activity: activityId, organisation: by, person: null, role, from: { source: unesco.id } };
}

/** The texts of marked gaps. */
export function gapsOf(blocks: Block[] | null): string[] {
  return (blocks ?? []).flatMap((block) => (block.kind === 'gap' ? [block.text] : []));
}

/** The cells of all tables, or of the one whose id ends with `name`. */
export function rowsOf(blocks: Block[] | null, name = ''): string[][] {
  return (blocks ?? []).flatMap((block) =>
    block.kind === 'table' && (block.id ?? '').endsWith(name) ? block.rows.map((row) => row.map(({ text }) => text)) : [],
  );
}

/** Tables that sentences refer to and that are not there. */
export function dangling(blocks: Block[] | null): string[] {
  const tables = new Set((blocks ?? []).flatMap((block) => (block.kind === 'table' && block.id !== undefined ? [block.id] : [])));
  const seen = (blocks ?? []).flatMap((block) => (block.kind === 'text' ? (block.text.see ?? []) : []));
  return seen.filter((id) => !tables.has(id));
}
