/**
 * The form's table of people: permanent and seasonal inhabitants of each zone, as the report before gave them and now, with
 * date and source; then all figures by year where there are more than those two.
 *
 * A figure that is not classed as permanent or seasonal is said to be neither: it is not told apart. Censuses and registers
 * stand in the table first; figures computed from grids, which are unreliable where few people live, or from lists of settlements
 * stand beside them, and with all others below it.
 */
import { t } from '../i18n/index.ts';
import { type Align, type Block, type Cited, plain, type Table } from '../print/blocks.ts';
import { type PopulationFigure, populationOf } from '../science/pressure-population.ts';
import type { Id, Observation, ZoneKind } from '../types.ts';
import { zoneKinds } from '../zonation/figures.ts';
import { reported } from './before-and-now.ts';
import { classText } from './class-text.ts';
import type { Content } from './content.ts';
import {
  citeFigure,
  estimateText,
  featuresOfKind,
  figureCell,
  figuresFor,
  NOTHING,
  periodText,
  placeText,
  tableId,
  together,
} from './figures.ts';

const CLASSES = ['permanent', 'seasonal'] as const;
const COLUMNS = ['previous', 'now'] as const;

interface Place {
  place: ZoneKind | 'whole';
  /** Counted or declared. */
  said: Observation[];
  computed: Observation[];
}

/** The filler `population`; `null` where nobody counted, declared or computed anybody. */
export function population(content: Content): Block[] | null {
  const places = placesOf(content);
  const all = places.flatMap(({ said, computed }) => [...said, ...computed]);
  if (all.length === 0) return null;
  return [table(content, places), ...beside(content, places), ...series(content, places), ...doubtful(content)];
}

function placesOf({ facts }: Content): Place[] {
  const place = (name: Place['place'], ids: Id[]): Place => ({
    place: name,
    said: figuresFor(facts, ids, 'population', { roles: ['observed', 'declared'] }),
    computed: figuresFor(facts, ids, 'population', { roles: ['computed'] }),
  });
  return [...zoneKinds.map((kind) => place(kind, featuresOfKind(facts, kind))), place('whole', [facts.site.id])];
}

function table(content: Content, places: Place[]): Table {
  const { lang } = content;
  const isComputed = places.some(({ computed }) => computed.length > 0);
  return {
    kind: 'table',
    id: tableId('population', content),
    caption: t(lang, 'review.population.table'),
    head: [
      t(lang, 'review.zone'),
      ...COLUMNS.flatMap((column) =>
        ['permanent', 'seasonal', 'date'].map((name) => t(lang, `review.population.${column}-${name}`)),
      ),
      ...(isComputed ? [t(lang, 'population.computed')] : []),
    ],
    rows: places
      .filter(({ place, said, computed }) => place !== 'whole' || said.length > 0 || computed.length > 0)
      .map((place) => [...row(content, place), ...(isComputed ? [computedCell(content, place)] : [])]),
    align: ['start', 'end', 'end', 'start', 'end', 'end', 'start', ...(isComputed ? (['end'] as const) : [])],
    wide: true,
  };
}

function row(content: Content, { place, said }: Place): Cited[] {
  const times = reported(said, content.dates);
  return [
    plain(placeText(content.lang, place)),
    ...COLUMNS.flatMap((column) => {
      const of = (name: string | undefined): Observation[] => times[column].filter((o) => o.by.class === name);
      const [permanent, seasonal] = CLASSES.map((name) => cell(content, of(name)));
      const neither = cell(
        content,
        times[column].filter((o) => !CLASSES.some((name) => name === o.by.class)),
      );
      const untold = t(content.lang, 'review.population.not-told-apart', { value: neither.text });
      return [
        neither.text === NOTHING ? (permanent as Cited) : joined(permanent as Cited, { ...neither, text: untold }),
        seasonal as Cited,
        plain(times[column].length === 0 ? NOTHING : periodText(content.lang, times[column][0]?.period ?? null)),
      ];
    }),
  ];
}

/** What was computed for the latest time by each way, the way named; zones of one kind together. */
function computedCell(content: Content, { computed }: Place): Cited {
  const ways = Map.groupBy(latest(computed), ({ by, period }) => `${by.class ?? ''}\n${period?.start ?? ''}`);
  return together(
    [...ways.values()].map((own) => {
      const [o] = own;
      const { text, notes } = o !== undefined && own.length === 1 ? peopleCell(content, o) : sumCell(content, own);
      const way = o?.by.class === undefined ? '' : `${classText(content.lang, o.by.class)}, `;
      return { text: `${text} (${way}${periodText(content.lang, o?.period ?? null)})`, notes };
    }),
  );
}

/** Figures of one time that do not tell permanent from seasonal: computed ones way by way, zones of one kind together. */
function untoldCell(content: Content, same: Observation[]): Cited {
  if (same[0]?.role !== 'computed') return cell(content, same);
  const ways = Map.groupBy(latest(same), ({ by }) => by.class ?? '');
  return together(
    [...ways].map(([way, own]) => {
      const { text, notes } = own.length === 1 && own[0] !== undefined ? peopleCell(content, own[0]) : sumCell(content, own);
      return { text: way === '' ? text : `${text} (${classText(content.lang, way)})`, notes };
    }),
  );
}

