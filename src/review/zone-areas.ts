/**
 * The form's table of areas: core area, buffer zone and transition area on land and in the sea, as the report before gave them,
 * as they are declared now, and as the map gives them, with the differences.
 *
 * Declared and computed areas stand side by side and change nothing in one another. Where the shore runs is a matter of a
 * date: without a dated shoreline land and sea are not told apart, and nothing is said about the sea, not even zero.
 */
import { date, number, t } from '../i18n/index.ts';
import { type Block, type Cited, plain, type Table } from '../print/blocks.ts';
import type { Id, Observation, Zone, ZoneKind } from '../types.ts';
import { drawnZones, mapSources } from '../zonation/drawn-zones.ts';
import { zoneKinds } from '../zonation/figures.ts';
import type { SiteFacts } from '../zonation/site-facts.ts';
import { type AreaRow, areaTable, type Shoreline } from './area-table.ts';
import { type Reported, reported, zonesBefore, zonesThroughout } from './before-and-now.ts';
import type { Content } from './content.ts';
import {
  citeFigure,
  estimateText,
  featuresOfKind,
  figureCell,
  figureOf,
  figuresFor,
  NOTHING,
  periodText,
  tableId,
  together,
} from './figures.ts';

const REALMS: readonly AreaRow['realm'][] = ['terrestrial', 'marine'];

/** One row: what is known of an area, before it is written. */
interface Line {
  label: string;
  declared: Reported;
  computed: Measured | null;
  before: Measured | null;
  /** Whether declared and computed are of the same ground: both of land alone, or both with the sea. */
  isAlike: boolean;
  /** Instead of all cells: why nothing can be said. */
  unknown: string | null;
}

/** An area of the map [ha] with the numbers of its footnotes. */
interface Measured {
  areaHa: number;
  notes: number[];
}

/** What the rows are made from. */
interface Sources {
  content: Content;
  /** The zonation now and, where it changed, as it stood before. */
  drawn: { now: AreaRow[]; before: AreaRow[] };
  shore: Shoreline | null;
}

/** The filler `zone-areas`: land and sea are told apart by `content.shore`; `null` where neither a source nor a map knows of an area. */
export async function zoneAreas(content: Content): Promise<Block[] | null> {
  const { shore } = content;
  const { facts, lang, dates } = content;
  const old = zoneKinds.flatMap((kind) => zonesBefore(facts, kind, dates));
  const before = old.length === 0 ? [] : [...old, ...zoneKinds.flatMap((kind) => zonesThroughout(facts, kind, dates))];
  const drawn = {
    now: drawnZones(facts).length === 0 ? [] : await areaTable(facts, shore ?? undefined),
    before: before.every(({ geometry }) => geometry === null)
      ? []
      : await areaTable({ ...facts, zones: before, parts: [] }, shore ?? undefined),
  };
  const sources: Sources = { content, drawn, shore };
  const lines = REALMS.flatMap((realm) => zoneKinds.map((kind) => lineOf(sources, kind, realm)));
  const all = [...lines, totalLine(sources, lines)];
  if (!all.some(isKnown)) return null;
  const areas = table(content, all);
  const differ = areas.rows.some((cells) => cells.some(({ text }) => text.includes(' / ')));
  const hint: Block[] = differ ? [{ kind: 'hint', text: t(lang, 'review.areas.first-figure') }] : [];
  return [areas, ...hint, ...leftOver(content, all)];
}

