/** Each reserve in a line: what it is called, when its review is due and how far it has come, what the rules find. */
import type { Overview, SiteOverview } from '../api/sites.ts';
import { writeCsv } from '../formats/csv.ts';
import { writeGeojson } from '../formats/geojson-writer.ts';
import { daysUntil } from '../periods.ts';
import { geodesicArea } from '../science/areas.ts';
import { representativePoint } from '../science/representative-point.ts';
import { homeCountry } from '../store/dossier.ts';
import { listSites } from '../store/sites.ts';
import type { Finding, Id, Position } from '../types.ts';
import { designationYear } from '../zonation/designation-year.ts';
import { drawnZones } from '../zonation/drawn-zones.ts';
import { centresOf, computedZoneArea, fullyDrawn, limitsOf, sum, zoneKinds } from '../zonation/figures.ts';
import { declared, type SiteFacts } from '../zonation/site-facts.ts';
import { dueState } from '../zonation/site-status.ts';
import type { ServerContext } from './context.ts';
import { reviewDesk } from './review-desk.ts';
import type { Visitor } from './visitor.ts';

/** The reserves of the dossier's country, or all; the parts that lie wholly in another are shown with their whole. */
export async function siteOverviews(context: ServerContext, visitor: Visitor): Promise<Overview> {
  const country = homeCountry(context.db);
  const shown = listSites(context.db, 'biosphere-reserve').filter(
    ({ id, countries }) => visitor.may('reader', id) && (country === null || countries.includes(country)),
  );
  const sites = await Promise.all(shown.map(({ id }) => overviewOf(context, id)));
  return { country, sites: sites.toSorted((a, b) => (a.due ?? '9999').localeCompare(b.due ?? '9999')) };
}

export async function overviewOf(context: ServerContext, site: Id): Promise<SiteOverview> {
  const { facts, findings, today } = await context.status(site);
  const { due, filled, asked } = await reviewDesk(context.db).progress(site, today);
  const count = (severity: Finding['severity']): number => findings.filter((finding) => finding.severity === severity).length;
  return {
    id: facts.site.id,
    name: facts.site.name,
    countries: facts.site.countries,
    designated: designationYear(facts)?.year ?? null,
    totalHa: declared(facts, facts.site.id, 'area', 'har')[0]?.value ?? null,
    ...placeOf(facts),
    due,
    dueState: due === null ? null : dueState(due, today),
    days: due === null ? null : daysUntil(due, today),
    findings: { error: count('error'), question: count('question'), info: count('info') },
    completeness: { filled, asked },
  };
}

type PlaceShown = Pick<SiteOverview, 'computedHa' | 'mapped' | 'point'>;

const places = new WeakMap<SiteFacts, PlaceShown>();

/** What is reckoned of the geometries: once. */
function placeOf(facts: SiteFacts): PlaceShown {
  const known = places.get(facts);
  if (known !== undefined) return known;
  const place = { computedHa: computedTotal(facts), mapped: drawnZones(facts).length > 0, point: pointOf(facts) };
  places.set(facts, place);
  return place;
}

/** The list as a table for other programs. */
export function overviewCsv({ sites }: Overview): string {
  const header = [
    'id',
    'name_en',
    'name_ru',
    'name_kk',
    'name_tr',
    'countries',
    'designated',
    'declared_ha',
    'computed_ha',
    'longitude',
    'latitude',
    'review_due',
    'days_left',
    'errors',
    'questions',
    'notes',
    'answers_filled',
    'answers_asked',
  ];
  const rows = sites.map((site) => [
    site.id,
    site.name.en ?? null,
    site.name.ru ?? null,
    site.name.kk ?? null,
    site.name.tr ?? null,
    site.countries.join('; '),
    site.designated,
    site.totalHa,
    site.computedHa,
    site.point?.[0] ?? null,
    site.point?.[1] ?? null,
    site.due,
    site.days,
    site.findings.error,
    site.findings.question,
    site.findings.info,
    site.completeness.filled,
    site.completeness.asked,
  ]);
  return writeCsv(header, rows);
}

/** The list as places; a site whose place nobody knows has none. */
export function overviewGeojson({ sites }: Overview): string {
  return writeGeojson(
    sites.map(({ id, point, ...properties }) => ({
      id,
      geometry: point === null ? null : { type: 'Point', coordinates: point },
      properties,
    })),
  );
}

/** The declared centre, else a point within the largest zone, else the middle of the declared limits. */
function pointOf(facts: SiteFacts): Position | null {
  const [centre] = centresOf(facts);
  if (centre !== undefined) return centre.position;
  const largest = drawnZones(facts).toSorted((a, b) => geodesicArea(b.geometry) - geodesicArea(a.geometry))[0];
  if (largest !== undefined) return [...representativePoint(largest.geometry)];
  const { west, east, south, north } = limitsOf(facts);
  if (west !== undefined && east !== undefined && south !== undefined && north !== undefined) {
    return [middle(west.value, east.value < west.value ? east.value + 360 : east.value), middle(south.value, north.value)];
  }
  return facts.parts.map(pointOf).find((point) => point !== null) ?? null;
}

function middle(a: number, b: number): number {
  const half = (a + b) / 2;
  return half > 180 ? half - 360 : half;
}

function computedTotal(facts: SiteFacts): number | null {
  if (!fullyDrawn(facts)) return null;
  const areas = zoneKinds.map((kind) => computedZoneArea(facts, kind));
  return areas.every((area) => area !== null) ? sum(areas).value : null;
}
