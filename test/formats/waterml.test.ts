/** WaterML 2.0 as OGC 10-126r4 has it: clause 9 (time series), clause 10 (monitoring points). */
import { describe, expect, test } from 'vitest';
import { readWaterSeries } from '../../src/formats/water-open.ts';
import { problemOf } from './expect-problem.ts';

const file = (text: string) => ({ name: 'a.xml', bytes: new TextEncoder().encode(text) });
const point = (time: string, value: string, more = ''): string =>
  `<wml2:point><wml2:MeasurementTVP><wml2:time>${time}</wml2:time><wml2:value${value === '' ? ' xsi:nil="true"/>' : `>${value}</wml2:value>`}${more}</wml2:MeasurementTVP></wml2:point>`;
const collection = (
  points: string,
  { kind = 'AverageSucc', duration = 'P1D', system = 'http://www.opengis.net/def/crs/EPSG/0/4326' } = {},
): string => `<?xml version="1.0" encoding="UTF-8"?>
<wml2:Collection xmlns:wml2="http://www.opengis.net/waterml/2.0" xmlns:om="http://www.opengis.net/om/2.0" xmlns:gml="http://www.opengis.net/gml/3.2"
  xmlns:sams="http://www.opengis.net/samplingSpatial/2.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
 <wml2:observationMember><om:OM_Observation gml:id="o1">
  <om:observedProperty xlink:href="http://example.org/Discharge" xlink:title="Discharge"/>
  <om:featureOfInterest><wml2:MonitoringPoint gml:id="p1"><gml:identifier codeSpace="x">11.2</gml:identifier><gml:name>Қазалы</gml:name>
   <sams:shape><gml:Point gml:id="s1"><gml:pos srsName="${system}">45.77 62.1</gml:pos></gml:Point></sams:shape></wml2:MonitoringPoint></om:featureOfInterest>
  <om:result><wml2:MeasurementTimeseries gml:id="t1">
   <wml2:defaultPointMetadata><wml2:DefaultTVPMeasurementMetadata><wml2:uom code="m3/s"/>
    <wml2:interpolationType xlink:href="http://www.opengis.net/def/waterml/2.0/interpolationType/${kind}"/>
    <wml2:aggregationDuration>${duration}</wml2:aggregationDuration></wml2:DefaultTVPMeasurementMetadata></wml2:defaultPointMetadata>
   ${points}
  </wml2:MeasurementTimeseries></om:result></om:OM_Observation></wml2:observationMember></wml2:Collection>`;

describe('WaterML 2', () => {
  test('station, place, unit and days; nil is missing', async () => {
    const { format, series } = await readWaterSeries(
      file(collection(point('2001-03-01T00:00:00Z', '12.5') + point('2001-03-02T00:00:00Z', ''))),
    );
    expect(format).toBe('waterml2');
    expect(series[0]).toMatchObject({
      variable: 'river-discharge',
      unit: 'm3/s',
      interval: 'day',
      station: { name: 'Қазалы', code: '11.2', place: [62.1, 45.77] },
    });
    expect(series[0]?.points.map(({ period, value }) => [period.start, period.end, value])).toEqual([
      ['2001-03-01', '2001-03-02', 12.5],
      ['2001-03-02', '2001-03-03', null],
    ]);
  });

  test('a mean of the time before a moment stands for that time', async () => {
    const { series } = await readWaterSeries(
      file(collection(point('2001-04-01T00:00:00Z', '12.5'), { kind: 'AveragePrec', duration: 'P1M' })),
    );
    expect(series[0]?.points[0]?.period).toEqual({ start: '2001-03-01', end: '2001-04-01' });
  });

  test('CRS84 is longitude first; of an unknown system the place stays unknown', async () => {
    const place = async (system: string) =>
      (await readWaterSeries(file(collection(point('2001-03-01', '1'), { system })))).series[0]?.station?.place;
    expect(await place('http://www.opengis.net/def/crs/OGC/1.3/CRS84')).toEqual([45.77, 62.1]);
    expect(await place('EPSG:28413')).toBeNull();
  });

  test('a value that its keeper suspects is kept as doubtful', async () => {
    const quality =
      '<wml2:metadata><wml2:TVPMeasurementMetadata><wml2:quality xlink:href="http://www.opengis.net/def/waterml/2.0/quality/suspect"/></wml2:TVPMeasurementMetadata></wml2:metadata>';
    const { series } = await readWaterSeries(file(collection(point('2001-03-01', '1', quality))));
    expect(series[0]?.points[0]).toMatchObject({ value: 1, doubtful: true });
  });

  test('points without a time or a number are counted with their line', async () => {
    const { series } = await readWaterSeries(
      file(collection(point('2001-03-01', '1') + point('yesterday', '2') + point('2001-03-02', 'much'))),
    );
    expect(series[0]?.points).toHaveLength(1);
    expect(series[0]?.notes[0]).toMatchObject({ key: 'unreadable', details: { count: 2, found: 'yesterday 2' } });
  });

  test('a collection without series, broken XML and entities are told', async () => {
    expect(
      (await problemOf(() => readWaterSeries(file('<wml2:Collection xmlns:wml2="http://www.opengis.net/waterml/2.0"/>')))).code,
    ).toBe('series-empty');
    expect((await problemOf(() => readWaterSeries(file('<wml2:Collection xmlns:wml2="x"><a>')))).code).toBe('xml-broken');
    const bomb = `<!DOCTYPE a [<!ENTITY b "bb">]>${collection(point('2001-03-01', '1')).replace(/^<\?xml.*\?>\n/, '')}`;
    expect((await problemOf(() => readWaterSeries(file(bomb)))).code).toBe('xml-entities');
  });
});
