/**
 * One page on what became of a zone map: what was read, found, changed and left, with a map on which each change and
 * each question has its number.
 *
 *     const page = certificatePage({ facts, repairs, findings, file, notes, today: '2026-11-23', lang: 'ru' });
 */

import { angleText, decimalText } from '../drawing/angle-text.ts';
import { drawMap } from '../drawing/map.ts';
import { type Mark, placeOf } from '../drawing/map-marks.ts';
import { SpreadAroundTheEarth } from '../drawing/map-projection.ts';
import type { ReadingNote } from '../formats/layer.ts';
import { date, number, pick, t } from '../i18n/index.ts';
import { type Align, type Block, type Cited, footnotes, plain } from '../print/blocks.ts';
import { renderHtml } from '../print/html.ts';
import { geodesicArea } from '../science/areas.ts';
import type { DrawnZone, Finding, Geometry, Lang, Position, Repair } from '../types.ts';
import { drawnZones } from '../zonation/drawn-zones.ts';
import { type Figure as DeclaredFigure, figuresOf, principal, siteArea, zoneArea, zoneKinds } from '../zonation/figures.ts';
import type { SiteFacts } from '../zonation/site-facts.ts';
import { type CoordinateRow, coordinatesTable } from './coordinates-table.ts';

export interface CertificateInput {
  /** With the zones as they are given back. */
  facts: SiteFacts;
  repairs: Repair[];
  findings: Finding[];
  /** The file as it was handed in: its digest is `sha256:` and 64 hexadecimal digits, its CRS as the reader names it. */
  file: { name: string; digest: string; crs: string };
  /** What the readers assumed or left out. */
  notes: ReadingNote[];
  /** ISO 8601 date. */
  today: string;
  lang: Lang;
}

/** Width of the map [px]; half of an A4 page shows it at about this size. */
const MAP_WIDTH = 400;
const MAP_HEIGHT = 300;

const NOTHING = '–';
const CARD: Align[] = ['start', 'start'];

/** The certificate as one self-contained HTML page for A4. */
export function certificatePage(input: CertificateInput): string {
  const { facts, lang } = input;
  return renderHtml(certificate(input), lang, `${t(lang, 'certificate.title')} · ${pick(facts.site.name, lang)}`, {
    sheet: true,
  });
}

/** The blocks of the certificate. Changes are numbered from 1, questions go on from there; the map has the same numbers. */
export function certificate(input: CertificateInput): Block[] {
  const { facts, repairs, findings, lang, today } = input;
  const notes = footnotes();
  const blocks: Block[] = [
    {
      kind: 'title',
      text: `${t(lang, 'certificate.title')}: ${pick(facts.site.name, lang)}`,
      under: t(lang, 'certificate.under', { date: date(lang, today) }),
    },
    mapBlock(input),
    heading(lang, 'read'),
    fileTable(input),
    heading(lang, 'found'),
    zoneTable(facts, lang, notes.cite),
    pointTable(coordinatesTable(facts), lang),
    heading(lang, 'changed'),
    repairs.length === 0 ? sentence(t(lang, 'certificate.nothing-changed')) : repairTable(repairs, lang),
    heading(lang, 'left'),
    findings.length === 0 ? sentence(t(lang, 'certificate.nothing-left')) : findingTable(findings, repairs.length, lang),
    heading(lang, 'not'),
    sentence(t(lang, 'certificate.not-text')),
  ];
  return notes.list.length === 0 ? blocks : [...blocks, { kind: 'notes', title: t(lang, 'review.notes'), notes: notes.list }];
}

/** The places of changes and questions with their numbers in the lists. */
export function certificateMarks(repairs: Repair[], findings: Finding[]): Mark[] {
  const all = [
    ...repairs.map(({ place }) => ({ place, kind: 'repair' as const })),
    ...findings.map(({ place }) => ({ place, kind: 'finding' as const })),
  ];
  return all.flatMap(({ place, kind }, i): Mark[] =>
    place === null || positionOf(place) === null ? [] : [{ label: String(i + 1), kind, place }],
  );
}

