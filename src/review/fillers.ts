/**
 * What fills a section of the form from a dossier, by the machine name that the form gives it (`fills`).
 * A filler returns `null` where the dossier knows nothing: the section then stays a marked gap.
 */
import { countryName, number, pick, t } from '../i18n/index.ts';
import type { Designation, Lang, Observation, ZoneKind } from '../types.ts';
import { convert } from '../units.ts';
import { currentZones, type SiteFacts, sourceText } from '../zonation/site-facts.ts';
import { type Block, type Cited, plain } from './blocks.ts';

interface Filling {
  facts: SiteFacts;
  lang: Lang;
  /** Number of the footnote with this text. */
  cite(text: string): number;
}

type Filler = (filling: Filling) => Block[] | null;

const KINDS: readonly ZoneKind[] = ['core', 'buffer', 'transition'];

export const fillers: Record<string, Filler> = {
  'site-name': siteName,
  'site-countries': ({ facts, lang }) => [text(plain(facts.site.countries.map((code) => countryName(code, lang)).join(', ')))],
  'designation-year': designationYears,
  'zone-areas': zoneAreas,
  population,
  coordinates,
  'overlapping-designations': overlaps,
  'cooperation-frameworks': overlaps,
};

function siteName({ facts, lang }: Filling): Block[] {
  const names = (['kk', 'ru', 'en', 'tr'] as const).flatMap((l) => {
    const name = facts.site.name[l];
    return name === undefined ? [] : [`${name} (${t(lang, `language.${l}`)})`];
  });
  return [text(plain(`${pick(facts.site.name, lang)}. ${names.join('; ')}`))];
}

function designationYears({ facts, lang, cite }: Filling): Block[] | null {
  const known = facts.designations.filter((d) => d.kind === 'biosphere-reserve' && d.year !== null);
  if (known.length === 0) return null;
  const years = [...new Set(known.map((d) => d.year))];
  return years.map((year) => {
    const said = known.filter((d) => d.year === year);
    return text({ text: String(year), notes: said.map((d) => cite(designationNote(facts, d, lang))) });
  });
}

function zoneAreas({ facts, lang, cite }: Filling): Block[] | null {
  const rows = KINDS.map((kind) => {
    const zones = currentZones(facts, kind);
    const declared = zones.flatMap((zone) => figures(facts, zone.id, 'area', 'declared'));
    const computed = zones.flatMap((zone) => figures(facts, zone.id, 'area', 'computed'));
    return areaRow(t(lang, `zone.${kind}`), declared, computed, { facts, lang, cite });
  });
  const total = areaRow(t(lang, 'review.total'), figures(facts, facts.site.id, 'area', 'declared'), [], { facts, lang, cite });
  if ([...rows, total].every((row) => row.slice(1).every((cell) => cell.text === '–'))) return null;
  return [
    {
      kind: 'table',
      caption: t(lang, 'review.table-areas'),
      head: [t(lang, 'review.zone'), t(lang, 'review.declared-ha'), t(lang, 'review.computed-ha'), t(lang, 'review.difference')],
      rows: [...rows, total],
    },
  ];
}

/** Declared figures are listed source by source; the parts of a mapped zone add up. */
function areaRow(name: string, declared: Observation[], computed: Observation[], filling: Filling): Cited[] {
  const { lang } = filling;
  const sum = computed.reduce((total, o) => total + inHectares(o), 0);
  const first = declared[0];
  return [
    plain(name),
    many(declared.map((o) => cited(o, inHectares(o), filling))),
    computed.length === 0
      ? plain('–')
      : { text: number(lang, sum), notes: computed.map((o) => filling.cite(noteOf(o, filling))) },
    computed.length === 0 || first === undefined
      ? plain('–')
      : plain(
          `${number(lang, sum - inHectares(first))} (${number(lang, (100 * (sum - inHectares(first))) / inHectares(first))} %)`,
        ),
  ];
}

function population(filling: Filling): Block[] | null {
  const { facts, lang } = filling;
  const row = (name: string, feature: string): Cited[] => [
    plain(name),
    many(figures(facts, feature, 'population', 'declared').map((o) => cited(o, o.value ?? Number.NaN, filling))),
  ];
  const rows = [
    ...KINDS.flatMap((kind) => currentZones(facts, kind).map((zone) => row(t(lang, `zone.${kind}`), zone.id))),
    row(t(lang, 'review.total'), facts.site.id),
  ].filter((cells) => cells[1]?.text !== '–');
  if (rows.length === 0) return null;
  return [
    {
      kind: 'table',
      caption: t(lang, 'review.table-population'),
      head: [t(lang, 'review.zone'), t(lang, 'review.persons')],
      rows,
    },
  ];
}

