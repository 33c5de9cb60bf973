/**
 * SDMX data in: SDMX-CSV 1 and 2, SDMX-JSON 2, SDMX-ML 2.1 (generic and structure specific), told apart by content. Observations come
 * one by one, with what they are of, so that a file of any size can be read.
 *
 *     const reading = readSdmx(file, {}, ({ dimensions, value, attributes }) => …);
 *     await readSdmxSource(source, { structure }, take);
 *
 * Values are kept as written; `value` is the number of the primary measure where it is one. A blank stays a blank. A structure
 * definition (`sdmx-structure.ts`) tells dimensions from attributes and checks codes; without one CSV tells them by place, which
 * is said.
 *
 * Reference: SDMX 2.1 and 3.0 technical specifications, sections 3 (SDMX-ML), SDMX-JSON 2.0 and SDMX-CSV 2.0 field guide.
 */
import { Problem } from '../problems.ts';
import type { ByteSource } from './byte-source.ts';
import { issueLists } from './import-issue.ts';
import { csvReader } from './sdmx-csv.ts';
import { jsonReader } from './sdmx-json.ts';
import { mlReader } from './sdmx-ml.ts';
import type { SdmxObservation, SdmxOptions, SdmxReader, SdmxReading, SdmxTaking } from './sdmx-observation.ts';
import type { SdmxStructure } from './sdmx-structure.ts';
import { feed, xmlEncoding } from './xml.ts';
import type { Bytes } from './zip.ts';

/**
 * Reads a file in memory and hands each observation to `take`.
 * @throws Problem `sdmx-unknown`, `sdmx-broken`, `xml-broken`, `xml-entities`, `xml-too-deep`, `text-encoding`.
 */
export function readSdmx(file: Bytes, options: SdmxOptions, take: (observation: SdmxObservation) => void): SdmxReading {
  const { reader, reading } = readerFor(file.name, file.bytes, options, take);
  reader.write(file.bytes);
  reader.end();
  return reading;
}

/** The same without holding the file in memory; only SDMX-JSON is gathered first. */
export async function readSdmxSource(
  source: ByteSource,
  options: SdmxOptions,
  take: (observation: SdmxObservation) => void,
): Promise<SdmxReading> {
  const { reader, reading } = readerFor(source.name, await source.read(0, 4_096), options, take);
  await feed(source, reader, options);
  reader.end();
  return reading;
}

function readerFor(
  file: string,
  head: Uint8Array,
  options: SdmxOptions,
  take: (observation: SdmxObservation) => void,
): { reader: SdmxReader; reading: SdmxReading } {
  const reading: SdmxReading = { file, format: 'csv-2', observations: 0, series: 0, skipped: 0, issues: issueLists() };
  const taking: SdmxTaking = {
    reading,
    options,
    take: (observation) => {
      reading.observations += 1;
      checkObservation(observation, reading, options.structure);
      take(observation);
    },
  };
  const text = new TextDecoder(xmlEncoding(head.subarray(0, 4_096)).encoding.replace('kz-1048', 'windows-1251'))
    .decode(head.subarray(0, 4_096))
    .trimStart();
  if (text.startsWith('<')) return { reader: mlReader(taking), reading };
  if (text.startsWith('{')) return { reader: jsonReader(taking), reading };
  if (/^"?(STRUCTURE|DATAFLOW)\b/i.test(text)) return { reader: csvReader(taking), reading };
  throw new Problem('sdmx-unknown', { file, found: text.slice(0, 40) });
}

/** Names the codes that their lists do not have, and values that are no numbers. */
function checkObservation(
  observation: SdmxObservation,
  { file, issues }: SdmxReading,
  structure: SdmxStructure | undefined,
): void {
  const { dimensions, measures, attributes, place, action } = observation;
  const primary = measures.OBS_VALUE;
  if (typeof primary === 'string' && observation.value === null && !/^(|NaN|-|#N\/A)$/.test(primary) && action !== 'delete')
    issues.add('warning', 'sdmx-value', { file, place, name: 'OBS_VALUE', found: primary.slice(0, 60) });
  if (structure === undefined) return;
  for (const [name, value] of [...Object.entries(dimensions), ...Object.entries(attributes)]) {
    const list = structure.codelistOf(name);
    if (list === null || typeof value !== 'string' || value === '' || list.codes.has(value)) continue;
    issues.add('warning', 'sdmx-code-unknown', { file, place, name, found: value, list: list.id });
  }
  if (action === 'delete') return;
  for (const { id } of structure.dimensions)
    if (dimensions[id] === undefined) issues.add('warning', 'sdmx-component-missing', { file, place, name: id });
  for (const { id, mandatory } of structure.attributes)
    if (mandatory && attributes[id] === undefined) issues.add('warning', 'sdmx-component-missing', { file, place, name: id });
}
