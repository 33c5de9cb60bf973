/** Everything that programs keep beside the dossier but their values, as it is read once and found again by what it leads to. */
import type { Db } from '../store/db.ts';
import { listProgramEntities, type ProgramEntity } from '../store/programs.ts';
import type { Id } from '../types.ts';
import type { SetName } from './sensorthings-model.ts';

export interface Beside {
  entities: ReadonlyMap<Id, ProgramEntity>;
  /** Entities by set, link and what it leads to. */
  back: ReadonlyMap<string, readonly Id[]>;
}

export const NOTHING_BESIDE: Beside = { entities: new Map(), back: new Map() };

/** Links that are kept with the entity on their other end: its set, and its link back. */
const BACK: Partial<Record<SetName, Record<string, { set: SetName; link: string }>>> = {
  Things: {
    Datastreams: { set: 'Datastreams', link: 'Thing' },
    HistoricalLocations: { set: 'HistoricalLocations', link: 'Thing' },
  },
  Locations: {
    Things: { set: 'Things', link: 'Locations' },
    HistoricalLocations: { set: 'HistoricalLocations', link: 'Locations' },
  },
  Sensors: { Datastreams: { set: 'Datastreams', link: 'Sensor' } },
  ObservedProperties: { Datastreams: { set: 'Datastreams', link: 'ObservedProperty' } },
};

/** The link by which entities of another set lead to one; `null` where it keeps the link itself. */
export function backOf(set: SetName, link: string): { set: SetName; link: string } | null {
  return BACK[set]?.[link] ?? null;
}

export function readBeside(db: Db): Beside {
  const entities = new Map(listProgramEntities(db).map((one) => [one.id, one]));
  const back = new Map<string, Id[]>();
  for (const { id, kind, links } of entities.values())
    for (const [link, ids] of Object.entries(links))
      for (const to of typeof ids === 'string' ? [ids] : ids) {
        const key = backKey(kind, link, to);
        const known = back.get(key);
        if (known === undefined) back.set(key, [id]);
        else known.push(id);
      }
  return { entities, back };
}

/** How entities are found that lead to another by a link. */
export function backKey(set: string, link: string, to: Id): string {
  return `${set} ${link} ${to}`;
}
