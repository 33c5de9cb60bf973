/**
 * Records that a dossier holds, as occupancy is told of: one visit is a place on a day. Records without a day, of no species, and of
 * species whose place is a secret are counted and left out: a list that lacks its place is no list.
 */
import type { CsvRow } from '../formats/csv.ts';
import { digestOf } from '../formats/source-node.ts';
import { t } from '../i18n/index.ts';
import { NO_ZONE } from '../indicators/population-fits.ts';
import { occupancyOfTable } from '../indicators/table-living.ts';
import type { Taxon } from '../life-types.ts';
import { Problem } from '../problems.ts';
import { geometryDigest } from '../run/compute.ts';
import { zoneHref } from '../run/compute-rasters.ts';
import { ofKind } from '../run/zone-placing.ts';
import { type ZoneIndex, zoneIndex } from '../science/zone-probability.ts';
import type { Db } from '../store/db.ts';
import { zonesToCompute } from '../store/keep-computed.ts';
import { listOccurrences, listTaxa, type ShownOccurrence } from '../store/occurrences.ts';
import type { DrawnZone, Id, Lang, Period } from '../types.ts';
import type { KeepJob } from './life-trend-keep.ts';

/** A record lies in a zone where this much of its circle of uncertainty does. */
const MOSTLY = 0.5;
const DAY = 86_400_000;
const BELOW_SPECIES = ['subspecies', 'variety', 'form', 'infraspecies'];

/** @throws Problem `life-none-kept` */
export function ofDossier(
  db: Db,
  site: Id,
  { lang, species: wanted }: { lang: Lang; species?: string },
): { jobs: KeepJob[]; told: string[] } {
  const zones = zonesToCompute(db, site);
  const index = zoneIndex(zones);
  const records = listOccurrences(db, { site, exact: false });
  if (records.length === 0) throw new Problem('life-none-kept', { site });
  const nameOf = speciesNames(listTaxa(db));
  const skipped = { undated: 0, other: 0, secret: 0, absent: 0, placeless: 0 };
  const rows = records.flatMap((one, i): CsvRow[] => {
    const [species, day] = [nameOf(one.taxon), dayOf(one.period)];
    const visited = one.fields.locationID || one.fields.locality || one.place?.map((degrees) => degrees.toFixed(2)).join(' ');
    const why =
      one.generalised != null
        ? 'secret'
        : one.count === 0 || one.fields.occurrenceStatus?.toLowerCase() === 'absent'
          ? 'absent'
          : species === null
            ? 'other'
            : day === null
              ? 'undated'
              : !visited
                ? 'placeless'
                : null;
    if (why !== null || species === null || day === null || !visited) {
      if (why !== null) skipped[why] += 1;
      return [];
    }
    return [{ line: i + 1, values: { species, site: visited, date: day, zone: zoneOf(one, index, zones) } }];
  });
  const digest = digestOf(
    rows
      .map(({ values }) => JSON.stringify(values))
      .sort()
      .join('\n'),
  );
  const inputs = [
    { href: `occurrences/${site}`, digest },
    ...zones.map((zone) => ({ href: zoneHref(zone.id), digest: geometryDigest(zone) })),
  ];
  const table = { header: ['species', 'site', 'date', 'zone'], rows };
  const left = Object.values(skipped).reduce((sum, count) => sum + count, 0);
  return {
    jobs: [
      {
        indicator: occupancyOfTable,
        table,
        name: `occurrences/${site}`,
        inputs,
        params: { species: wanted ?? '' },
        skipped: left,
      },
    ],
    told: left === 0 ? [] : [t(lang, 'cli.life.index.skipped', skipped)],
  };
}

/** The zone that holds more than half of the circle. */
function zoneOf({ place, uncertaintyM }: ShownOccurrence, index: ZoneIndex, zones: readonly DrawnZone[]): string {
  if (place === null) return NO_ZONE;
  const most = index.shares(place[0], place[1], uncertaintyM ?? 0).find(({ share }) => share > MOSTLY);
  const zone = most === undefined ? undefined : zones[most.zone];
  return zone === undefined ? NO_ZONE : (ofKind(zone.kind, zones) ?? NO_ZONE);
}

/** A day that is known as one. */
function dayOf(period: Period | null): string | null {
  if (period === null || Date.parse(period.end) - Date.parse(period.start) > DAY) return null;
  return period.start.slice(0, 10);
}

/** The scientific name of the species of a taxon; `null` for what is no species. */
function speciesNames(taxa: readonly Taxon[]): (id: Id) => string | null {
  const byId = new Map(taxa.map((taxon) => [taxon.id, taxon]));
  return (id) => {
    const taxon = byId.get(id);
    const rank = taxon?.rank?.toLowerCase() ?? 'species';
    const parent = taxon !== undefined && BELOW_SPECIES.includes(rank) ? byId.get(taxon.parent ?? '') : taxon;
    return parent === undefined || (parent.rank?.toLowerCase() ?? 'species') !== 'species' ? null : parent.name;
  };
}
