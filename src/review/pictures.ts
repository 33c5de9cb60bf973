/**
 * The maps of raster indicators: land cover, its change, fires and water where the form asks for them (M3 to M6), all others in
 * the sections that take indicators of their function.
 *
 * The form may ask for a map in several sections; it is drawn in the first of them, the others point to it.
 */
import { unzlibSync } from 'fflate';
import { SpreadAroundTheEarth } from '../drawing/map-projection.ts';
import { drawRasterMap, type RasterMapOptions } from '../drawing/raster-map.ts';
import { catalogues, number, pick, t } from '../i18n/index.ts';
import type { Picture, PictureClass } from '../indicators/kept-picture.ts';
import { type Block, plain } from '../print/blocks.ts';
import { geodesicArea } from '../science/areas.ts';
import type { Lang, Run } from '../types.ts';
import { ownDrawnZones } from '../zonation/drawn-zones.ts';
import { classText } from './class-text.ts';
import type { Content, ReviewFacts } from './content.ts';
import { periodText } from './figures.ts';
import type { Form, FormSection } from './form.ts';

/** What a drawing needs to know beside the picture. */
type Known = Pick<ReviewFacts, 'facts' | 'runs' | 'pictures'>;

/** Pictures by the map of the form that they are. */
const MAPS: Record<string, readonly string[]> = {
  M3: ['land-cover', 'land-cover-before'],
  M4: ['land-cover-change'],
  M5: ['burned-years'],
  M6: ['water-occurrence', 'water-change'],
};

/** Of a drawing across the text of an A4 page [px]. */
const WIDTH = 720;
const HEIGHT = 560;

/** Names of files that are written out before the rest is left out. */
const MOST_INPUTS = 3;
/** Classes that the words for a picture name. */
const MOST_TOLD = 6;

/** The filler `pictures`; `null` where the section takes none that there is. */
export function pictures(content: Content): Block[] | null {
  const { form, section, lang } = content;
  const sections = form.parts.flatMap((part) => flat(part.sections)).filter(({ fills }) => fills.includes('pictures'));
  const own = content.pictures.filter((picture) => takes(section, picture, content));
  const isHere = (picture: Picture): boolean => {
    const first = sections.find((other) => takes(other, picture, content));
    return first === undefined || first.id === section.id;
  };
  const figures = own.filter(isHere).map((picture) => pictureFigure(content, picture));
  const elsewhere = own.filter((picture) => !isHere(picture));
  if (own.length === 0) return null;
  if (elsewhere.length === 0) return figures;
  const titles = elsewhere.map((picture) => pictureTitle(content, picture, lang)).join('; ');
  return [...figures, { kind: 'text', text: { ...plain(titles), see: elsewhere.map(figureId) } }];
}

/** A picture as a figure with its words. */
function pictureFigure(content: Content, picture: Picture): Block {
  const { lang, dates } = content;
  const caption = pictureTitle(content, picture, lang);
  try {
    const svg = drawPicture(content, picture, { lang, date: dates.current });
    return { kind: 'figure', id: figureId(picture), svg, caption, alt: `${caption}: ${classesText(picture, lang)}` };
  } catch (error) {
    if (!(error instanceof SpreadAroundTheEarth)) throw error;
    return { kind: 'gap', text: t(lang, 'certificate.map-too-wide') };
  }
}

/**
 * The drawing of a picture: the same for the review, a page and a file.
 * @param options `date`: of the drawing where its run tells none, ISO 8601
 * @throws RangeError as `drawMap`.
 */
export function drawPicture(
  known: Known,
  picture: Picture,
  { lang, date, width = WIDTH, maxHeight = HEIGHT }: { lang: Lang; date: string; width?: number; maxHeight?: number },
): string {
  const run = known.runs.get(picture.run);
  const { step, take } = picture;
  const options: RasterMapOptions = {
    layer: { ...picture, codes: unzlibSync(picture.codes) },
    classes: picture.classes.map((one) => ({ ...one, text: pictureClassText(lang, one) })),
    zones: ownDrawnZones(known.facts).map(({ kind, geometry }) => ({ kind, geometry, areaHa: geodesicArea(geometry) / 1e4 })),
    lang,
    title: `${pick(known.facts.site.name, lang)}. ${pictureTitle(known, picture, lang)}`,
    date: (run?.ended ?? '').slice(0, 10) || date,
    source: sourceText(picture, run),
    notes: step > 1 ? [t(lang, `picture.cells-${take}`, { step })] : [],
    width,
    maxHeight,
  };
  return drawRasterMap(options);
}

