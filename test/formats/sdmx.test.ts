import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryBytes } from '../../src/formats/byte-source.ts';
import { issueLists } from '../../src/formats/import-issue.ts';
import { readSdmx, readSdmxSource } from '../../src/formats/sdmx.ts';
import { csvReader } from '../../src/formats/sdmx-csv.ts';
import { isNationalSeries, nationalSeries, sdgRows, writeSdmxCsv } from '../../src/formats/sdmx-csv-writer.ts';
import { referenceOf, type SdmxObservation, type SdmxReading } from '../../src/formats/sdmx-observation.ts';
import { readSdmxStructures } from '../../src/formats/sdmx-structure.ts';
import { Problem } from '../../src/problems.ts';
import type { Observation } from '../../src/types.ts';
import { problemOf } from './expect-problem.ts';
import { mutated } from './mutate.ts';

const file = (text: string, name = 'data') => ({ name, bytes: new TextEncoder().encode(text) });

function read(text: string, options: Parameters<typeof readSdmx>[1] = {}) {
  const observations: SdmxObservation[] = [];
  const reading = readSdmx(file(text), options, (one) => observations.push(one));
  return { observations, reading, codes: Object.values(reading.issues.lists).flatMap((list) => list.map(({ code }) => code)) };
}

// SDMX 2.1, section 3B: a structure specific time series with a group, and the same as a generic message.
const HEADER = `<mes:Header><mes:ID>x</mes:ID><mes:Structure structureID="S" dimensionAtObservation="TIME_PERIOD"><com:Structure><Ref agencyID="KZ_BNS" id="SDG" version="1.0"/></com:Structure></mes:Structure><mes:DataSetAction>Replace</mes:DataSetAction></mes:Header>`;
const NAMESPACES = 'xmlns:mes="m" xmlns:com="c" xmlns:gen="g" xmlns:ss="s" xmlns:xsi="x"';
const SPECIFIC = `<mes:StructureSpecificData ${NAMESPACES}>${HEADER}<mes:DataSet ss:structureRef="S"><Group xsi:type="Sibling" SERIES="A" TITLE="Water"/>
<Series FREQ="A" SERIES="A" UNIT_MEASURE="PT"><Obs TIME_PERIOD="2020" OBS_VALUE="1.5" OBS_STATUS="A"/><Obs TIME_PERIOD="2021" OBS_VALUE=""/></Series>
<Series FREQ="A" SERIES="B"><Obs TIME_PERIOD="2020" OBS_VALUE="NaN"/></Series></mes:DataSet></mes:StructureSpecificData>`;
const GENERIC = `<mes:GenericData ${NAMESPACES}>${HEADER}<mes:DataSet structureRef="S"><gen:Group><gen:GroupKey><gen:Value id="SERIES" value="A"/></gen:GroupKey><gen:Attributes><gen:Value id="TITLE" value="Water"/></gen:Attributes></gen:Group>
<gen:Series><gen:SeriesKey><gen:Value id="FREQ" value="A"/><gen:Value id="SERIES" value="A"/></gen:SeriesKey><gen:Attributes><gen:Value id="UNIT_MEASURE" value="PT"/></gen:Attributes>
<gen:Obs><gen:ObsDimension value="2020"/><gen:ObsValue value="1.5"/><gen:Attributes><gen:Value id="OBS_STATUS" value="A"/></gen:Attributes></gen:Obs><gen:Obs><gen:ObsDimension value="2021"/><gen:ObsValue value=""/></gen:Obs></gen:Series>
<gen:Series><gen:SeriesKey><gen:Value id="FREQ" value="A"/><gen:Value id="SERIES" value="B"/></gen:SeriesKey><gen:Obs><gen:ObsDimension value="2020"/><gen:ObsValue value="NaN"/></gen:Obs></gen:Series></mes:DataSet></mes:GenericData>`;