function coordinates(filling: Filling): Block[] | null {
  const { facts, lang } = filling;
  const ids = ['centre-latitude', 'centre-longitude', 'extent-north', 'extent-south', 'extent-west', 'extent-east'] as const;
  const rows = ids
    .map((id) => ({ id, found: figures(facts, facts.site.id, id, 'declared') }))
    .filter(({ found }) => found.length > 0)
    .map(({ id, found }) => [
      plain(t(lang, `review.${id}`)),
      many(found.map((o) => ({ text: degrees(o.value ?? Number.NaN, id, lang), notes: [filling.cite(noteOf(o, filling))] }))),
    ]);
  if (rows.length === 0) return null;
  return [
    {
      kind: 'table',
      caption: t(lang, 'review.table-coordinates'),
      head: [t(lang, 'review.point'), t(lang, 'review.degrees')],
      rows,
    },
  ];
}

function overlaps(filling: Filling): Block[] | null {
  const { facts, lang, cite } = filling;
  if (facts.overlaps.length === 0) return null;
  return facts.overlaps.map(({ overlap, other, designations }) => {
    const year = designations.find((d) => d.year !== null)?.year;
    const title = t(lang, `site-kind.${other.kind}`);
    return text({
      text: `${title}: ${pick(other.name, lang)}${year === undefined ? '' : ` (${year})`}`,
      notes: [cite(sourceText(facts, overlap.from)), ...designations.map((d) => cite(designationNote(facts, d, lang)))],
    });
  });
}

function figures(facts: SiteFacts, feature: string, indicator: string, role: Observation['role']): Observation[] {
  return facts.observations.filter(
    (o) => o.feature === feature && o.indicator === indicator && o.role === role && o.value !== null && o.quality !== 'doubtful',
  );
}

function inHectares(o: Observation): number {
  return convert(o.value ?? Number.NaN, o.unit, 'har');
}

function cited(o: Observation, value: number, filling: Filling): Cited {
  const written = number(filling.lang, value);
  return {
    text: o.approximate ? t(filling.lang, 'review.about', { value: written }) : written,
    notes: [filling.cite(noteOf(o, filling))],
  };
}

/** Several figures of one thing, source by source: equal ones are written once with all their footnotes. */
function many(cells: Cited[]): Cited {
  if (cells.length === 0) return plain('–');
  const byText = Map.groupBy(cells, (cell) => cell.text);
  const merged = [...byText].map(([written, same]) => ({ written, notes: [...new Set(same.flatMap((cell) => cell.notes))] }));
  return { text: merged.map(({ written }) => written).join(' / '), notes: merged.flatMap(({ notes }) => notes) };
}

/** Indicator, period and source or run of a figure. */
function noteOf(o: Observation, { facts, lang }: Filling): string {
  const period = o.period === null ? '' : `, ${o.period.start.slice(0, 4)}`;
  const page = 'page' in o.from && o.from.page !== undefined ? `, ${t(lang, 'review.page', { page: o.from.page })}` : '';
  const quality = o.quality === 'ok' ? '' : ` (${t(lang, `quality.${o.quality}`)})`;
  return `${t(lang, `role.${o.role}`)}${period}: ${sourceText(facts, o.from)}${page}${quality}`;
}

function designationNote(facts: SiteFacts, d: Designation, lang: Lang): string {
  const quality = d.quality === 'ok' ? '' : ` (${t(lang, `quality.${d.quality}`)})`;
  return `${t(lang, 'review.designation')}${d.code === null ? '' : ` ${d.code}`}: ${sourceText(facts, d.from)}${quality}`;
}

function degrees(value: number, id: string, lang: Lang): string {
  const north = id === 'centre-latitude' || id === 'extent-north' || id === 'extent-south';
  const hemisphere = north ? (value < 0 ? 'S' : 'N') : value < 0 ? 'W' : 'E';
  return `${number(lang, Math.abs(value), 5)}° ${hemisphere}`;
}

function text(content: Cited): Block {
  return { kind: 'text', text: content };
}
