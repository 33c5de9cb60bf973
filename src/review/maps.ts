/**
 * The maps of the review: where the reserve lies (M1), its zonation (M2) and its study sites (M7).
 *
 * The form says in which sections a map belongs; it is drawn in the first of them, the others point to it.
 */
import { drawLocationMap } from '../drawing/location-map.ts';
import { drawMap, type MapOptions } from '../drawing/map.ts';
import { SpreadAroundTheEarth } from '../drawing/map-projection.ts';
import { drawSitesMap, type StudySite } from '../drawing/sites-map.ts';
import { readBasemap } from '../formats/basemap.ts';
import { pick, t } from '../i18n/index.ts';
import { type Block, plain } from '../print/blocks.ts';
import { geodesicArea } from '../science/areas.ts';
import type { Entry } from '../types.ts';
import { drawnZones, mapSources } from '../zonation/drawn-zones.ts';
import { centresOf } from '../zonation/figures.ts';
import { themesOf, themesText } from './bibliography.ts';
import type { Content } from './content.ts';
import { entriesOf } from './registers.ts';

/** Of a drawing across the text of an A4 page [px]. */
const WIDTH = 720;
const HEIGHT = 640;

/** The maps of location and zonation that belong into the section. */
export function maps(content: Content): Block[] | null {
  const { form, section, lang } = content;
  const wanted = form.maps.filter(({ fills, sections }) => fills === 'maps' && sections.includes(section.id));
  const blocks = wanted.flatMap((map): Block[] => {
    const figure = map.id === 'M1' ? location(content) : zonation(content);
    if (figure === null || map.sections[0] === section.id) return figure === null ? [] : [figure];
    return [{ kind: 'text', text: { ...plain(pick(map.title, lang)), see: [figureId(map.id)] } }];
  });
  return blocks.length === 0 ? null : blocks;
}

/** Places that one map can hold. */
const MOST_SITES = 400;

/** Where studies are made, from publications and monitoring with a place. */
export function studySites(content: Content): Block[] | null {
  const { lang } = content;
  const sites = (['monitoring', 'research'] as const).flatMap((register) =>
    entriesOf(content, register).shown.flatMap((entry) => siteOf(content, register, entry)),
  );
  const step = Math.ceil(sites.length / MOST_SITES);
  const some = sites.filter((_, i) => i % step === 0);
  const svg =
    sites.length === 0 || drawnZones(content.facts).length === 0
      ? null
      : drawSitesMap({ ...optionsOf(content, 'M7'), sites: some });
  if (svg === null) return null;
  const figure: Block = { kind: 'figure', id: figureId('M7'), svg, caption: t(lang, 'review.maps.sites') };
  const count = { shown: some.length, count: sites.length };
  return step === 1 ? [figure] : [figure, { kind: 'hint', text: t(lang, 'review.maps.sites-some', count) }];
}

function location(content: Content): Block | null {
  const { facts, others, lang } = content;
  const [centre] = centresOf(facts);
  const zones = drawnZones(facts);
  if (zones.length === 0 && centre === undefined) return null;
  const { title, date, source } = optionsOf(content, 'M1');
  const svg = drawLocationMap({
    base: readBasemap(),
    name: pick(facts.site.name, lang),
    zones,
    point: centre?.position ?? null,
    countries: facts.site.countries,
    others: others.map(({ name, point }) => ({ name: pick(name, lang), point })),
    lang,
    title,
    date,
    source: zones.length > 0 ? source : (centre?.latitude.sources.join(', ') ?? source),
    width: WIDTH,
    maxHeight: HEIGHT,
  });
  return { kind: 'figure', id: figureId('M1'), svg, caption: t(lang, 'review.maps.location') };
}

function zonation(content: Content): Block | null {
  if (drawnZones(content.facts).length === 0) return null;
  try {
    const svg = drawMap(optionsOf(content, 'M2'));
    return { kind: 'figure', id: figureId('M2'), svg, caption: t(content.lang, 'review.maps.zonation') };
  } catch (error) {
    if (!(error instanceof SpreadAroundTheEarth)) throw error;
    return { kind: 'gap', text: t(content.lang, 'certificate.map-too-wide') };
  }
}

/** What every map of the zones has in common. The day is that of the zonation, else of the review. */
function optionsOf({ facts, form, lang, dates }: Content, map: string): MapOptions {
  const zones = drawnZones(facts);
  const since = zones.map(({ valid }) => valid.start).filter((start) => start !== null);
  const title = form.maps.find(({ id }) => id === map)?.title ?? {};
  return {
    zones: zones.map(({ kind, geometry }) => ({ kind, geometry, areaHa: geodesicArea(geometry) / 1e4 })),
    base: readBasemap(),
    countries: facts.site.countries,
    lang,
    title: `${pick(facts.site.name, lang)}. ${pick(title, lang)}`,
    date: since.sort().at(-1) ?? dates.current,
    source: mapSources(facts).join(', '),
    width: WIDTH,
    maxHeight: HEIGHT,
  };
}

function siteOf(content: Content, register: 'monitoring' | 'research', entry: Entry): StudySite[] {
  const { fields } = entry;
  const { longitude, latitude } = fields;
  if (typeof longitude !== 'number' || typeof latitude !== 'number') return [];
  const name = fields.place ?? (register === 'monitoring' ? fields.variable : fields.title);
  const theme = themesText(content, themesOf(entry).slice(0, 1));
  return [{ name: String(name ?? ''), theme, point: [longitude, latitude] }];
}

function figureId(map: string): string {
  return `map-${map.toLowerCase()}`;
}
