/** Replies of SensorThings services: what `water-sensorthings.ts` reads, page by page. */
import { type ConnectedSeries, fieldsAt, listAt, shapeProblem, textAt } from './connect-shape.ts';
import { readSensorThings } from './water-sensorthings.ts';
import { unitNamed } from './water-words.ts';

const SOURCE = 'sensorthings';

/** The address of the next page, which must be of the same service; `null` after the last. @throws Problem `connect-shape` */
export function nextSensorThings(reply: unknown, address: string): string | null {
  const next = fieldsAt(SOURCE, reply, 'reply')['@iot.nextLink'];
  if (next === undefined || next === null) return null;
  const link = textAt(SOURCE, next, '@iot.nextLink');
  // a key that goes along must not go to somebody else
  if (!URL.canParse(link, address) || new URL(link, address).origin !== new URL(address).origin)
    throw shapeProblem(SOURCE, '@iot.nextLink', link, new URL(address).origin);
  return new URL(link, address).href;
}

/** @throws Problem `connect-shape`, `series-empty` */
export function readSensorThingsPages(replies: readonly unknown[]): ConnectedSeries[] {
  const value = replies.flatMap((reply) => listAt(SOURCE, fieldsAt(SOURCE, reply, 'reply').value, 'value'));
  return readSensorThings(SOURCE, { value }).map(({ station, title, unit, points }) => ({
    code: title,
    title,
    unit: unit === null ? null : (unitNamed(unit)?.unit ?? unit),
    place: station?.place == null ? null : { name: station.name || title, point: station.place },
    values: points.map(({ period, value: own, low, high, doubtful, row, text }) => ({
      period,
      value: own,
      low,
      high,
      note: doubtful ? 'doubted by its keeper' : null,
      row,
      text,
    })),
    skipped: 0,
  }));
}
