/**
 * SDMX: the examples of the field guide, samples of the standard and files of a national office, kept beside the project. See README.md.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { memoryBytes } from '../../../src/formats/byte-source.ts';
import { readSdmx, readSdmxSource } from '../../../src/formats/sdmx.ts';
import { SDG_DIMENSIONS, writeSdmxCsv } from '../../../src/formats/sdmx-csv-writer.ts';
import type { SdmxObservation } from '../../../src/formats/sdmx-observation.ts';
import { readSdmxStructures } from '../../../src/formats/sdmx-structure.ts';

const golden = process.env.SARYARKA_GOLDEN ?? join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'golden');
const folder = join(golden, 'cooperation', 'sdmx');
const national = join(golden, 'cooperation', 'opensdg', 'kyrgyzstan');
const present = existsSync(folder) && existsSync(national);
if (!present) console.warn(`no golden data at ${folder}: SDMX is not compared in this run (set SARYARKA_GOLDEN)`);

const json = (...path: string[]) => JSON.parse(readFileSync(join(...path), 'utf8'));
const bytesOf = (...path: string[]) => ({ name: path.at(-1) ?? '', bytes: readFileSync(join(...path)) });

function observationsOf(...path: string[]) {
  const observations: SdmxObservation[] = [];
  const reading = readSdmx(bytesOf(...path), {}, (one) => observations.push(one));
  return { observations, reading };
}

interface GuideCase {
  file: string;
  header: string[];
  rowCount: number;
}
const guide: GuideCase[] = present ? json(folder, 'csv', 'expected.json').cases : [];

describe.skipIf(!present)('SDMX-CSV', () => {
  test.each(guide)('$file has the rows and components of the guide', ({ file, header, rowCount }) => {
    const { observations, reading } = observationsOf(folder, 'csv', file);
    expect(reading.format).toBe('csv-2');
    expect(observations).toHaveLength(rowCount);
    expect(reading.issues.counts).toMatchObject({ critical: 0, error: 0 });
    const read = new Set(observations.flatMap(({ dimensions, measures, attributes }) => [dimensions, measures, attributes].flatMap(Object.keys)));
    const components = header.map((name) => name.replace(/:.*|\[[^\]]*\]$/g, ''));
    for (const name of read) expect(components).toContain(name);
    for (const { structure } of observations) expect(structure?.id).toBeTypeOf('string');
  });
  test('what was read is written and read the same', () => {
    const { observations } = observationsOf(folder, 'csv', 'own-kz-renewable-share.csv');
    const text = writeSdmxCsv(observations, { structure: 'datastructure', id: 'IAEG-SDGs:SDG(1.20)' });
    const again: SdmxObservation[] = [];
    readSdmx({ name: 'a.csv', bytes: new TextEncoder().encode(text) }, {}, (one) => again.push(one));
    expect(again).toEqual(observations);
    expect(text.split('\r\n')[0]).toContain(SDG_DIMENSIONS.join(','));
  });
});

describe.skipIf(!present)('SDMX-JSON', () => {
  const rates = [
    ['exr-time-series.json', 4],
    ['exr-flat.json', 4],
    ['exr-cross-section.json', 4],
  ] as const;
  test.each(rates)('%s holds the exchange rates of the sample', (file, count) => {
    const { observations } = observationsOf(folder, 'json', 'exr', file);
    expect(observations).toHaveLength(count);
    const rate = (currency: string, day: string) => observations.find((one) => one.dimensions.CURRENCY === currency && one.dimensions.TIME_PERIOD === day)?.value;
    expect([rate('NZD', '2013-01-18'), rate('NZD', '2013-01-21'), rate('RUB', '2013-01-18'), rate('RUB', '2013-01-21')]).toEqual([1.5931, 1.5925, 40.3426, 40.3]);
  });
  test.each(['exr/exr-action-delete.json', 'agri.json', 'constructed-sample-full.json', 'generated-sample.json'])('%s is read to its end', (file) => {
    const { reading } = observationsOf(folder, 'json', file);
    expect(reading.format).toBe('json-2');
    expect(reading.observations + reading.skipped).toBeGreaterThan(0);
  });
  test('a structure message has its dimensions and codelists', () => {
    const { structures, codelists } = readSdmxStructures(bytesOf(folder, 'json', 'structure-sample', 'constructed-sample.json'));
    const message = json(folder, 'json', 'structure-sample', 'constructed-sample.json').data;
    expect(structures.map(({ id }) => id)).toEqual(message.dataStructures.map(({ id }: { id: string }) => id));
    expect(codelists.map(({ id, codes }) => [id, codes.size])).toEqual(
      message.codelists.map(({ id, codes = [] }: { id: string; codes?: unknown[] }) => [id, codes.length]),
    );
  });
});

interface NationalFile {
  seriesKeys: number;
  observationsBySERIES: Record<string, number>;
  first: [Record<string, string>, [string, string][]];
}
const files = present ? Object.entries(json(national, 'expected.json') as Record<string, NationalFile>).filter(([file]) => existsSync(join(national, 'data', file))) : [];

describe.skipIf(!present)('SDMX-ML', () => {
  test('generic and structure specific say the same', () => {
    const [generic, specific] = ['1-1-1--structure.xml', '1-1-1--structure-specific.xml'].map((file) =>
      observationsOf(folder, 'ml', file).observations.map(({ place: _, ...rest }) => rest),
    );
    expect(generic).toEqual(specific);
    expect(generic).toHaveLength(6);
  });
  test.each(files)('%s of the national office has its series and observations', async (file, expected) => {
    const { observations, reading } = observationsOf(national, 'data', file);
    expect(reading.series).toBe(expected.seriesKeys);
    const counts: Record<string, number> = {};
    for (const { dimensions } of observations) counts[dimensions.SERIES ?? ''] = (counts[dimensions.SERIES ?? ''] ?? 0) + 1;
    expect(counts).toEqual(expected.observationsBySERIES);
    const [key, values] = expected.first;
    for (const [i, [period, value]] of values.entries()) {
      const one = observations[i];
      expect({ ...one?.dimensions, ...one?.attributes }).toMatchObject(key);
      expect([one?.dimensions.TIME_PERIOD, one?.measures.OBS_VALUE]).toEqual([period, value]);
    }
    const streamed: SdmxObservation[] = [];
    const bytes = readFileSync(join(national, 'data', file));
    await readSdmxSource(memoryBytes(file, bytes), {}, (one) => streamed.push(one));
    expect(streamed).toEqual(observations);
  });
  test('the national data structure has its dimensions, attributes and codelists', () => {
    const expected = json(folder, 'dsd', 'expected.json');
    const { structures, codelists } = readSdmxStructures(bytesOf(folder, 'dsd', 'SDG_DSD.KG.xml'));
    const [structure] = structures;
    expect(`${structure?.agency}:${structure?.id}(${structure?.version})`).toBe(expected.dsd);
    const dimensions = structure?.dimensions.map(({ id, position, time, codelist }) => ({
      id,
      position,
      type: time ? 'TimeDimension' : 'Dimension',
      codelist: codelist === null ? null : /:(\w+)\(/.exec(codelist)?.[1],
    }));
    expect(dimensions).toEqual(expected.dimensions);
    expect(structure?.attributes.map(({ id, mandatory }) => ({ id, assignment: mandatory ? 'Mandatory' : 'Conditional' }))).toEqual(expected.attributes);
    expect(Object.fromEntries(codelists.map(({ id, codes }) => [id, codes.size]))).toEqual(expected.codelistSizes);
  });
});
