/**
 * Names of Darwin Core terms (TDWG 2023, http://rs.tdwg.org/dwc/terms/) that records, events and names are read by, however a header
 * writes them: `decimalLatitude`, `decimallatitude` of GBIF, `DECIMAL_LATITUDE`, `http://rs.tdwg.org/dwc/terms/decimalLatitude`, and the names
 * that terms had before 2009.
 *
 *     termOf('http://rs.tdwg.org/dwc/curatorial/CatalogNumber')   // 'catalogNumber'
 */

/** What a row is about. */
export type RowKind = 'occurrence' | 'taxon' | 'event' | 'other';

const TERMS = `
  acceptedNameUsage acceptedNameUsageID associatedReferences basisOfRecord bibliographicCitation catalogNumber class collectionCode
  continent coordinatePrecision coordinateUncertaintyInMeters country countryCode county dataGeneralizations datasetID datasetKey
  datasetName dateIdentified day decimalLatitude decimalLongitude depth depthAccuracy dynamicProperties elevation elevationAccuracy
  endDayOfYear establishmentMeans eventDate eventID eventRemarks eventTime family fieldNumber footprintWKT gbifID genus geodeticDatum
  georeferenceRemarks habitat hasCoordinate hasGeospatialIssues higherClassification identificationQualifier identifiedBy identifier
  individualCount informationWithheld infraspecificEpithet institutionCode isExtinct issue iucnRedListCategory kingdom language
  lastInterpreted license lifeStage locality locationID locationRemarks maximumDepthInMeters maximumElevationInMeters mediaType
  minimumDepthInMeters minimumElevationInMeters modified month nameAccordingTo namePublishedIn nomenclaturalCode nomenclaturalStatus
  occurrenceID occurrenceRemarks occurrenceStatus order organismQuantity organismQuantityType originalNameUsageID parentEventID
  parentNameUsageID phylum preparations publishingOrgKey recordNumber recordedBy references reproductiveCondition rights rightsHolder
  sampleSizeUnit sampleSizeValue samplingEffort samplingProtocol scientificName scientificNameAuthorship scientificNameID sex
  species speciesKey specificEpithet startDayOfYear stateProvince subgenus taxonConceptID taxonID taxonKey taxonRank taxonRemarks
  taxonomicStatus threatStatus type typeStatus verbatimCoordinateSystem verbatimCoordinates verbatimEventDate verbatimLatitude
  verbatimLocality verbatimLongitude verbatimScientificName vernacularName waterBody year isPreferredName
`;

/** Names before the terms were ratified in 2009, and slips that are common. */
const OLD: Record<string, string> = {
  authoryearofscientificname: 'scientificNameAuthorship',
  catalognumbertext: 'catalogNumber',
  cataloguenumber: 'catalogNumber',
  collector: 'recordedBy',
  coordinateuncertainty: 'coordinateUncertaintyInMeters',
  datecollected: 'eventDate',
  daycollected: 'day',
  dayofmonth: 'day',
  earliestdatecollected: 'eventDate',
  globaluniqueidentifier: 'occurrenceID',
  highertaxonid: 'parentNameUsageID',
  acceptedtaxonid: 'acceptedNameUsageID',
  basionymid: 'originalNameUsageID',
  latitude: 'decimalLatitude',
  longitude: 'decimalLongitude',
  monthcollected: 'month',
  rank: 'taxonRank',
  scientificnamerank: 'taxonRank',
  taxonname: 'scientificName',
  yearcollected: 'year',
};

const plain = (name: string): string => name.toLowerCase().replace(/[\s_-]/g, '');

const KNOWN = new Map<string, string>(
  TERMS.trim()
    .split(/\s+/)
    .map((term) => [plain(term), term]),
);

/** The term that a name or an address stands for; a name that is none stays as it is, without its address. */
export function termOf(written: string): string {
  const last = written
    .trim()
    .replace(/^.*[/#]/, '')
    .replace(/^(dwc|dc|dcterms|gbif|dwciri):/i, '');
  return KNOWN.get(plain(last)) ?? OLD[plain(last)] ?? last;
}

/** Whether a name is that of a term. */
export function isTerm(written: string): boolean {
  return KNOWN.has(plain(termOf(written)));
}

/** What the rows of a type or of a header are about. */
export function rowKind(rowType: string): RowKind {
  const name = plain(rowType.replace(/^.*[/#]/, ''));
  if (name === 'occurrence' || name === 'darwincore' || name === 'simpledarwinrecord') return 'occurrence';
  if (name === 'taxon') return 'taxon';
  return name === 'event' ? 'event' : 'other';
}

/** The type that the header of a table without a description speaks for. */
export function rowTypeOf(terms: readonly string[]): string {
  const has = (...names: string[]): boolean => names.some((name) => terms.includes(name));
  const name = has('occurrenceID', 'basisOfRecord', 'catalogNumber', 'gbifID', 'recordedBy')
    ? 'Occurrence'
    : has('eventID', 'samplingProtocol') && !has('scientificName')
      ? 'Event'
      : has('decimalLatitude', 'eventDate', 'individualCount')
        ? 'Occurrence'
        : 'Taxon';
  return `http://rs.tdwg.org/dwc/terms/${name}`;
}
