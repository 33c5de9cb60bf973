/**
 * SDMX-JSON 2 data messages: indexes into the values of the structure become codes again.
 *
 * Reference: SDMX-JSON data message 2.0 (sdmx-twg/sdmx-json); a null in `values` or an index that is missing is a blank.
 */
import { Problem } from '../problems.ts';
import {
  actionOf,
  numberOf,
  referenceOf,
  type SdmxObservation,
  type SdmxReader,
  type SdmxReference,
  type SdmxTaking,
  type SdmxValue,
} from './sdmx-observation.ts';

interface JsonValue {
  id?: string;
  value?: unknown;
  name?: string;
  names?: Record<string, string>;
}

interface JsonComponent {
  id: string;
  format?: { dataType?: string };
  keyPosition?: number;
  relationship?: { dimensions?: string[] };
  values?: (JsonValue | null)[];
}

type Level = 'dataSet' | 'dimensionGroup' | 'series' | 'observation';

interface JsonStructure {
  links?: { urn?: string; rel?: string }[];
  dimensions?: Partial<Record<Level, JsonComponent[]>>;
  measures?: Partial<Record<Level, JsonComponent[]>>;
  attributes?: Partial<Record<Level, JsonComponent[]>>;
}

interface JsonDataSet {
  structure?: number;
  action?: string;
  attributes?: unknown[];
  dimensionGroupAttributes?: Record<string, unknown[]>;
  series?: Record<string, { attributes?: unknown[]; observations?: Record<string, unknown[] | null> }>;
  observations?: Record<string, unknown[] | null>;
}

interface JsonBody {
  structures?: JsonStructure[];
  structure?: JsonStructure;
  dataSets?: JsonDataSet[];
}

export function jsonReader(taking: SdmxTaking): SdmxReader {
  const pieces: Uint8Array[] = [];
  return {
    write: (bytes) => {
      pieces.push(bytes);
    },
    end: () => readMessage(pieces, taking),
  };
}

function readMessage(pieces: Uint8Array[], taking: SdmxTaking): void {
  const { reading } = taking;
  reading.format = 'json-2';
  const decoder = new TextDecoder('utf-8');
  let message: JsonBody & { data?: JsonBody };
  try {
    message = JSON.parse(pieces.map((piece) => decoder.decode(piece, { stream: true })).join('') + decoder.decode());
  } catch (error) {
    throw new Problem('sdmx-broken', { file: reading.file, place: 'JSON', found: (error as Error).message }, { cause: error });
  }
  const data = message?.data ?? message; // version 1 has no `data`
  if (!Array.isArray(data?.dataSets))
    throw new Problem('sdmx-unknown', {
      file: reading.file,
      found: Object.keys(data ?? message)
        .join(', ')
        .slice(0, 60),
    });
  const structures = data.structures ?? (data.structure === undefined ? [] : [data.structure]);
  for (const [i, dataSet] of data.dataSets.entries()) {
    const structure = structures[dataSet.structure ?? 0];
    if (structure === undefined) {
      const place = `data set ${i + 1}`;
      reading.issues.add('error', 'sdmx-component-missing', {
        file: reading.file,
        place,
        name: `structures[${dataSet.structure ?? 0}]`,
      });
      reading.skipped += 1;
    } else readDataSet(dataSet, structure, i + 1, taking);
  }
}

interface Reading {
  structure: JsonStructure;
  reference: SdmxReference | null;
  action: SdmxObservation['action'];
  fixed: Record<string, string>;
  attributes: Record<string, SdmxValue>;
  groups: { key: Record<string, string>; attributes: Record<string, SdmxValue> }[];
  number: number;
  taking: SdmxTaking;
}

function readDataSet(dataSet: JsonDataSet, structure: JsonStructure, number: number, taking: SdmxTaking): void {
  const link =
    (structure.links ?? []).find(({ rel }) => rel === 'dataflow') ?? (structure.links ?? []).find(({ urn }) => urn !== undefined);
  const kind =
    link?.rel === 'dataflow' || link?.rel === 'provisionagreement'
      ? link.rel === 'dataflow'
        ? 'dataflow'
        : 'dataprovision'
      : 'datastructure';
  const reading: Reading = {
    structure,
    reference: link?.urn === undefined ? null : referenceOf(link.urn, kind),
    action: actionOf(dataSet.action, 'merge'),
    fixed: Object.fromEntries((structure.dimensions?.dataSet ?? []).map((one) => [one.id, one.values?.[0]?.id ?? ''])),
    attributes: valuesOf(structure.attributes?.dataSet, dataSet.attributes),
    groups: [],
    number,
    taking,
  };
  const groupOrder = inKeyOrder(structure);
  for (const [key, values] of Object.entries(dataSet.dimensionGroupAttributes ?? {}))
    reading.groups.push({
      key: keyOf(groupOrder, key) ?? {},
      attributes: valuesOf(structure.attributes?.dimensionGroup, values),
    });
  for (const [key, series] of Object.entries(dataSet.series ?? {})) {
    taking.reading.series += 1;
    const dimensions = keyOf(structure.dimensions?.series ?? [], key);
    const attributes = valuesOf(structure.attributes?.series, series.attributes);
    for (const [at, values] of Object.entries(series.observations ?? {}))
      readObservation(reading, { key, at, dimensions, attributes }, values ?? []);
  }
  for (const [at, values] of Object.entries(dataSet.observations ?? {}))
    readObservation(reading, { key: '', at, dimensions: {}, attributes: {} }, values ?? []);
}

