/** Replies of NASA POWER, daily values of a point: GeoJSON with a number for each parameter and day; the fill says what is missing. */
import { type ConnectedSeries, dayPeriod, fieldsAt, listAt, madeValue, shapeProblem, textAt, valueAt } from './connect-shape.ts';

const SOURCE = 'nasa-power';

const UNITS: Record<string, string> = { C: 'Cel', 'mm/day': 'mm', '%': '%', 'm/s': 'm/s' };

/** @throws Problem `connect-shape` */
export function readNasaPower([reply]: readonly unknown[]): ConnectedSeries[] {
  const fields = fieldsAt(SOURCE, reply, 'reply');
  const [lon, lat] = listAt(SOURCE, fieldsAt(SOURCE, fields.geometry, 'geometry').coordinates, 'geometry.coordinates');
  const [x, y] = [valueAt(SOURCE, lon, 'geometry.coordinates[0]'), valueAt(SOURCE, lat, 'geometry.coordinates[1]')];
  if (x === null || y === null) throw shapeProblem(SOURCE, 'geometry.coordinates', [lon, lat], '[61.7, 46.1]');
  const header = fieldsAt(SOURCE, fields.header, 'header');
  const fill = valueAt(SOURCE, header.fill_value, 'header.fill_value');
  const standard = textAt(SOURCE, header.time_standard, 'header.time_standard');
  if (standard.toUpperCase() !== 'UTC') throw shapeProblem(SOURCE, 'header.time_standard', standard, 'UTC'); // days of the sun are other days
  if (fill === null) throw shapeProblem(SOURCE, 'header.fill_value', null, '-999');
  const told = fieldsAt(SOURCE, fields.parameters, 'parameters');
  const found = fieldsAt(SOURCE, fieldsAt(SOURCE, fields.properties, 'properties').parameter, 'properties.parameter');
  return Object.entries(found).map(([code, days]): ConnectedSeries => {
    const about = fieldsAt(SOURCE, told[code], `parameters.${code}`);
    const written = textAt(SOURCE, about.units, `parameters.${code}.units`);
    const field = `properties.parameter.${code}`;
    return {
      code,
      title: String(about.longname ?? code),
      unit: UNITS[written] ?? written,
      place: { name: `NASA POWER ${y}, ${x}`, point: [x, y] },
      values: Object.entries(fieldsAt(SOURCE, days, field)).map(([day, value]) =>
        madeValue(dayPeriod(SOURCE, day, field), valueAt(SOURCE, value, `${field}.${day}`, fill), `${code} ${day}`, value),
      ),
      skipped: 0,
    };
  });
}