/** What a picture shows and of when; where there are several of it, by which settings they differ. */
export function pictureTitle({ pictures: all, runs }: Pick<Known, 'pictures' | 'runs'>, picture: Picture, lang: Lang): string {
  const { name, indicator } = picture;
  const title = isNamed(name) ? t(lang, `picture.name.${name}`, { period: periodText(lang, picture.period) }) : name;
  const params = runs.get(picture.run)?.params ?? {};
  const others = all.filter((other) => other.name === name && other.indicator === indicator && other.id !== picture.id);
  const settings = Object.entries(params).filter(([key, value]) =>
    others.some((other) => value !== '' && runs.get(other.run)?.params[key] !== value),
  );
  return settings.length === 0 ? title : `${title} (${settings.map(([key, value]) => `${key}=${String(value)}`).join(', ')})`;
}

/** Names of files for pictures: what each shows, with the mark of its settings where there are several of it. */
export function pictureFiles(list: readonly Picture[]): Map<string, Picture> {
  const fileOf = ({ id, site, name }: Picture): string => {
    const [, variant = name] = id.slice(site.length + 1).split(':');
    const isOnly = list.filter((other) => other.name === name).length === 1;
    return isOnly || variant === name ? `${name}.svg` : `${name}-${variant}.svg`;
  };
  return new Map(list.map((picture) => [fileOf(picture), picture]));
}

/** A class in words: of a legend, or our own. */
export function pictureClassText(lang: Lang, { class: name }: Pick<PictureClass, 'class'>): string {
  const { picture } = catalogues.en as { picture: { class: Record<string, string> } };
  return Object.hasOwn(picture.class, name) ? t(lang, `picture.class.${name}`) : classText(lang, name);
}

function isNamed(name: string): boolean {
  const { picture } = catalogues.en as { picture: { name: Record<string, string> } };
  return Object.hasOwn(picture.name, name);
}

/** The classes with most of the area. */
function classesText({ classes }: Picture, lang: Lang): string {
  const largest = classes.filter(({ share }) => share !== null).toSorted((a, b) => (b.share ?? 0) - (a.share ?? 0));
  return largest
    .slice(0, MOST_TOLD)
    .map((one) => t(lang, 'picture.share', { text: pictureClassText(lang, one), value: number(lang, 100 * (one.share ?? 0), 1) }))
    .join('; ');
}

/** Rasters, run and method. */
function sourceText({ run: id }: Picture, run: Run | undefined): string {
  if (run === undefined) return id;
  const files = run.inputs.flatMap(({ href }) => (href.startsWith('zones/') ? [] : [href.replace(/^[\w-]+: /, '')]));
  const names = files.length <= MOST_INPUTS ? files.join(', ') : `${files[0]} … ${files.at(-1)} (${files.length})`;
  return [names, `${run.method}@${run.version}`, id].filter((part) => part !== '').join('; ');
}

/** A map that the form names stands where the form wants it; any other where indicators of its function do. */
function takes(
  section: FormSection,
  { name, indicator }: Picture,
  { form, indicators }: Pick<Content, 'form' | 'indicators'>,
): boolean {
  const own = mapOf(form, name);
  if (own !== undefined) return own.sections.includes(section.id);
  const of = indicators.get(indicator)?.function;
  return section.only?.functions?.some((wanted) => wanted === of) ?? false;
}

function mapOf(form: Form, name: string): Form['maps'][number] | undefined {
  return form.maps.find(({ id, fills }) => fills === 'pictures' && (MAPS[id] ?? []).includes(name));
}

function figureId({ id }: Picture): string {
  return `picture-${id.replaceAll(/[^\w-]+/g, '-')}`;
}

function flat(sections: readonly FormSection[]): FormSection[] {
  return sections.flatMap((section) => [section, ...flat(section.sections)]);
}