/** All dimensions by their place in the key, which is how groups name theirs. */
function inKeyOrder({ dimensions = {} }: JsonStructure): JsonComponent[] {
  const all = [...(dimensions.dataSet ?? []), ...(dimensions.series ?? []), ...(dimensions.observation ?? [])];
  return all.every(({ keyPosition }) => keyPosition !== undefined)
    ? all.sort((a, b) => (a.keyPosition ?? 0) - (b.keyPosition ?? 0))
    : all;
}

/** `0:1` as codes; `null` where an index points nowhere. A blank place is a dimension that the key leaves out. */
function keyOf(dimensions: JsonComponent[], key: string): Record<string, string> | null {
  const codes: Record<string, string> = {};
  for (const [i, index] of key.split(':').entries()) {
    const dimension = dimensions[i];
    if (index === '' || dimension === undefined) continue;
    const value = dimension.values?.[Number(index)];
    const code = value?.id ?? value?.value;
    if (code === undefined || code === null) return null;
    codes[dimension.id] = String(code);
  }
  return codes;
}

/** Attribute values by their components: an index where the component lists values, else the value itself. */
function valuesOf(components: JsonComponent[] = [], values: readonly unknown[] = []): Record<string, SdmxValue> {
  const found: Record<string, SdmxValue> = {};
  for (const [i, component] of components.entries()) {
    const value = valueIn(component, values[i]);
    if (value !== null) found[component.id] = value;
  }
  return found;
}

function valueIn(component: JsonComponent, value: unknown): SdmxValue | null {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) {
    const several: SdmxValue[] = value.map((one) => valueIn(component, one) ?? '');
    return several.map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));
  }
  if (typeof value === 'number' && component.values !== undefined && component.values.length > 0) {
    const listed = component.values[value];
    if (listed === null || listed === undefined) return null;
    const plain = listed.id ?? listed.value ?? listed.name;
    return plain === undefined ? null : plainOf(plain);
  }
  return plainOf(value);
}

function plainOf(value: unknown): SdmxValue {
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([lang, text]) => [lang, String(text)]));
  return String(value);
}

function readObservation(
  reading: Reading,
  of: { key: string; at: string; dimensions: Record<string, string> | null; attributes: Record<string, SdmxValue> },
  values: readonly unknown[],
): void {
  const { structure, taking } = reading;
  const own = keyOf(structure.dimensions?.observation ?? [], of.at);
  const place = `data set ${reading.number}, ${of.key === '' ? '' : `${of.key} / `}${of.at}`;
  if (own === null || of.dimensions === null) {
    const details = { file: taking.reading.file, place, name: own === null ? of.at : of.key };
    taking.reading.issues.add('error', 'sdmx-component-missing', details);
    taking.reading.skipped += 1;
    return;
  }
  const dimensions = { ...reading.fixed, ...of.dimensions, ...own };
  const listed = structure.measures?.observation ?? [];
  const ofObservation = structure.attributes?.observation ?? [];
  const measured = withoutValues(listed, ofObservation, values) ? [] : listed.length > 0 ? listed : [{ id: 'OBS_VALUE' }];
  const group = reading.groups.filter(({ key }) => Object.entries(key).every(([id, code]) => dimensions[id] === code));
  const measures = valuesOf(measured, values.slice(0, measured.length));
  taking.take({
    structure: reading.reference,
    action: reading.action,
    dimensions,
    measures,
    attributes: Object.assign(
      {},
      reading.attributes,
      ...group.map(({ attributes }) => attributes),
      of.attributes,
      valuesOf(ofObservation, values.slice(measured.length)),
    ),
    value: numberOf(measures.OBS_VALUE ?? Object.values(measures)[0]),
    place,
  });
}

/** A message of `detail=nodata` has attributes only, and does not say so: where a number belongs stands a text. */
function withoutValues(measures: JsonComponent[], attributes: JsonComponent[], values: readonly unknown[]): boolean {
  const numeric = /double|float|decimal|integer|long|short|count/i.test(measures[0]?.format?.dataType ?? '');
  return numeric && values.length <= attributes.length && typeof values[0] === 'string' && numberOf(values[0]) === null;
}