/** The map; where none can be drawn, a gap says so. */
function mapBlock(input: CertificateInput): Block {
  const zones = drawnZones(input.facts);
  if (zones.length === 0) return { kind: 'gap', text: t(input.lang, 'certificate.no-map') };
  try {
    return { kind: 'figure', svg: mapOf(zones, input), caption: '', beside: true };
  } catch (error) {
    if (!(error instanceof SpreadAroundTheEarth)) throw error;
    return { kind: 'gap', text: t(input.lang, 'certificate.map-too-wide') };
  }
}

function mapOf(zones: DrawnZone[], { facts, repairs, findings, file, lang, today }: CertificateInput): string {
  return drawMap({
    zones: zones.map(({ kind, geometry }) => ({ kind, geometry, areaHa: geodesicArea(geometry) / 1e4 })),
    marks: certificateMarks(repairs, findings),
    lang,
    title: t(lang, 'certificate.map', { site: facts.site.name }),
    date: today,
    source: file.name,
    width: MAP_WIDTH,
    maxHeight: MAP_HEIGHT,
  });
}

function fileTable({ file, notes, lang }: CertificateInput): Block {
  const row = (key: string, value: string): Cited[] => [plain(t(lang, `certificate.${key}`)), plain(value)];
  const seen = notes.map(({ code, details }) => row('note', t(lang, `notes.${code}`, details)));
  return {
    kind: 'table',
    caption: '',
    head: [],
    align: CARD,
    rows: [row('file', file.name), row('digest', file.digest.replace(/^sha256:/, '')), row('crs', file.crs), ...seen],
  };
}

/** Kinds of zones with their parts and areas; zones of one kind that have names are listed below it. */
function zoneTable(facts: SiteFacts, lang: Lang, cite: (text: string) => number): Block {
  const zones = drawnZones(facts);
  const rows = zoneKinds.flatMap((kind) => {
    const ofKind = zones.filter((zone) => zone.kind === kind);
    const named = ofKind.length > 1 && ofKind.every(({ name }) => Object.keys(name).length > 0) ? ofKind : [];
    return [
      zoneRow(t(lang, `zone.${kind}`), ofKind, zoneArea(facts, kind), lang, cite),
      ...named.map((zone) =>
        zoneRow(`· ${pick(zone.name, lang)}`, [zone], principal(figuresOf(facts, zone.id, 'area', 'har')), lang, cite),
      ),
    ];
  });
  return {
    kind: 'table',
    caption: '',
    head: ['zone', 'parts', 'computed', 'declared', 'difference'].map((key) => t(lang, `certificate.${key}`)),
    align: ['start', 'end', 'end', 'end', 'end'],
    rows: [...rows, zoneRow(t(lang, 'review.total'), zones, siteArea(facts), lang, cite)],
  };
}

function zoneRow(
  name: string,
  zones: DrawnZone[],
  declared: DeclaredFigure | null,
  lang: Lang,
  cite: (text: string) => number,
): Cited[] {
  const computed = zones.length === 0 ? null : zones.reduce((sum, { geometry }) => sum + geodesicArea(geometry), 0) / 1e4;
  const parts = zones.reduce((sum, { geometry }) => sum + geometry.coordinates.length, 0);
  const both = computed !== null && declared !== null;
  return [
    plain(name),
    plain(number(lang, parts)),
    computed === null ? plain(NOTHING) : { text: hectares(lang, computed), notes: [cite(t(lang, 'certificate.method'))] },
    declared === null
      ? plain(NOTHING)
      : { text: declaredText(declared, lang), notes: [cite(`${t(lang, 'role.declared')}: ${declared.sources.join('; ')}`)] },
    plain(both ? differenceText(lang, computed, declared.value) : NOTHING),
  ];
}

