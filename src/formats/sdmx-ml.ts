/**
 * SDMX-ML 2.1 data, generic and structure specific, time series or flat, with groups; 2.0 compact and generic messages have the same
 * elements. Read as it streams by.
 *
 * Reference: SDMX 2.1, section 3B, schemas SDMXDataGeneric and SDMXDataStructureSpecific.
 */
import { Problem } from '../problems.ts';
import {
  actionOf,
  numberOf,
  referenceOf,
  type SdmxAction,
  type SdmxReader,
  type SdmxReference,
  type SdmxTaking,
} from './sdmx-observation.ts';
import { localName, xmlReader } from './xml.ts';

interface State {
  path: string[];
  references: Map<string, { reference: SdmxReference | null; atObservation: string }>;
  /** Structure of the header that is being read. */
  header: { id: string; namespace: string; atObservation: string } | null;
  messageAction: string;
  reference: SdmxReference | null;
  atObservation: string;
  action: SdmxAction;
  dataset: Record<string, string>;
  groups: { key: Record<string, string>; attributes: Record<string, string> }[];
  group: { key: Record<string, string>; attributes: Record<string, string> } | null;
  series: { key: Record<string, string>; attributes: Record<string, string> } | null;
  observation: { key: Record<string, string>; attributes: Record<string, string>; value?: string; line: number } | null;
  text: string;
}

export function mlReader(taking: SdmxTaking): SdmxReader {
  const { reading } = taking;
  const state: State = {
    path: [],
    references: new Map(),
    header: null,
    messageAction: '',
    reference: null,
    atObservation: 'TIME_PERIOD',
    action: 'information',
    dataset: {},
    groups: [],
    group: null,
    series: null,
    observation: null,
    text: '',
  };
  return xmlReader(reading.file, {
    open: (name, attributes, line) => {
      const local = localName(name);
      if (state.path.length === 0) beginMessage(local, taking);
      open(state, local, attributes, line, taking);
      state.path.push(local);
      state.text = '';
    },
    text: (text) => {
      if (state.path.length < 8 && state.text.length < 1_000) state.text += text;
    },
    close: (name) => {
      state.path.pop();
      close(state, localName(name), taking);
    },
  });
}

function beginMessage(root: string, { reading }: SdmxTaking): void {
  if (/^(StructureSpecific|Compact)(TimeSeries)?Data$/.test(root)) reading.format = 'ml-specific';
  else if (/^Generic(TimeSeries)?Data$/.test(root)) reading.format = 'ml-generic';
  else throw new Problem('sdmx-unknown', { file: reading.file, found: root.slice(0, 60) });
}

function open(state: State, local: string, attributes: Record<string, string>, line: number, { reading }: SdmxTaking): void {
  const parent = state.path.at(-1) ?? '';
  const generic = reading.format === 'ml-generic';
  if (local === 'Structure' && parent === 'Header') {
    const { structureID: id = '', namespace = '', dimensionAtObservation: atObservation = 'TIME_PERIOD' } = attributes;
    state.header = { id, namespace, atObservation };
    state.references.set(id, {
      reference: referenceOf(namespace.replace(/:ObsLevelDim:.*$/, ''), 'datastructure'),
      atObservation,
    });
  } else if (local === 'Ref' && state.header !== null) {
    const { id = '', agencyID = null, version = null } = attributes;
    const kind = parent === 'StructureUsage' ? 'dataflow' : parent === 'ProvisionAgreement' ? 'dataprovision' : 'datastructure';
    const reference: SdmxReference = { kind, agency: agencyID, id, version };
    state.references.set(state.header.id, { reference, atObservation: state.header.atObservation });
  } else if (local === 'DataSet') beginDataSet(state, attributes);
  else if (local === 'Group') state.group = { key: {}, attributes: generic ? {} : components(attributes) };
  else if (local === 'Series') {
    state.series = { key: generic ? {} : components(attributes), attributes: {} };
    reading.series += 1;
  } else if (local === 'Obs') {
    state.observation = { key: generic ? {} : components(attributes), attributes: {}, line };
  } else if (generic) openGeneric(state, local, attributes, parent);
}

function beginDataSet(state: State, attributes: Record<string, string>): void {
  const own = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [localName(name), value]));
  const known = state.references.get(own.structureRef ?? '') ?? [...state.references.values()][0];
  state.reference = known?.reference ?? null;
  state.atObservation = known?.atObservation ?? 'TIME_PERIOD';
  state.action = actionOf(own.action ?? state.messageAction);
  state.dataset = components(attributes);
  for (const name of [
    'structureRef',
    'action',
    'dataScope',
    'setID',
    'validFromDate',
    'validToDate',
    'publicationYear',
    'publicationPeriod',
    'reportingBeginDate',
    'reportingEndDate',
  ])
    delete state.dataset[name];
  state.groups = [];
}

