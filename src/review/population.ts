/**
 * The form's table of people: permanent and seasonal inhabitants of each zone, as the report before gave them and now, with
 * date and source; then all figures by year where there are more than those two.
 *
 * A figure that is not classed as permanent or seasonal is said to be neither: it is not told apart. Censuses and registers
 * stand in the table; figures computed from grids, which are unreliable where few people live, stand below it.
 */
import { t } from '../i18n/index.ts';
import { type Align, type Block, type Cited, plain, type Table } from '../print/blocks.ts';
import type { Id, Observation, ZoneKind } from '../types.ts';
import { zoneKinds } from '../zonation/figures.ts';
import { reported } from './before-and-now.ts';
import type { Content } from './content.ts';
import { featuresOfKind, figureCell, figuresFor, NOTHING, periodText, placeText, tableId, together } from './figures.ts';

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
  const said = places.some((place) => place.said.length > 0) ? [table(content, places)] : [];
  return [...said, ...series(content, places), ...doubtful(content)];
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
  return {
    kind: 'table',
    id: tableId('population', content),
    caption: t(lang, 'review.population.table'),
    head: [
      t(lang, 'review.zone'),
      ...COLUMNS.flatMap((column) =>
        ['permanent', 'seasonal', 'date'].map((name) => t(lang, `review.population.${column}-${name}`)),
      ),
    ],
    rows: places.filter(({ place, said }) => place !== 'whole' || said.length > 0).map((place) => row(content, place)),
    align: ['start', 'end', 'end', 'start', 'end', 'end', 'start'],
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

function cell(content: Content, observations: Observation[]): Cited {
  return together(observations.map((o) => figureCell(content, o)));
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
      cell(
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