function lineOf({ content, drawn, shore }: Sources, kind: ZoneKind, realm: AreaRow['realm']): Line {
  const { facts, lang, dates } = content;
  const all = figuresFor(facts, featuresOfKind(facts, kind), 'area', { roles: ['declared'] });
  const isTold = all.some((o) => REALMS.some((name) => o.by.class === name));
  const ofRealm = all.filter((o) => o.by.class === (isTold ? realm : undefined) && (isTold || realm === 'terrestrial'));
  const areaOf = (rows: AreaRow[]): number | null => rows.find((row) => row.kind === kind && row.realm === realm)?.areaHa ?? null;
  const measured = (rows: AreaRow[], zones: Zone[]): Measured | null => {
    const areaHa = areaOf(rows);
    return areaHa === null ? null : { areaHa, notes: mapNotes(content, zones, shore) };
  };
  const isUndivided = shore === null && !isTold;
  const sea = drawn.now.find((row) => row.kind === kind && row.realm === 'marine')?.areaHa ?? 0;
  return {
    label: t(lang, `review.areas.${isUndivided && realm === 'terrestrial' ? 'undivided' : realm}`, {
      zone: t(lang, `zone.${kind}`),
    }),
    declared: reported(ofRealm, dates),
    computed: measured(
      drawn.now,
      drawnZones(facts).filter((zone) => zone.kind === kind),
    ),
    before: measured(drawn.before, [...zonesBefore(facts, kind, dates), ...zonesThroughout(facts, kind, dates)]),
    isAlike: isTold === (shore !== null) || (shore !== null && sea === 0),
    unknown: isUndivided && realm === 'marine' ? t(lang, 'review.areas.no-shoreline') : null,
  };
}

/** The whole: as it is declared; computed only where each zone that is declared or drawn at all is drawn. */
function totalLine({ content, drawn }: Sources, lines: Line[]): Line {
  const { facts, lang, dates } = content;
  const ofSite = figuresFor(facts, [facts.site.id], 'area', { roles: ['declared'] }).filter((o) => o.by.class === undefined);
  const isDrawn = (rows: AreaRow[], kind: ZoneKind): boolean => rows.some((row) => row.kind === kind && row.areaHa !== null);
  const wanted = zoneKinds.filter(
    (kind) =>
      isDrawn(drawn.now, kind) || figuresFor(facts, featuresOfKind(facts, kind), 'area', { roles: ['declared'] }).length > 0,
  );
  const add = (rows: AreaRow[], parts: Measured[]): Measured | null =>
    wanted.length > 0 && wanted.every((kind) => isDrawn(rows, kind))
      ? { areaHa: parts.reduce((sum, { areaHa }) => sum + areaHa, 0), notes: [...new Set(parts.flatMap(({ notes }) => notes))] }
      : null;
  return {
    label: t(lang, 'review.total'),
    declared: reported(ofSite, dates),
    computed: add(
      drawn.now,
      lines.flatMap(({ computed }) => computed ?? []),
    ),
    before: add(
      drawn.before,
      lines.flatMap(({ before }) => before ?? []),
    ),
    isAlike: true,
    unknown: null,
  };
}

/** Footnotes of an area of the map: the runs where there are any, else the map; and the shoreline. */
function mapNotes(content: Content, zones: Zone[], shore: Shoreline | null): number[] {
  const { facts, lang, cite } = content;
  const runs = zones.flatMap(({ id }) => figuresFor(withParts(facts), [id], 'area', { roles: ['computed'] }));
  const map = t(lang, 'review.areas.from-map', { sources: mapSources(facts, zones).join('; ') });
  const notes = runs.length > 0 ? runs.map((o) => citeFigure(content, o)) : [cite(map)];
  if (shore === null) return notes;
  return [...notes, cite(t(lang, 'review.areas.shoreline', { date: date(lang, shore.date), source: shore.source }))];
}

/** A transboundary whole with the figures of its parts. */
function withParts(facts: SiteFacts): SiteFacts {
  return { ...facts, observations: [...facts.observations, ...facts.parts.flatMap((part) => withParts(part).observations)] };
}

function table(content: Content, lines: Line[]): Table {
  const { lang } = content;
  const columns: { id: Id; cell: (line: Line) => Cited }[] = [
    { id: 'previous', cell: ({ declared }) => reportCell(content, declared.previous) },
    { id: 'now', cell: ({ declared }) => reportCell(content, declared.now) },
    { id: 'computed', cell: ({ computed }) => areaCell(content, computed) },
    { id: 'difference', cell: (line) => differenceCell(content, line) },
    { id: 'before', cell: ({ before }) => areaCell(content, before) },
    { id: 'change', cell: (line) => changeCell(content, line) },
  ];
  const used = columns.filter(({ id, cell }) => id === 'previous' || lines.some((line) => cell(line).text !== NOTHING));
  return {
    kind: 'table',
    id: tableId('areas', content),
    caption: t(lang, 'review.areas.table'),
    head: [t(lang, 'review.zone'), ...used.map(({ id }) => t(lang, `review.areas.${id}`))],
    rows: lines.map((line) => [plain(line.label), ...used.map(({ cell }, i) => cellOf(line, cell, i))]),
    wide: true,
  };
}

