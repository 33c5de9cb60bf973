/** Replies of Open-Meteo, daily values of a point: a list of days, and beside it one list for each variable. */
import { type ConnectedSeries, dayPeriod, fieldsAt, listAt, madeValue, shapeProblem, textAt, valueAt } from './connect-shape.ts';

const UNITS: Record<string, string> = { '°C': 'Cel', mm: 'mm', 'm³/s': 'm3/s', 'm3/s': 'm3/s', '%': '%' };

/** @throws Problem `connect-shape` */
export function readOpenMeteo(source: string, [reply]: readonly unknown[]): ConnectedSeries[] {
  const fields = fieldsAt(source, reply, 'reply');
  const [lat, lon] = [valueAt(source, fields.latitude, 'latitude'), valueAt(source, fields.longitude, 'longitude')];
  if (lat === null || lon === null) throw shapeProblem(source, 'latitude, longitude', [lat, lon], '46.1, 61.7');
  if (valueAt(source, fields.utc_offset_seconds, 'utc_offset_seconds') !== 0)
    throw shapeProblem(source, 'utc_offset_seconds', fields.utc_offset_seconds, '0'); // days of another zone are other days
  const daily = fieldsAt(source, fields.daily, 'daily');
  const units = fieldsAt(source, fields.daily_units, 'daily_units');
  const days = listAt(source, daily.time, 'daily.time').map((day, i) => dayPeriod(source, day, `daily.time[${i}]`));
  return Object.entries(daily)
    .filter(([code]) => code !== 'time')
    .map(([code, given]): ConnectedSeries => {
      const values = listAt(source, given, `daily.${code}`);
      if (values.length !== days.length) throw shapeProblem(source, `daily.${code}`, values.length, String(days.length));
      const written = textAt(source, units[code], `daily_units.${code}`);
      return {
        code,
        title: code.replaceAll('_', ' '),
        unit: UNITS[written] ?? written,
        place: { name: `${source === 'open-meteo-flood' ? 'GloFAS' : 'Open-Meteo'} ${lat}, ${lon}`, point: [lon, lat] },
        values: days.map((period, i) =>
          madeValue(period, valueAt(source, values[i], `daily.${code}[${i}]`), `${code} ${period.start}`, values[i]),
        ),
        skipped: 0,
      };
    });
}
