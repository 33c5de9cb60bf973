/**
 * Observations exported from iNaturalist as CSV. Places that are obscured there stay so here: a place is the public one, as sure as the cell of
 * 0.2 degrees in which iNaturalist moves it, and private coordinates, which an export of one's own observations holds, are not read.
 *
 *     for await … readInaturalist(container, file, context, issues, (record) => …)
 *
 * https://www.inaturalist.org/pages/geoprivacy (read 2026): a random point in a rectangle of 0.2 by 0.2 degrees that holds the true one.
 */
import type { LifeRecord } from '../life-types.ts';
import type { Container } from './darwin-core-container.ts';
import { licenceOf } from './darwin-core-metadata.ts';
import { readPlain } from './darwin-core-plain.ts';
import { type RecordContext, recordMaker } from './darwin-core-record.ts';
import type { IssueLists } from './import-issue.ts';

/** Side of the rectangle in which a place is moved [deg]. */
const OBSCURED_DEG = 0.2;
const DEGREE_M = 111_320;

/** Whether a header is that of an export. */
export function isInaturalist(columns: readonly string[]): boolean {
  return (
    columns.includes('quality_grade') ||
    (columns.includes('observed_on') && columns.includes('scientific_name') && columns.includes('user_login'))
  );
}

/** Hands over record after record; returns rows, and how many had private coordinates that were not read. */
export async function readInaturalist(
  container: Container,
  file: string,
  context: RecordContext,
  issues: IssueLists,
  onRecord: (record: LifeRecord) => void,
): Promise<{ rows: number; privatePlaces: number }> {
  const make = recordMaker(context);
  let privatePlaces = 0;
  const { rows } = await readPlain(container, file, issues, (get, line) => {
    const privacy = [get('geoprivacy'), get('taxon_geoprivacy')].map((one) => one.toLowerCase());
    const hidden = privacy.includes('private');
    const obscured = hidden || privacy.includes('obscured') || get('coordinates_obscured').toLowerCase() === 'true';
    if (get('private_latitude') !== '') privatePlaces++;
    const lat = hidden ? '' : get('latitude');
    const own = Number(get('public_positional_accuracy') || get('positional_accuracy'));
    const widest = obscured ? Math.max(own || 0, cellDiagonal(Number(lat))) : own;
    const record = make(
      {
        occurrenceID: get('uuid') || (get('id') === '' ? '' : `https://www.inaturalist.org/observations/${get('id')}`),
        scientificName: get('scientific_name') || get('taxon_species_name'),
        vernacularName: get('common_name'),
        decimalLatitude: lat,
        decimalLongitude: hidden ? '' : get('longitude'),
        coordinateUncertaintyInMeters: widest > 0 ? String(Math.round(widest)) : '',
        eventDate: get('observed_on') || get('time_observed_at').slice(0, 10),
        basisOfRecord: 'HumanObservation',
        recordedBy: get('user_name') || get('user_login'),
        establishmentMeans: get('captive_cultivated') === 'true' ? 'managed' : '',
        taxonID: get('taxon_id') === '' ? '' : `https://www.inaturalist.org/taxa/${get('taxon_id')}`,
        references: get('url'),
        sex: get('field:sex'),
        ...groupOf(get('iconic_taxon_name')),
        locality: obscured ? '' : get('place_guess'),
        informationWithheld: obscured ? 'coordinates obscured by iNaturalist' : '',
      },
      `${file}:${line}`,
    );
    const grade = get('quality_grade');
    if (grade !== '') record.fields.qualityGrade = grade;
    record.licence = get('license') === '' ? 'all rights reserved' : (licenceOf(get('license')) ?? get('license'));
    if (hidden) record.flags.push('place-private');
    if (get('captive_cultivated') === 'true') record.fields.captive = 'true';
    record.dataset = 'iNaturalist';
    onRecord(record);
  });
  return { rows, privatePlaces };
}

const KINGDOMS = new Set(['Plantae', 'Fungi', 'Chromista', 'Protozoa', 'Animalia']);
const CLASSES = new Set(['Aves', 'Amphibia', 'Reptilia', 'Mammalia', 'Actinopterygii', 'Insecta', 'Arachnida']);

/** Of the groups that iNaturalist shows as pictures some are classes, others kingdoms; molluscs are neither. */
function groupOf(iconic: string): { class?: string; kingdom?: string } {
  if (KINGDOMS.has(iconic)) return { kingdom: iconic };
  if (CLASSES.has(iconic)) return { class: iconic, kingdom: 'Animalia' };
  return iconic === 'Mollusca' ? { kingdom: 'Animalia' } : {};
}

/** From one corner of the rectangle to the other [m]: the true place is no farther from the public one. */
function cellDiagonal(lat: number): number {
  return Math.ceil(OBSCURED_DEG * DEGREE_M * Math.hypot(1, Math.cos((lat * Math.PI) / 180)));
}
