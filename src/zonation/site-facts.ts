/**
 * What is known of one site, as plain data: the input of the rules and of the review.
 *
 * `store/site-facts.ts` fills it from a dossier; a zone map fills it without one.
 */
import type {
  Designation,
  Finding,
  Id,
  LocalText,
  MultiPolygon,
  Observation,
  Overlap,
  Site,
  Source,
  Zone,
  ZoneKind,
} from '../types.ts';
import { convert } from '../units.ts';
import type { ZoneTopology } from './topology.ts';

export interface SiteFacts {
  site: Site;
  designations: Designation[];
  zones: Zone[];
  /** Of the site and of its zones, in the order they were recorded: the principal source first. */
  observations: Observation[];
  /** Overlaps of this site with other designated places, with what is known of those. */
  overlaps: { overlap: Overlap; other: Site; designations: Designation[]; observations: Observation[] }[];
  /** Stations whose readings are figures of the site, by their names. */
  stations?: { id: Id; name: LocalText }[];
  /** The parts of a transboundary whole. */
  parts: SiteFacts[];
  sources: Map<Id, Source>;
  /** What the zone map shows, once it was examined (`examine.ts`); `null` where there is none or nobody looked. */
  map: MapFacts | null;
}

/** What only a map can tell. For a transboundary whole it covers the zones of all parts. */
export interface MapFacts {
  /** What the repair found and left alone: findings of Z02 and Z03. */
  unresolved: Finding[];
  topology: ZoneTopology;
  /** Ground that each kind of zone won and lost against the zonation valid before, or `null` where there is none. */
  changes: ZoneChange[] | null;
}

/** What one kind of zone won and lost between two zonations. */
export interface ZoneChange {
  kind: ZoneKind;
  /** Geodesic areas [m2]. */
  gained: number;
  lost: number;
  /** Where, largest polygon first. */
  where: { gained: MultiPolygon; lost: MultiPolygon };
}

/** One declared figure with what is needed to compare and to cite it. */
export interface Declared {
  observation: Observation;
  /** In the unit asked for. */
  value: number;
  /** Address or title of the source. */
  source: string;
  /** What the figure came from: a source, else a dataset or a run. Figures of one origin should agree with one another. */
  origin: Id;
}

/** The declared figures of `indicator` for `feature`, written in `unit`; values known to be wrong are left out. */
export function declared(
  facts: Pick<SiteFacts, 'observations' | 'sources'>,
  feature: Id,
  indicator: Id,
  unit: string,
): Declared[] {
  return facts.observations
    .filter((o) => o.feature === feature && o.indicator === indicator && o.role === 'declared' && o.quality !== 'doubtful')
    .flatMap((observation) =>
      observation.value === null
        ? []
        : [
            {
              observation,
              value: convert(observation.value, observation.unit, unit),
              source: sourceText(facts, observation.from),
              origin: originId(observation.from),
            },
          ],
    );
}

/** The zones of `kind` that are valid now: those without an end, else those that began last. */
export function currentZones<One extends Pick<Zone, 'kind' | 'valid'>>(facts: { zones: readonly One[] }, kind: ZoneKind): One[] {
  const ofKind = facts.zones.filter((zone) => zone.kind === kind);
  const open = ofKind.filter((zone) => zone.valid.end === null);
  if (open.length > 0) return open;
  const last = ofKind
    .map((zone) => zone.valid.start ?? '')
    .sort()
    .at(-1);
  return ofKind.filter((zone) => (zone.valid.start ?? '') === last);
}

/** Address of the source a figure comes from, else its title, else the identifier of what it came from. */
export function sourceText(facts: Pick<SiteFacts, 'sources'>, from: Observation['from']): string {
  if ('run' in from) return from.run;
  const source = facts.sources.get(from.source ?? ('dataset' in from ? from.dataset : ''));
  return source?.href ?? source?.title ?? ('dataset' in from ? `${from.dataset}, ${from.row}` : from.source);
}

/** The source that stands behind an origin, else the dataset or run itself. */
export function originId(from: Observation['from']): Id {
  return 'run' in from ? from.run : (from.source ?? ('dataset' in from ? from.dataset : ''));
}
