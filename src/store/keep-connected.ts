/**
 * What an online source gave, as figures: each with the data set that the request stands for, on its terms, and the row of the reply. The same
 * request again changes what the source has changed; the audit keeps what it said before.
 *
 *     keepConnected(db, 'cli', asked, { site: 'kazakhstan', retrieved: '2026-11-23' }).changes.added
 */
import { connectedId, type Fetched } from '../formats/connect.ts';
import type { ConnectedSeries } from '../formats/connect-shape.ts';
import { Problem } from '../problems.ts';
import { slug } from '../records/words.ts';
import type { Id, Indicator, Observation } from '../types.ts';
import { convert } from '../units.ts';
import { listIndicators, putDataset, putIndicator } from './catalogue.ts';
import { asChangeset } from './changesets.ts';
import type { Db } from './db.ts';
import type { Changes } from './import-table.ts';
import { shippedIndicators } from './keep-computed.ts';
import { putObservation } from './observations.ts';
import { expectSite } from './roles.ts';
import { getStation, putStation } from './stations.ts';
import type { Change } from './write.ts';

export interface KeptConnected {
  dataset: Id;
  changes: Changes;
  /** Series that no indicator stands for. */
  notKept: string[];
  /** `null` where nothing changed. */
  changeset: Id | null;
}

/**
 * @param options.retrieved ISO 8601 date on which it was asked
 * @throws Problem `site-unknown`, `connect-shape` for a unit that the indicator cannot have
 */
export function keepConnected(
  db: Db,
  by: string,
  asked: Fetched,
  { site, retrieved }: { site: Id; retrieved: string },
): KeptConnected {
  expectSite(db, site);
  const { connector, settings } = asked;
  const dataset = connectedId(asked);
  const changes: Changes = { added: 0, changed: 0, same: 0 };
  const note = (change: Change): void => {
    changes[change] += 1;
  };
  const meanings = asked.series.map((series) => ({ series, meaning: meaningOf(asked, series) }));
  const { changeset } = asChangeset(
    db,
    by,
    { id: `import/${dataset}`, kind: 'import', title: `${connector.title.en ?? connector.id}: ${wordsOf(settings)}` },
    () => {
      putDataset(db, by, {
        id: dataset,
        title: Object.fromEntries(
          Object.entries(connector.title).map(([lang, title]) => [lang, `${title}: ${wordsOf(settings)}`]),
        ),
        kind: 'series',
        href: asked.address,
        mediaType: asked.mediaType,
        digest: asked.digest,
        crs: null,
        period: null,
        licence: connector.licence,
        attribution: `${connector.attribution}; retrieved ${retrieved}`,
      });
      for (const { series, meaning } of meanings) {
        if (meaning === null) continue;
        addIndicator(db, by, meaning.indicator);
        const feature = series.place === null ? site : stationFor(db, by, series.place, { site, dataset });
        for (const one of observationsOf(series, { ...meaning, feature, dataset })) note(putObservation(db, by, one));
      }
    },
  );
  return {
    dataset,
    changes,
    notKept: meanings.flatMap(({ series, meaning }) => (meaning === null ? [series.code] : [])),
    changeset,
  };
}

interface Kept {
  indicator: Indicator;
  unit: string;
  class: string | null;
}

/** What a series is here; `null` where no indicator stands for it. */
function meaningOf({ connector }: Fetched, { code, title, unit }: ConnectedSeries): Kept | null {
  const all = shippedIndicators();
  const told = Object.hasOwn(connector.series, code) ? connector.series[code] : undefined;
  const named = (one: Indicator): boolean =>
    one.id === title || Object.values(one.title).some((word) => word.toLowerCase() === title.toLowerCase());
  const indicator = told === undefined ? all.find(named) : all.find(({ id }) => id === told.indicator);
  if (indicator === undefined) return null;
  const own = unit ?? told?.unit ?? '–';
  try {
    convert(1, own, indicator.unit);
  } catch (error) {
    if (error instanceof RangeError)
      throw new Problem(
        'connect-shape',
        { source: connector.id, field: `${code}: unit`, found: own, expected: indicator.unit },
        { cause: error },
      );
    throw error;
  }
  return { indicator, unit: own, class: told?.class ?? null };
}

function addIndicator(db: Db, by: string, indicator: Indicator): void {
  if (!listIndicators(db).some(({ id }) => id === indicator.id)) putIndicator(db, by, indicator);
}

/** A point of a grid, or a gauge of another service, is a station of the site. */
function stationFor(
  db: Db,
  by: string,
  { name, point }: NonNullable<ConnectedSeries['place']>,
  { site, dataset }: { site: Id; dataset: Id },
): Id {
  const id = `${site}/${slug(name)}`;
  if (getStation(db, id) === null)
    putStation(db, by, {
      id,
      site,
      name: { en: name },
      code: null,
      river: null,
      country: null,
      place: point,
      zero: null,
      datum: null,
      note: null,
      from: { dataset, row: name },
    });
  return id;
}

/** A missing value is no figure: it is counted where the reply is told. */
function observationsOf(
  series: ConnectedSeries,
  { indicator, unit, class: byClass, feature, dataset }: Kept & { feature: Id; dataset: Id },
): Observation[] {
  return series.values.flatMap(({ period, value, low, high, note, row, text }): Observation[] => {
    if (value === null) return [];
    const isBetween = low === null || high === null || low <= high;
    return [
      {
        id: [dataset, feature, indicator.id, ...(byClass === null ? [] : [slug(byClass)]), `${period.start}..${period.end}`].join(
          '/',
        ),
        indicator: indicator.id,
        feature,
        period,
        value,
        unit,
        low: isBetween ? low : null,
        high: isBetween ? high : null,
        level: null,
        n: null,
        by: byClass === null ? {} : { class: byClass },
        role: 'observed',
        quality: note?.startsWith('doubted') === true ? 'doubtful' : 'ok',
        approximate: false,
        note,
        from: { dataset, row, ...(text === String(value) ? {} : { quote: text }) },
      },
    ];
  });
}

function wordsOf(settings: Record<string, string>): string {
  return Object.values(settings).join(', ');
}
