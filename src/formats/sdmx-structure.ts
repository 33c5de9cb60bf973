/**
 * Structure messages of SDMX: data structure definitions and codelists, from SDMX-ML 2.1 or SDMX-JSON 2.
 *
 *     const [structure] = readSdmxStructures(file).structures;
 *     structure.dimensions                     // [{ id: 'FREQ', position: 1, time: false, codelist: 'SDMX:CL_FREQ(2.0)' }, …]
 *     structure.codelistOf('SERIES')?.codes.get('_L_KG_010301_1C1')
 */
import { Problem } from '../problems.ts';
import type { LocalText } from '../types.ts';
import { localName, readXml } from './xml.ts';
import type { Bytes } from './zip.ts';

export type SdmxRole = 'dimension' | 'measure' | 'attribute';

export interface SdmxDimension {
  id: string;
  /** From 1. */
  position: number;
  time: boolean;
  /** `AGENCY:ID(VERSION)`, or `null` where values are free. */
  codelist: string | null;
}

export interface SdmxAttribute {
  id: string;
  mandatory: boolean;
  codelist: string | null;
}

export interface SdmxCodelist {
  id: string;
  agency: string;
  version: string;
  /** Name by code, in the order of the list. */
  codes: ReadonlyMap<string, LocalText>;
}

export interface SdmxStructure {
  id: string;
  agency: string;
  version: string;
  dimensions: SdmxDimension[];
  measures: string[];
  attributes: SdmxAttribute[];
  roleOf(component: string): SdmxRole | null;
  codelistOf(component: string): SdmxCodelist | null;
}

export interface SdmxStructures {
  structures: SdmxStructure[];
  codelists: SdmxCodelist[];
}

interface Draft {
  id: string;
  agency: string;
  version: string;
  dimensions: SdmxDimension[];
  measures: string[];
  attributes: SdmxAttribute[];
}

type List = Omit<SdmxCodelist, 'codes'> & { codes: Map<string, LocalText> };

/**
 * Structures and codelists of a structure message.
 * @throws Problem `sdmx-unknown`, `sdmx-broken`, `xml-broken`, `xml-entities`.
 */
export function readSdmxStructures(file: Bytes): SdmxStructures {
  const first = file.bytes.find((byte) => byte > 0x20 && byte < 0x80);
  const { drafts, lists } = first === 0x7b ? fromJson(file) : fromMl(file);
  if (drafts.length === 0 && lists.length === 0) throw new Problem('sdmx-unknown', { file: file.name, found: 'no structure' });
  return { structures: drafts.map((draft) => finished(draft, lists)), codelists: lists };
}