describe('SDMX-ML', () => {
  it.each([
    ['structure specific', SPECIFIC],
    ['generic', GENERIC],
  ])('%s: series, group, attributes and action', (_, text) => {
    const { observations, reading } = read(text);
    expect([reading.series, reading.observations, reading.skipped]).toEqual([2, 3, 0]);
    expect(observations[0]).toMatchObject({
      structure: { agency: 'KZ_BNS', id: 'SDG', version: '1.0' },
      action: 'replace',
      dimensions: { FREQ: 'A', SERIES: 'A', TIME_PERIOD: '2020' },
      attributes: { UNIT_MEASURE: 'PT', OBS_STATUS: 'A', TITLE: 'Water' },
      value: 1.5,
    });
    expect(observations[2]?.attributes.TITLE).toBeUndefined();
  });
  it('a blank and NaN are no zero', () => {
    expect(read(SPECIFIC).observations.map(({ value }) => value)).toEqual([1.5, null, null]);
  });
  it('flat data have all dimensions on the observation', () => {
    const text = SPECIFIC.replace('"TIME_PERIOD">', '"AllDimensions">').replace(
      /<Series.*<\/Series>/s,
      '<Obs FREQ="A" SERIES="A" TIME_PERIOD="2020" OBS_VALUE="4" OBS_STATUS="A"/>',
    );
    expect(read(text).observations).toMatchObject([
      { dimensions: { FREQ: 'A', SERIES: 'A', TIME_PERIOD: '2020' }, attributes: { OBS_STATUS: 'A' }, value: 4 },
    ]);
  });
  it('an observation without its time is not taken, and told', () => {
    const { reading, codes } = read(SPECIFIC.replace('TIME_PERIOD="2020" OBS_VALUE="1.5"', 'OBS_VALUE="1.5"'));
    expect([reading.observations, reading.skipped, codes]).toEqual([2, 1, ['sdmx-component-missing']]);
  });
  it('other XML, entities and other texts are refused', async () => {
    expect((await problemOf(() => read('<html/>'))).code).toBe('sdmx-unknown');
    expect((await problemOf(() => read('<!DOCTYPE a [<!ENTITY b "c">]><GenericData/>'))).code).toBe('xml-entities');
    expect((await problemOf(() => read('Year,Value\n2020,1'))).code).toBe('sdmx-unknown');
    expect((await problemOf(() => read('{"a":'))).code).toBe('sdmx-broken');
    expect((await problemOf(() => read('{"rows":[]}'))).code).toBe('sdmx-unknown');
  });
});

const STRUCTURE = `<mes:Structure xmlns:mes="m" xmlns:str="s" xmlns:com="c"><mes:Structures><str:Codelists><str:Codelist id="CL_S" agencyID="KZ" version="1.0"><com:Name>Series</com:Name>
<str:Code id="A"><com:Name xml:lang="en">Water</com:Name><com:Name xml:lang="kk">Су</com:Name></str:Code><str:Code id="B"/></str:Codelist></str:Codelists>
<str:DataStructures><str:DataStructure id="SDG" agencyID="KZ" version="1.0"><str:DataStructureComponents><str:DimensionList>
<str:Dimension id="SERIES" position="1"><str:LocalRepresentation><str:Enumeration><Ref id="CL_S" agencyID="KZ" version="1.0"/></str:Enumeration></str:LocalRepresentation></str:Dimension><str:TimeDimension id="TIME_PERIOD" position="2"/></str:DimensionList>
<str:AttributeList><str:Attribute id="SIZE" assignmentStatus="Mandatory"/></str:AttributeList><str:MeasureList><str:PrimaryMeasure id="OBS_VALUE"/></str:MeasureList></str:DataStructureComponents></str:DataStructure></str:DataStructures></mes:Structures></mes:Structure>`;