/** A row of which nothing can be said says why in its first cell. */
function cellOf(line: Line, cell: (line: Line) => Cited, column: number): Cited {
  const { unknown } = line;
  return unknown === null ? cell(line) : plain(column === 0 ? unknown : NOTHING);
}

/** Declared figures of one report with their date: `71,800 / 71,700 (2020)`. */
function reportCell(content: Content, figures: Observation[]): Cited {
  const period = figures[0]?.period ?? null;
  const cell = together(figures.map((o) => figureCell(content, o, 'har')));
  return figures.length === 0 ? cell : { ...cell, text: `${cell.text} (${periodText(content.lang, period)})` };
}

function areaCell({ lang }: Content, area: Measured | null): Cited {
  return area === null ? plain(NOTHING) : { text: number(lang, area.areaHa), notes: area.notes };
}

/** Computed less declared, and what part of the declared area that is. */
function differenceCell({ lang }: Content, { declared, computed, isAlike }: Line): Cited {
  const said = declared.now[0] ?? declared.previous[0];
  return said === undefined || computed === null || !isAlike
    ? plain(NOTHING)
    : plain(changeText(lang, computed.areaHa, hectaresOf(said)));
}

/** What changed: from zonation to zonation where both were drawn, else from report to report. */
function changeCell({ lang }: Content, { computed, before, declared }: Line): Cited {
  if (computed !== null && before !== null) return plain(changeText(lang, computed.areaHa, before.areaHa));
  const [now, previous] = [declared.now[0], declared.previous[0]];
  if (now === undefined || previous === undefined) return plain(NOTHING);
  return plain(t(lang, 'review.areas.as-declared', { change: changeText(lang, hectaresOf(now), hectaresOf(previous)) }));
}

/** `+10 (+0.01 %)`; of nothing there is no part. */
function changeText(lang: Content['lang'], now: number | null, before: number | null): string {
  if (now === null || before === null) return NOTHING;
  const write = (value: number, most: number): string =>
    estimateText(lang, { value, low: null, high: null, level: null }, { signed: true, most });
  const part = before === 0 ? '' : ` (${t(lang, 'review.figure.percent', { value: write((100 * (now - before)) / before, 2) })})`;
  return `${write(now - before, 2)}${part}`;
}

/** What stands in no cell is named below the table: other dates, and figures known to be wrong. */
function leftOver(content: Content, lines: Line[]): Block[] {
  const { facts, lang } = content;
  const other = lines.flatMap(({ label, declared }) => declared.others.map((o) => named(content, label, o)));
  const places = [
    ...zoneKinds.map((kind) => ({ label: t(lang, `zone.${kind}`), ids: featuresOfKind(facts, kind) })),
    { label: t(lang, 'review.total'), ids: [facts.site.id] },
  ];
  const doubtful = places.flatMap(({ label, ids }) =>
    figuresFor(facts, ids, 'area', { roles: ['declared'], doubtful: true }).map((o) => named(content, label, o)),
  );
  return [...sentence(lang, 'review.areas.others', other), ...sentence(lang, 'review.areas.doubtful', doubtful)];
}

function named(content: Content, label: string, o: Observation): Cited {
  const { text, notes } = figureCell(content, o, 'har');
  return { text: `${label}: ${text} (${periodText(content.lang, o.period)})`, notes };
}

function sentence(lang: Content['lang'], key: string, items: Cited[]): Block[] {
  if (items.length === 0) return [];
  const list = items.map(({ text }) => text).join('; ');
  return [{ kind: 'text', text: { text: t(lang, key, { list }), notes: [...new Set(items.flatMap(({ notes }) => notes))] } }];
}

/** `null` for what is written in no unit of area. */
function hectaresOf(o: Observation): number | null {
  const figure = figureOf(o, 'har');
  return figure?.unit === 'har' ? figure.value : null;
}

function isKnown({ declared, computed, before }: Line): boolean {
  return declared.previous.length + declared.now.length > 0 || computed !== null || before !== null;
}
