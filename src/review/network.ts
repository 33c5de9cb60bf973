/**
 * The ecological network in the review: how connected the cores of the reserve and of its neighbours are, which ways and stepping
 * stones that hangs on, which corridors would add most, and how much of the reserve and of its country is protected and connected.
 *
 *     A | Lake 3 – Hills¹ | 7.2 km | 15.9 % | between reserves
 *
 * It stands in the first section that asks for it; the others say how connected the cores are, and where to look.
 */
import { number, pick, t } from '../i18n/index.ts';
import { CONNECTIVITY } from '../indicators/connectivity.ts';
import { PROTECTED_CONNECTIVITY } from '../indicators/protected-connectivity.ts';
import { type KeptCorridors, keptCorridors } from '../plans/corridors-kept.ts';
import { type CorridorLists, corridorLists } from '../plans/corridors-lists.ts';
import { corridorWords, hectares, kilometres } from '../plans/corridors-told.ts';
import { type Block, type Cited, plain, type Table } from '../print/blocks.ts';
import type { Id, LocalText, Observation } from '../types.ts';
import type { Content } from './content.ts';
import { figureCell, figuresFor, NOTHING, percentText, tableId } from './figures.ts';
import type { FormSection } from './form.ts';
import { networkMap } from './network-map.ts';

/** The filler `network`; `null` for a reserve whose map has no core and of which nothing is known. */
export function network(content: Content): Block[] | null {
  const { lang, network: known, facts } = content;
  const kept = known.plan === null ? null : keptCorridors(known.plan, lang);
  const first = firstSection(content);
  const isHere = first === null || first === content.section.id;
  const tables = protectedTable(content, first ?? content.section.id);
  if (kept === null) {
    const command = `saryarka life connect reserve … --site ${facts.site.id} --keep`;
    const hint: Block[] = known.hasCores && isHere ? [{ kind: 'hint', text: t(lang, 'review.network.none', { command }) }] : [];
    const blocks = [...(isHere && tables !== null ? [tables] : []), ...hint];
    return blocks.length === 0 ? null : blocks;
  }
  if (!isHere) return brief(content, kept, first);
  return [...told(content, kept), ...(tables === null ? [] : [tables]), ...nationalChanges(content)];
}

/** The first section of the form that takes the network whole. */
function firstSection({ form }: Content): Id | null {
  const all = (sections: readonly FormSection[]): FormSection[] => sections.flatMap((one) => [one, ...all(one.sections)]);
  const found = form.parts.flatMap(({ sections }) => all(sections)).find(({ fills }) => fills.includes('network'));
  return found?.id ?? null;
}

function told(content: Content, kept: KeptCorridors): Block[] {
  const { lang } = content;
  const { state, best, method } = corridorWords(kept.found, lang);
  const lists = corridorLists(kept);
  const note = noteOf(content, kept);
  const say = (sentences: string[]): Block => ({ kind: 'text', text: { text: sentences.join(' '), notes: [note] } });
  return [
    ...changes(content, kept),
    say(state),
    ...(best.length === 0 ? [] : [say(best)]),
    ...(method.length === 0 ? [] : [{ kind: 'hint' as const, text: method.join(' ') }]),
    ...networkMap(content, kept, lists),
    ...linkTable(content, lists, note),
    ...stoneTable(content, lists, note),
    ...corridorTable(content, lists, note),
  ];
}

/** How connected the cores are, for another section of the form. */
function brief(content: Content, kept: KeptCorridors, first: Id): Block[] {
  const [state = ''] = corridorWords(kept.found, content.lang).state;
  const see = corridorLists(kept).links.length > 0 ? [`network-links.${first}`] : [];
  return [{ kind: 'text', text: { text: state, notes: [noteOf(content, kept)], ...(see.length === 0 ? {} : { see }) } }];
}

/** Number of the footnote with method, settings and run. */
function noteOf(content: Content, { run, within, found }: KeptCorridors): number {
  const { lang, network: known } = content;
  const { method = '', version = 1 } = known.run ?? {};
  return content.cite(
    t(lang, 'review.network.note', {
      method,
      version: t(lang, 'review.figure.version', { version }),
      km: kilometres(lang, found.problem.distance),
      within: kilometres(lang, within),
      run: t(lang, 'review.figure.run', { run }),
    }),
  );
}

/** Where cores were drawn anew, the plan speaks of other ground. */
function changes({ lang, network: known }: Content, kept: KeptCorridors): Block[] {
  if (known.changed.length === 0) return [];
  const command = `saryarka life connect reserve … --site ${kept.site} --keep`;
  return [{ kind: 'gap', text: t(lang, 'review.network.changed', { reserves: listed(known.changed, lang), command }) }];
}

function nationalChanges({ lang, network: known }: Content): Block[] {
  return known.national
    .filter(({ changed }) => changed.length > 0)
    .map(({ country, changed }) => ({
      kind: 'gap',
      text: t(lang, 'review.network.national-changed', { country: pick(country, lang), reserves: listed(changed, lang) }),
    }));
}