describe('structures', () => {
  const [structure] = readSdmxStructures(file(STRUCTURE)).structures;
  if (structure === undefined) throw new Error('no structure');
  it('tell dimensions, attributes and names of codes', () => {
    expect(structure.dimensions.map(({ id, time }) => [id, time])).toEqual([
      ['SERIES', false],
      ['TIME_PERIOD', true],
    ]);
    expect([structure.roleOf('SIZE'), structure.roleOf('OBS_VALUE'), structure.roleOf('X')]).toEqual([
      'attribute',
      'measure',
      null,
    ]);
    expect(structure.codelistOf('SERIES')?.codes.get('A')).toEqual({ en: 'Water', kk: 'Су' });
  });
  it('decide what a column of a CSV is, and name unknown codes and what is missing', () => {
    const { observations, codes } = read(
      'STRUCTURE,STRUCTURE_ID,ACTION,OBS_VALUE,SIZE,SERIES,TIME_PERIOD\ndataflow,KZ:SDG(1.0),M,1,big,A,2020\ndataflow,KZ:SDG(1.0),M,1,,C,2020\n',
      { structure },
    );
    expect(observations[0]).toMatchObject({ dimensions: { SERIES: 'A', TIME_PERIOD: '2020' }, attributes: { SIZE: 'big' } });
    expect(codes).toEqual(['sdmx-code-unknown', 'sdmx-component-missing']);
  });
  it('a file without any is refused', async () => {
    expect((await problemOf(() => readSdmxStructures(file('<Structure/>')))).code).toBe('sdmx-unknown');
  });
});

describe('SDMX-CSV', () => {
  it('version 1 begins with DATAFLOW', () => {
    const { observations, reading } = read('DATAFLOW,FREQ,TIME_PERIOD,OBS_VALUE,OBS_STATUS\nECB:EXR(1.0),A,2020,1.5,A\n');
    expect(reading.format).toBe('csv-1');
    expect(observations[0]).toMatchObject({
      structure: { kind: 'dataflow', agency: 'ECB', id: 'EXR' },
      action: 'information',
      dimensions: { FREQ: 'A', TIME_PERIOD: '2020' },
      value: 1.5,
    });
  });
  it('the sign after the first header parts the cells; with ; the comma parts decimals', () => {
    const { observations } = read('STRUCTURE;STRUCTURE_ID;ACTION;TIME_PERIOD;OBS_VALUE\r\ndataflow;A:B(1.0);M;2020;12,4\r\n');
    expect(observations[0]).toMatchObject({ value: 12.4, measures: { OBS_VALUE: '12.4' } });
  });
  it('a trailing empty field means nothing, a trailing value is told', () => {
    const header = 'STRUCTURE,STRUCTURE_ID,ACTION,TIME_PERIOD,OBS_VALUE\n';
    expect(read(`${header}dataflow,A:B(1.0),M,2020,1,\n`).codes).not.toContain('sdmx-row-width');
    expect(read(`${header}dataflow,A:B(1.0),M,2020,1,x\n`).codes).toContain('sdmx-row-width');
  });
  it('a dimension that is switched off or blank is absent', () => {
    const { observations } = read('STRUCTURE,STRUCTURE_ID,ACTION,FREQ,DIM_2,OBS_VALUE\ndataflow,A:B(1.0),M,~,,1\n');
    expect(observations[0]?.dimensions).toEqual({});
  });
  it('a value that is no number is told and kept as text', () => {
    const { observations, codes } = read('STRUCTURE,STRUCTURE_ID,ACTION,TIME_PERIOD,OBS_VALUE\ndataflow,A:B(1.0),M,2020,n.d.\n');
    expect([observations[0]?.value, observations[0]?.measures.OBS_VALUE, codes.includes('sdmx-value')]).toEqual([
      null,
      'n.d.',
      true,
    ]);
  });
  it.each([1, 20, 54, 1000])('pieces of %i bytes give the same rows', (size) => {
    const { bytes } = file(
      'STRUCTURE,STRUCTURE_ID,ACTION,TIME_PERIOD,OBS_VALUE\ndataflow,A:Б(1.0),M,2020,1\ndataflow,A:B(1.0),M,2021,2',
    );
    const values: unknown[] = [];
    const reading: SdmxReading = { file: 'a', format: 'csv-2', observations: 0, series: 0, skipped: 0, issues: issueLists() };
    const reader = csvReader({ reading, options: {}, take: ({ value, place }) => values.push([value, place]) });
    for (let at = 0; at < bytes.length; at += size) reader.write(bytes.subarray(at, at + size));
    reader.end();
    expect(values).toEqual([
      [1, 'row 2'],
      [2, 'row 3'],
    ]);
  });
  it('a stream gives all rows, line ends in quotes too', async () => {
    const rows = Array.from(
      { length: 50_000 },
      (_, i) => `dataflow,A:B(1.0),M,${1900 + (i % 100)},${i},"a ""q""\nline ${i}"`,
    ).join('\n');
    const text = `STRUCTURE,STRUCTURE_ID,ACTION,TIME_PERIOD,OBS_VALUE,COMMENT_OBS\n${rows}`;
    let sum = 0;
    const reading = await readSdmxSource(memoryBytes('a', file(text).bytes), {}, ({ value }) => (sum += value ?? 0));
    expect([reading.observations, sum]).toEqual([50_000, (50_000 * 49_999) / 2]);
  });
  it.each([
    ['ESTAT:NA_MAIN(1.6.0)', { agency: 'ESTAT', id: 'NA_MAIN', version: '1.6.0' }],
    ['AGENCY:DF', { agency: 'AGENCY', id: 'DF', version: null }],
    [
      'urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=IAEG-SDGs:SDG(1.8)',
      { agency: 'IAEG-SDGs', id: 'SDG', version: '1.8' },
    ],
  ])('%s is a reference', (text, expected) => {
    expect(referenceOf(text, 'dataflow')).toEqual({ kind: 'dataflow', ...expected });
  });
});