function finished(draft: Draft, lists: SdmxCodelist[]): SdmxStructure {
  const roles = new Map<string, SdmxRole>([
    ...draft.dimensions.map(({ id }) => [id, 'dimension'] as const),
    ...draft.measures.map((id) => [id, 'measure'] as const),
    ...draft.attributes.map(({ id }) => [id, 'attribute'] as const),
  ]);
  const byName = new Map(lists.map((list) => [`${list.agency}:${list.id}(${list.version})`, list]));
  const byId = new Map(lists.map((list) => [list.id, list]));
  const listOf = new Map(
    [...draft.dimensions, ...draft.attributes].flatMap(({ id, codelist }) => {
      if (codelist === null) return [];
      const list = byName.get(codelist) ?? byId.get(/:([^(]+)/.exec(codelist)?.[1] ?? codelist);
      return list === undefined ? [] : [[id, list] as const];
    }),
  );
  return {
    ...draft,
    dimensions: draft.dimensions.sort((a, b) => a.position - b.position),
    roleOf: (component) => roles.get(component) ?? null,
    codelistOf: (component) => listOf.get(component) ?? null,
  };
}

const LANGS: readonly string[] = ['en', 'ru', 'kk', 'tr'];

function fromMl(file: Bytes): { drafts: Draft[]; lists: List[] } {
  const drafts: Draft[] = [];
  const lists: List[] = [];
  const path: string[] = [];
  let list: List | null = null;
  let code: LocalText | null = null;
  let draft: Draft | null = null;
  let component: SdmxDimension | SdmxAttribute | null = null;
  let name: { lang: string; text: string } | null = null;
  readXml(file, {
    open: (written, attributes) => {
      const local = localName(written);
      const parent = path.at(-1) ?? '';
      path.push(local);
      const { id = '', agencyID: agency = '', version = '1.0' } = attributes;
      if (local === 'Codelist' && parent === 'Codelists') {
        list = { id, agency, version, codes: new Map() };
        lists.push(list);
      } else if (local === 'Code' && list !== null) {
        code = {};
        list.codes.set(attributes.id ?? attributes.value ?? '', code);
      } else if (local === 'Name' && code !== null) name = { lang: attributes['xml:lang'] ?? 'en', text: '' };
      else if (local === 'DataStructure' && parent === 'DataStructures') {
        draft = { id, agency, version, dimensions: [], measures: [], attributes: [] };
        drafts.push(draft);
      } else if (draft !== null && parent === 'DimensionList' && /^(Time|Measure)?Dimension$/.test(local)) {
        const position = Number(attributes.position) || draft.dimensions.length + 1;
        component = { id: id || 'TIME_PERIOD', position, time: local === 'TimeDimension', codelist: null };
        draft.dimensions.push(component as SdmxDimension);
      } else if (draft !== null && parent === 'MeasureList') draft.measures.push(id || 'OBS_VALUE');
      else if (draft !== null && local === 'Attribute' && parent === 'AttributeList') {
        const mandatory = (attributes.assignmentStatus ?? attributes.usage ?? '').toLowerCase() === 'mandatory';
        component = { id, mandatory, codelist: null };
        draft.attributes.push(component);
      } else if (local === 'Ref' && parent === 'Enumeration' && component !== null)
        component.codelist = `${agency}:${id}(${version})`;
    },
    text: (text) => {
      if (name !== null) name.text += text;
    },
    close: (written) => {
      const local = localName(written);
      path.pop();
      if (local === 'Name' && name !== null && code !== null) {
        if (LANGS.includes(name.lang)) Object.assign(code, { [name.lang]: name.text.trim() });
        name = null;
      } else if (local === 'Code') code = null;
      else if (local === 'Codelist' && path.at(-1) === 'Codelists') list = null;
      else if (local === 'DataStructure' && path.at(-1) === 'DataStructures') draft = null;
      else if (/^((Time|Measure)?Dimension|Attribute)$/.test(local)) component = null;
    },
  });
  return { drafts, lists };
}

interface JsonComponent {
  id?: string;
  position?: number;
  usage?: string;
  localRepresentation?: { enumeration?: string };
}

interface JsonMessage {
  data?: {
    dataStructures?: {
      id: string;
      agencyID?: string;
      version?: string;
      dataStructureComponents?: {
        dimensionList?: { dimensions?: JsonComponent[]; timeDimension?: JsonComponent; timeDimensions?: JsonComponent[] };
        measureList?: { measures?: JsonComponent[]; primaryMeasure?: JsonComponent };
        attributeList?: { attributes?: JsonComponent[] };
      };
    }[];
    codelists?: {
      id: string;
      agencyID?: string;
      version?: string;
      codes?: { id: string; name?: string; names?: Record<string, string> }[];
    }[];
  };
}

function fromJson(file: Bytes): { drafts: Draft[]; lists: List[] } {
  let message: JsonMessage;
  try {
    message = JSON.parse(new TextDecoder().decode(file.bytes)) as JsonMessage;
  } catch (error) {
    throw new Problem('sdmx-broken', { file: file.name, place: 'JSON', found: (error as Error).message }, { cause: error });
  }
  const listed = (one: JsonComponent): string | null => one.localRepresentation?.enumeration?.split('=').at(-1) ?? null;
  const drafts = (message.data?.dataStructures ?? []).map((one): Draft => {
    const { dimensionList = {}, measureList = {}, attributeList = {} } = one.dataStructureComponents ?? {};
    const plain = dimensionList.dimensions ?? [];
    const times = [
      ...(dimensionList.timeDimensions ?? []),
      ...(dimensionList.timeDimension === undefined ? [] : [dimensionList.timeDimension]),
    ];
    const measures = measureList.measures ?? (measureList.primaryMeasure === undefined ? [] : [measureList.primaryMeasure]);
    return {
      id: one.id,
      agency: one.agencyID ?? '',
      version: one.version ?? '1.0',
      dimensions: [...plain, ...times].map((dimension, i) => ({
        id: dimension.id ?? 'TIME_PERIOD',
        position: i < plain.length ? (dimension.position ?? i) + 1 : plain.length + 1,
        time: i >= plain.length,
        codelist: listed(dimension),
      })),
      measures: measures.map(({ id = 'OBS_VALUE' }) => id),
      attributes: (attributeList.attributes ?? []).map((attribute) => ({
        id: attribute.id ?? '',
        mandatory: attribute.usage?.toLowerCase() === 'mandatory',
        codelist: listed(attribute),
      })),
    };
  });
  const lists = (message.data?.codelists ?? []).map(
    (one): List => ({
      id: one.id,
      agency: one.agencyID ?? '',
      version: one.version ?? '1.0',
      codes: new Map(
        (one.codes ?? []).map(({ id, name, names = {} }) => [
          id,
          Object.keys(names).length === 0 && name !== undefined
            ? { en: name }
            : Object.fromEntries(Object.entries(names).filter(([lang]) => LANGS.includes(lang))),
        ]),
      ),
    }),
  );
  return { drafts, lists };
}