function declaredText(declared: DeclaredFigure, lang: Lang): string {
  const value = hectares(lang, declared.value);
  return declared.about > 0 ? t(lang, 'review.about', { value }) : value;
}

/** "+12.3 (+0.1 %)" */
function differenceText(lang: Lang, computed: number, declared: number): string {
  const signed = (value: number, digits: number): string =>
    new Intl.NumberFormat(lang, { maximumFractionDigits: digits, signDisplay: 'exceptZero' }).format(value);
  const percent = declared === 0 ? '' : ` (${signed((100 * (computed - declared)) / declared, 1)}\u00a0%)`;
  return `${signed(computed - declared, digitsFor(computed - declared))}${percent}`;
}

function pointTable(rows: CoordinateRow[], lang: Lang): Block {
  return {
    kind: 'table',
    caption: '',
    head: ['point', 'dms', 'decimal', 'declared-coordinates'].map((key) => t(lang, `certificate.${key}`)),
    align: ['start', 'start', 'start', 'start'],
    rows: rows.map(({ point, position, declared: { lon, lat } }) => {
      const stated = [
        lat === null ? null : decimalText(lang, lat, 'lat', 4),
        lon === null ? null : decimalText(lang, lon, 'lon', 4),
      ];
      return [
        plain(t(lang, `certificate.${point}`)),
        plain(
          position === null
            ? NOTHING
            : `${angleText(lang, position[1], 'lat', 'seconds')}, ${angleText(lang, position[0], 'lon', 'seconds')}`,
        ),
        plain(position === null ? NOTHING : `${decimalText(lang, position[1], 'lat')}, ${decimalText(lang, position[0], 'lon')}`),
        plain(stated.filter((text) => text !== null).join(', ') || NOTHING),
      ];
    }),
  };
}

function repairTable(repairs: Repair[], lang: Lang): Block {
  return {
    kind: 'table',
    caption: '',
    head: ['number', 'change', 'place', 'area'].map((key) => t(lang, `certificate.${key}`)),
    align: ['end', 'start', 'start', 'end'],
    wide: true,
    rows: repairs.map(({ text, place, areaHa }, i) => [
      plain(String(i + 1)),
      plain(pick(text, lang)),
      plain(placeText(place, lang)),
      plain(number(lang, areaHa, areaHa >= 1 ? 2 : 4)),
    ]),
  };
}

function findingTable(findings: Finding[], before: number, lang: Lang): Block {
  return {
    kind: 'table',
    caption: '',
    head: ['number', 'question', 'place'].map((key) => t(lang, `certificate.${key}`)),
    align: ['end', 'start', 'start'],
    wide: true,
    rows: findings.map(({ text, place }, i) => [
      plain(String(before + i + 1)),
      plain(pick(text, lang)),
      plain(placeText(place, lang)),
    ]),
  };
}

/** One position of a place, to some metres. */
function placeText(place: Geometry | null, lang: Lang): string {
  const position = place === null ? null : positionOf(place);
  return position === null ? NOTHING : `${decimalText(lang, position[1], 'lat', 5)}, ${decimalText(lang, position[0], 'lon', 5)}`;
}

/** The position that stands for a place; `null` where it has none that is a longitude and latitude. */
function positionOf(place: Geometry): Position | null {
  const position = placeOf(place);
  return position !== null && Number.isFinite(position[0]) && Math.abs(position[1]) <= 90 ? position : null;
}

function hectares(lang: Lang, value: number): string {
  return number(lang, value, digitsFor(value));
}

/** Hectares are written whole where there are many of them. */
function digitsFor(areaHa: number): number {
  return Math.abs(areaHa) >= 1000 ? 0 : Math.abs(areaHa) >= 10 ? 1 : 2;
}

function heading(lang: Lang, key: string): Block {
  return { kind: 'heading', level: 2, id: key, text: t(lang, `certificate.${key}`) };
}

function sentence(text: string): Block {
  return { kind: 'text', text: plain(text) };
}