function listed(names: readonly LocalText[], lang: Content['lang']): string {
  return new Intl.ListFormat(lang, { type: 'conjunction' }).format([...new Set(names.map((name) => pick(name, lang)))]);
}

type Cells = (string | Cited)[];

/** A table with a caption of `review.network`; the first words of a row carry the footnote. */
function tableOf(content: Content, name: string, { head, rows, note }: { head: string[]; rows: Cells[]; note: number }): Table[] {
  if (rows.length === 0) return [];
  const say = (key: string): string => t(content.lang, `review.network.${key}`);
  const text = ['label', 'way', 'core', 'reserve', 'reach'];
  const noted = head.findIndex((key) => key === 'way' || key === 'core');
  return [
    {
      kind: 'table',
      id: tableId(`network-${name}`, content),
      caption: say(name),
      head: head.map(say),
      rows: rows.map((row) =>
        row.map((cell, i) => {
          const own = typeof cell === 'string' ? plain(cell) : cell;
          return i === noted ? { ...own, notes: [note, ...own.notes] } : own;
        }),
      ),
      align: head.map((key) => (text.includes(key) ? 'start' : 'end')),
    },
  ];
}

function linkTable(content: Content, { links }: CorridorLists, note: number): Table[] {
  const { lang } = content;
  const rows = links.map(({ label, from, to, across, distance, share }) => [
    label,
    `${from} – ${to}`,
    t(lang, across ? 'review.network.across' : 'review.network.inside'),
    kilometres(lang, distance),
    percentText(lang, share),
  ]);
  return tableOf(content, 'links', { head: ['label', 'way', 'reach', 'length', 'lost'], rows, note });
}

function stoneTable(content: Content, { stones }: CorridorLists, note: number): Table[] {
  const { lang } = content;
  const rows = stones.map(({ name, reserve, connector, share }) => [
    name,
    reserve,
    percentText(lang, connector),
    percentText(lang, share),
  ]);
  return tableOf(content, 'stones', { head: ['core', 'reserve', 'through', 'without'], rows, note });
}

function corridorTable(content: Content, { corridors }: CorridorLists, note: number): Table[] {
  const { lang } = content;
  const rows = corridors.map(({ label, from, to, distance, area, gain, gainByArea, proof, proven }) => [
    label,
    `${from} – ${to}`,
    kilometres(lang, distance),
    hectares(lang, area),
    hectares(lang, gain),
    number(lang, gainByArea, 2),
    proven
      ? hectares(lang, proof.recomputed)
      : t(lang, 'review.network.unproven', { after: hectares(lang, proof.after), again: hectares(lang, proof.recomputed) }),
  ]);
  return tableOf(content, 'corridors', { head: ['label', 'way', 'length', 'area', 'gain', 'each', 'after'], rows, note });
}

/** For each distance: how connected the reserve's own cores are, and what of the reserve and of its country is protected and connected. */
function protectedTable(content: Content, section: Id): Table | null {
  const { facts, lang, network: known } = content;
  const own = (indicator: Id): Observation[] => latest(figuresFor(facts, [facts.site.id], indicator, { roles: ['computed'] }));
  const columns = [
    { title: t(lang, 'review.network.connected-cores'), figures: own(CONNECTIVITY.id) },
    { title: t(lang, 'review.network.connected-reserve'), figures: own(PROTECTED_CONNECTIVITY.id) },
    ...known.national.map(({ country, observations }) => ({
      title: t(lang, 'review.network.connected-country', { country: pick(country, lang) }),
      figures: observations,
    })),
  ].filter(({ figures }) => figures.length > 0);
  const distances = [...new Set(columns.flatMap(({ figures }) => figures.flatMap((o) => metresOf(o) ?? [])))].sort(
    (a, b) => a - b,
  );
  if (distances.length === 0) return null;
  return {
    kind: 'table',
    id: `network-protected.${section}`,
    caption: t(lang, 'review.network.protected'),
    head: [t(lang, 'review.network.distance'), ...columns.map(({ title }) => title)],
    rows: distances.map((distance) => [
      plain(t(lang, 'map.kilometres', { value: kilometres(lang, distance) })),
      ...columns.map(({ figures }) => {
        const o = figures.find((one) => metresOf(one) === distance);
        return o === undefined ? plain(NOTHING) : figureCell(content, o);
      }),
    ]),
    align: ['start', ...columns.map(() => 'end' as const)],
  };
}

/** The figures of each distance for the latest time. */
function latest(all: readonly Observation[]): Observation[] {
  return [...Map.groupBy(all, ({ by }) => by.class ?? '').values()].flatMap((same) =>
    same.toSorted((a, b) => ((a.period?.start ?? '') < (b.period?.start ?? '') ? -1 : 1)).slice(-1),
  );
}

/** The distance that is the class of a figure: `10000 m`. */
function metresOf({ by }: Observation): number | null {
  const [, metres] = /^([\d.]+) m$/.exec(by.class ?? '') ?? [];
  return metres === undefined ? null : Number(metres);
}