describe('rows of the dossier', () => {
  const observation: Observation = {
    id: 'o1',
    indicator: 'renewables',
    feature: 'kz',
    period: { start: '2021-01-01', end: '2022-01-01' },
    value: 3.69,
    unit: '%',
    low: 3.5,
    high: null,
    level: null,
    n: null,
    by: { sex: 'F', age: '18-35' },
    role: 'declared',
    quality: 'ok',
    approximate: false,
    note: 'x, "y"',
    from: { source: 's' },
  };
  const series = { renewables: '_L_KZ_070201_RESELEC' };
  it('a national code names country, indicator and series', () => {
    expect(nationalSeries('kz', '7.2.1', 'reselec')).toBe('_L_KZ_070201_RESELEC');
    expect(nationalSeries('KZ', '12.a.1', 'CAP')).toBe('_L_KZ_120A01_CAP');
    expect([isNationalSeries('_L_KG_010301_1C1'), isNationalSeries('EG_FEC_RNEW')]).toEqual([true, false]);
  });
  it('a proxy never travels under a global series', async () => {
    const run = (standing: 'proxy' | 'official') =>
      sdgRows([], [{ id: 'renewables', standing }], { series: { renewables: 'EG_FEC_RNEW' }, area: '398' });
    expect((await problemOf(() => run('proxy'))).code).toBe('sdmx-series-code');
    expect(run('official').observations).toEqual([]);
  });
  it('has the key of the SDG structure and is read the same', () => {
    const { observations, issues } = sdgRows([observation], [{ id: 'renewables', standing: 'proxy' }], { series, area: '398' });
    expect(observations[0]).toMatchObject({
      dimensions: {
        FREQ: 'A',
        REPORTING_TYPE: 'N',
        SERIES: '_L_KZ_070201_RESELEC',
        REF_AREA: '398',
        SEX: 'F',
        AGE: 'Y18T35',
        DISABILITY_STATUS: '_T',
        TIME_PERIOD: '2021',
      },
      attributes: { UNIT_MEASURE: 'PT', UNIT_MULT: '0', OBS_STATUS: 'A', LOWER_BOUND: '3.5', COMMENT_OBS: 'x, "y"' },
    });
    expect(issues.counts.error).toBe(0);
    const again = read(writeSdmxCsv(observations, { structure: 'datastructure', id: 'IAEG-SDGs:SDG(1.20)' })).observations;
    expect(again[0]).toEqual({
      ...observations[0],
      structure: { kind: 'datastructure', agency: 'IAEG-SDGs', id: 'SDG', version: '1.20' },
    });
  });
  it.each([
    ['2021-01-01', '2021-04-01', 'Q', '2021-Q1'],
    ['2021-07-01', '2022-01-01', 'S', '2021-S2'],
    ['2021-02-01', '2021-03-01', 'M', '2021-02'],
    ['2021-02-03', '2021-02-04', 'D', '2021-02-03'],
    ['2014-01-01', '2020-01-01', 'A', '2014'],
  ])('%s to %s is %s %s', (start, end, frequency, time) => {
    const [row] = sdgRows([{ ...observation, period: { start, end } }], [], { series, area: '398' }).observations;
    expect([row?.dimensions.FREQ, row?.dimensions.TIME_PERIOD, row?.attributes.TIME_DETAIL]).toEqual([
      frequency,
      time,
      start === '2014-01-01' ? '2014-01-01/2019-12-31' : undefined,
    ]);
  });
  it('a missing value is missing, and what has no series or unit is told', () => {
    const blank = sdgRows([{ ...observation, value: null }], [], { series, area: '398' }).observations[0];
    expect([blank?.measures, blank?.attributes.OBS_STATUS]).toEqual([{}, 'O']);
    const { observations, issues } = sdgRows(
      [
        { ...observation, unit: 'mol' },
        { ...observation, indicator: 'x' },
        { ...observation, period: null },
      ],
      [],
      { series, area: '398' },
    );
    expect([observations.length, issues.lists.error.map(({ details }) => details.name)]).toEqual([
      0,
      ['UNIT_MEASURE', 'SERIES', 'TIME_PERIOD'],
    ]);
  });
  it('several values and languages keep their shape', () => {
    const rich: SdmxObservation = {
      structure: null,
      action: 'merge',
      dimensions: { TIME_PERIOD: '2020' },
      measures: { OBS_VALUE: '1' },
      attributes: { ATTR_1: ['a;b', 'c'], ATTR_2: { en: 'x', kk: 'қ "z"' } },
      value: 1,
      place: 'row 2',
    };
    const again = read(writeSdmxCsv([rich], { structure: 'dataflow', id: 'A:B(1.0)' })).observations[0];
    expect(again).toMatchObject({ attributes: rich.attributes, dimensions: rich.dimensions, value: 1 });
  });
});

describe('damage', () => {
  it.each([
    ['ML', SPECIFIC],
    ['generic ML', GENERIC],
    ['CSV', 'STRUCTURE[;],STRUCTURE_ID,ACTION,FREQ: f,OBS_VALUE,ATTR[],T[en;fr]\ndataflow,A:B(1.0),M,A: a,1,x;y,en:a;fr:b\n'],
    [
      'JSON',
      '{"data":{"structures":[{"dimensions":{"series":[{"id":"A","values":[{"id":"x"}]}],"observation":[{"id":"T","values":[{"id":"1"}]}]},"attributes":{"series":[{"id":"Q","values":[{"id":"z"}]}]}}],"dataSets":[{"series":{"0":{"attributes":[0],"observations":{"0":[1.5]}}}}]}}',
    ],
  ])('%s: whatever it is, it is a reading or a problem', (_, text) => {
    fc.assert(
      fc.property(mutated(file(text).bytes), (bytes) => {
        try {
          readSdmx({ name: 'a', bytes }, {}, () => {});
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
        }
      }),
      { numRuns: Number(process.env.FUZZ_RUNS ?? 200), seed: 20_261_123 },
    );
  });
});