/** Models give parts of people: without an interval they are written whole. */
function peopleCell(content: Content, o: Observation): Cited {
  return o.role === 'computed' && o.low === null && o.high === null ? sumCell(content, [o]) : figureCell(content, o);
}

function sumCell(content: Content, own: Observation[]): Cited {
  const value = own.reduce((sum, o) => sum + (o.value ?? 0), 0);
  const text = estimateText(content.lang, { value, low: null, high: null, level: null }, { most: 0 });
  return { text, notes: [...new Set(own.map((o) => citeFigure(content, o)))] };
}

/** Of each zone and way the figure of the latest time, and of several for one time that which was computed last. */
function latest(computed: Observation[]): Observation[] {
  const start = ({ period }: Observation): string => period?.start ?? '';
  return [...Map.groupBy(computed, ({ feature, by }) => `${feature}\n${by.class ?? ''}`).values()].flatMap((same) =>
    same.toSorted((a, b) => (start(a) < start(b) ? -1 : start(a) > start(b) ? 1 : 0)).slice(-1),
  );
}

/** Says how the two kinds of figures stand side by side, and how far apart they are at most. */
function beside(content: Content, places: Place[]): Block[] {
  const { lang, dates } = content;
  const year = Number(dates.current.slice(0, 4));
  const apart = places.flatMap(({ said, computed }) => {
    const whole = reported(said, dates).now.filter(({ by }) => by.class !== 'seasonal');
    const counted = whole.length === 0 ? [] : [asFigure('census', whole, year)];
    const modelled = [...Map.groupBy(latest(computed), ({ by }) => by.class ?? '').values()].map((own) =>
      asFigure('raster', own, year),
    );
    const { shown, disagreement } = populationOf([...counted, ...modelled], { year });
    return shown?.kind === 'census' && disagreement !== null ? [disagreement] : [];
  });
  if (apart.length === 0) return [];
  const percent = Math.round(100 * Math.max(...apart));
  return [{ kind: 'text', text: plain(t(lang, 'population.beside', { percent })) }];
}

function asFigure(kind: PopulationFigure['kind'], own: Observation[], year: number): PopulationFigure {
  const value = own.reduce((sum, o) => sum + (o.value ?? 0), 0);
  return { kind, value, year: Number(own[0]?.period?.start.slice(0, 4) ?? year), low: null, high: null, source: '' };
}

function cell(content: Content, observations: Observation[]): Cited {
  return together(observations.map((o) => peopleCell(content, o)));
}

function joined(a: Cited, b: Cited): Cited {
  return a.text === NOTHING ? b : { text: `${a.text}; ${b.text}`, notes: [...a.notes, ...b.notes] };
}

/** All figures by year, where a place has more than two dates or computed figures. */
function series(content: Content, places: Place[]): Table[] {
  const { lang } = content;
  const periods = (all: Observation[]): Observation[][] => [
    ...Map.groupBy(
      all.toSorted((a, b) => (a.period?.start ?? '').localeCompare(b.period?.start ?? '')),
      ({ period, role }) => `${period?.start ?? ''} ${period?.end ?? ''} ${role}`,
    ).values(),
  ];
  const isLong = places.some(({ said, computed }) => computed.length > 0 || periods(said).length > 2);
  if (!isLong) return [];
  const rows = places.flatMap(({ place, said, computed }) =>
    periods([...said, ...computed]).map((same) => [
      plain(placeText(lang, place)),
      plain(periodText(lang, same[0]?.period ?? null)),
      ...CLASSES.map((name) =>
        cell(
          content,
          same.filter((o) => o.by.class === name),
        ),
      ),
      untoldCell(
        content,
        same.filter((o) => !CLASSES.some((name) => name === o.by.class)),
      ),
      plain(t(lang, `role.${same[0]?.role ?? 'declared'}`)),
    ]),
  );
  return [
    {
      kind: 'table',
      id: tableId('population-series', content),
      caption: t(lang, 'review.population.series'),
      head: [
        t(lang, 'review.zone'),
        ...['date', 'permanent', 'seasonal', 'untold', 'role'].map((name) => t(lang, `review.population.${name}`)),
      ],
      rows,
      align: ['start', 'start', 'end', 'end', 'end', 'start'] satisfies Align[],
    },
  ];
}

/** Figures known to be wrong are left out, and it is said which. */
function doubtful(content: Content): Block[] {
  const { facts, lang } = content;
  const places = [
    ...zoneKinds.map((place) => ({ place, ids: featuresOfKind(facts, place) })),
    { place: 'whole' as const, ids: [facts.site.id] },
  ];
  const items = places.flatMap(({ place, ids }) =>
    figuresFor(facts, ids, 'population', { doubtful: true }).map((o) => {
      const { text, notes } = figureCell(content, o);
      return { text: `${placeText(lang, place)}: ${text} (${periodText(lang, o.period)})`, notes };
    }),
  );
  if (items.length === 0) return [];
  const list = items.map(({ text }) => text).join('; ');
  return [
    { kind: 'text', text: { text: t(lang, 'review.population.doubtful', { list }), notes: items.flatMap(({ notes }) => notes) } },
  ];
}