/** Components are attributes without a namespace. */
function components(attributes: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => !name.includes(':') && name !== 'xmlns'));
}

function openGeneric(state: State, local: string, attributes: Record<string, string>, parent: string): void {
  const { id = attributes.concept ?? '', value = '' } = attributes;
  const { observation, series, group } = state;
  if (local === 'ObsDimension' && observation !== null) observation.key[id || state.atObservation] = value;
  else if (local === 'ObsValue' && observation !== null) observation.value = value;
  else if (local === 'Value') {
    const of = observation ?? series ?? group;
    if (parent === 'Attributes') (of?.attributes ?? state.dataset)[id] = value;
    else if (parent === 'SeriesKey' || parent === 'ObsKey' || parent === 'GroupKey') if (of !== null) of.key[id] = value;
  }
}

function close(state: State, local: string, taking: SdmxTaking): void {
  const parent = state.path.at(-1);
  if (local === 'DataSetAction' && parent === 'Header') state.messageAction = state.text;
  else if (local === 'Time' && state.observation !== null)
    state.observation.key.TIME_PERIOD = state.text.trim(); // 2.0
  else if (local === 'Structure' && parent === 'Header') state.header = null;
  else if (local === 'Group' && state.group !== null) {
    state.groups.push(state.group);
    state.group = null;
  } else if (local === 'Obs' && state.observation !== null) {
    finish(state, state.observation, taking);
    state.observation = null;
  } else if (local === 'Series') state.series = null;
}

function finish(state: State, observation: NonNullable<State['observation']>, taking: SdmxTaking): void {
  const specific = taking.reading.format === 'ml-specific';
  const place = `line ${observation.line}`;
  const dimensions: Record<string, string> = {};
  const measures: Record<string, string> = observation.value === undefined ? {} : { OBS_VALUE: observation.value };
  const attributes: Record<string, string> = { ...state.dataset };
  const all = { ...state.series?.key, ...observation.key };
  if (specific) {
    const { structure } = taking.options;
    for (const [id, value] of Object.entries(all)) {
      const role = structure?.roleOf(id) ?? (id === 'OBS_VALUE' ? 'measure' : specificRole(id, state));
      if (role === 'measure') measures[id] = value;
      else if (role === 'attribute') attributes[id] = value;
      else dimensions[id] = value;
    }
  } else {
    Object.assign(dimensions, all);
    Object.assign(attributes, state.series?.attributes, observation.attributes);
  }
  for (const group of state.groups) {
    const key = Object.entries(group.key).filter(([, value]) => value !== '');
    const fits = specific ? groupFits(group.attributes, dimensions) : key.every(([id, value]) => dimensions[id] === value);
    if (fits)
      for (const [id, value] of Object.entries(group.attributes)) if (dimensions[id] === undefined) attributes[id] ??= value;
  }
  if (dimensions[state.atObservation] === undefined && state.series !== null) {
    const details = { file: taking.reading.file, place, name: state.atObservation };
    taking.reading.issues.add('error', 'sdmx-component-missing', details);
    taking.reading.skipped += 1;
    return;
  }
  taking.take({
    structure: state.reference,
    action: state.action,
    dimensions,
    measures,
    attributes,
    value: numberOf(measures.OBS_VALUE),
    place,
  });
}

/** Attributes of the SDG structure and of SDMX's cross-domain concepts, which stand beside dimensions in one element. */
const KNOWN_ATTRIBUTES =
  /^(OBS_STATUS|UNIT_MULT|UNIT_MEASURE|UNIT|NATURE|COMMENT_(OBS|TS)|TIME_(COVERAGE|DETAIL|FORMAT)|(UPPER|LOWER)_BOUND|BASE_PER|SOURCE_DETAIL|GEO_INFO_(URL|TYPE)|CUST_BREAKDOWN_LB|DATA_LAST_UPDATE|OBS_CONF|CONF_STATUS|DECIMALS|COLLECTION|OBS_COM|PRE_BREAK_VALUE|OBS_PRE_BREAK|TITLE(_COMPL)?|EMBARGO_TIME)$/;

function specificRole(id: string, state: State): 'dimension' | 'attribute' {
  if (id === state.atObservation || id === 'TIME_PERIOD') return 'dimension';
  if (KNOWN_ATTRIBUTES.test(id)) return 'attribute';
  // in a series, what the observation adds are attributes of it
  const ofObservation = state.observation?.key[id] !== undefined && state.series !== null && state.series.key[id] === undefined;
  return ofObservation && state.atObservation !== 'AllDimensions' ? 'attribute' : 'dimension';
}

/** A structure specific group mixes its dimensions with its attributes: those that the observation has as well must be equal. */
function groupFits(group: Record<string, string>, dimensions: Record<string, string>): boolean {
  const shared = Object.entries(group).filter(([id]) => dimensions[id] !== undefined);
  return shared.length > 0 && shared.every(([id, value]) => dimensions[id] === value);
}
