/** What a visitor may see of the Aral: figures of the waters that they may read, and the shipped tables, which are public. */
import type { AralHistoryReply, AralScenarioReply } from '../api/water.ts';
import { writeCsv } from '../formats/csv.ts';
import { ARAL_WATERS, aralHistory, aralHistoryChart, HISTORY_INDICATORS, type HistoryFigure } from '../plans/aral-history.ts';
import { type AralTables, aralTables } from '../plans/aral-tables.ts';
import { listIndicators, listSources } from '../store/catalogue.ts';
import type { Db } from '../store/db.ts';
import { listObservationsOf } from '../store/observations.ts';
import { listSites } from '../store/sites.ts';
import type { Id, Lang, LocalText } from '../types.ts';
import type { Visitor } from './visitor.ts';

/** Conflicts of the sources that bear on scenarios. */
const OF_SCENARIOS: readonly string[] = ['C3', 'C4', 'C5', 'C9'];

let read: AralTables | null = null;
/** The shipped tables, read once: they do not change while a server runs. */
const shipped = (): AralTables => (read ??= aralTables());

/** What a browser runs scenarios from. */
export function scenarioTables(): AralScenarioReply {
  const { north, fish, limits, conflicts } = shipped();
  return {
    tables: {
      north: { ...north, curve: north.curve.map(({ conflicts: _, ...row }) => row) },
      fish,
      limits,
    },
    conflicts: conflicts.filter(({ id }) => OF_SCENARIOS.includes(id)).map(({ id, text }) => ({ id, text })),
  };
}

interface Seen {
  names: Map<Id, LocalText>;
  figures: HistoryFigure[];
}

/** Figures of one water, or of all that the visitor may read. */
function seenHistory(db: Db, visitor: Visitor, water?: Id): Seen {
  const names = new Map(listSites(db).map(({ id, name }) => [id, name]));
  const waters = ARAL_WATERS.filter((id) => names.has(id) && visitor.may('reader', id) && (water === undefined || id === water));
  const observations = waters.flatMap((id) => listObservationsOf(db, id, HISTORY_INDICATORS));
  return { names, figures: aralHistory(observations, shipped().conflicts) };
}

/** The figures with what they rest on. */
export function historyReply(db: Db, visitor: Visitor, water?: Id): AralHistoryReply {
  const { names, figures } = seenHistory(db, visitor, water);
  const all = water === undefined ? figures : seenHistory(db, visitor).figures;
  const indicators = new Map(listIndicators(db).map(({ id, title }) => [id, title]));
  const sources = listSources(db);
  const used = <Key>(of: (figure: HistoryFigure) => Key): Set<Key> => new Set(figures.map(of));
  const told = new Set(figures.flatMap(({ conflicts }) => conflicts));
  return {
    waters: ARAL_WATERS.map((id) => ({
      id,
      name: names.get(id) ?? {},
      figures: all.filter((figure) => figure.water === id).length,
    })).filter((one) => one.figures > 0),
    indicators: HISTORY_INDICATORS.map((id) => ({ id, title: indicators.get(id) ?? {} })),
    figures,
    fish: shipped().fish,
    sources: [...used(({ source }) => source)].map((id) => ({
      id,
      title: sources.get(id)?.title ?? id,
      href: sources.get(id)?.href ?? null,
    })),
    conflicts: shipped()
      .conflicts.filter(({ id }) => told.has(id))
      .map(({ id, text }) => ({ id, text })),
  };
}

/** The drawing of the same. */
export function historyDrawing(
  db: Db,
  visitor: Visitor,
  { water, width, lang, today }: { water?: Id | undefined; width?: number | undefined; lang: Lang; today: string },
): string {
  const { names, figures } = seenHistory(db, visitor, water);
  return aralHistoryChart(figures, { names, lang, to: Number(today.slice(0, 4)), ...(width === undefined ? {} : { width }) });
}

/** A row for every figure; names of columns are the same in every language. */
export function historyCsv(db: Db, visitor: Visitor, water?: Id): string {
  const { figures } = seenHistory(db, visitor, water);
  const sources = listSources(db);
  return writeCsv(
    [
      'water',
      'indicator',
      'start',
      'end',
      'value',
      'low',
      'high',
      'unit',
      'role',
      'quality',
      'source',
      'source_title',
      'note',
      'conflicts',
    ],
    figures.map((one) => [
      ...[one.water, one.indicator, one.period?.start ?? null, one.period?.end ?? null, one.value, one.low, one.high],
      ...[one.unit, one.role, one.quality, one.source, sources.get(one.source)?.title ?? '', one.note, one.conflicts.join(' ')],
    ]),
  );
}
