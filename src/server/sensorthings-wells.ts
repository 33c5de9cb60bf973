/**
 * Where Observations lie: in the dossier, or beside it. They are read page by page, in the order asked for as far as it can be told to the store.
 *
 *     listWell(world, { dossier: { series } }, { limit: 100 })
 */
import { countProgramValues, listProgramValues } from '../store/programs.ts';
import { countReadings, listReadings } from '../store/readings.ts';
import { observation } from './sensorthings-entities.ts';
import { besideValue, type Entity, type Well } from './sensorthings-entity.ts';
import type { Order } from './sensorthings-expression.ts';
import type { World } from './sensorthings-world.ts';

interface Sorting {
  column: 'period_start' | 'value' | 'id' | 'starts' | 'fid';
  descending: boolean;
}

export interface WellPage {
  order?: readonly Sorting[];
  limit?: number;
  skip?: number;
  /** Those stored after this one. */
  after?: number;
}

const DOSSIER: Record<string, Sorting['column']> = {
  phenomenonTime: 'period_start',
  result: 'value',
  id: 'id',
  '@iot.id': 'id',
};
const PROGRAMS: Record<string, Sorting['column']> = { phenomenonTime: 'starts', id: 'fid', '@iot.id': 'fid' };

/** The order in columns of the store; `null` where it does not sort so. */
export function orderIn(well: Well, order: readonly Order[]): Sorting[] | null {
  const columns = 'dossier' in well ? DOSSIER : PROGRAMS;
  const known = order.flatMap(({ by, descending }): Sorting[] => {
    const column = by.kind === 'path' && by.path.length === 1 ? columns[by.path[0] ?? ''] : undefined;
    return column === undefined ? [] : [{ column, descending }];
  });
  return known.length === order.length ? known : null;
}

export function listWell(world: World, well: Well, page: WellPage): Entity[] {
  if ('dossier' in well) {
    const series = 'series' in well.dossier ? well.dossier.series : null;
    return listReadings(world.db, well.dossier, page as Parameters<typeof listReadings>[2]).map((one) =>
      observation(world, one, series),
    );
  }
  return listProgramValues(world.db, well.programs, page as Parameters<typeof listProgramValues>[2]).map(besideValue);
}

export function countWell(world: World, well: Well): number {
  return 'dossier' in well ? countReadings(world.db, well.dossier) : countProgramValues(world.db, well.programs);
}

/** What the next piece begins after. */
export function cursorOf(entity: Entity | undefined): number | undefined {
  return entity?.reading?.fid ?? entity?.value?.fid;
}
