/**
 * What an IATI activity says beyond our nouns, as plain data: read here, written back by `iati-writer.ts`.
 */
import type { Position } from '../types.ts';
import type { IatiRecord } from './iati.ts';
import { decimalOf } from './iati-nouns.ts';
import { attribute, elements, textOf, type XmlElement } from './xml-tree.ts';

export interface IatiDetails {
  identifier: string;
  /** ActivityStatus: 1 pipeline, 2 implementation, 3 finalisation, 4 closed, 5 cancelled, 6 suspended. */
  status: string | null;
  scope: string | null;
  hierarchy: string | null;
  countries: Share[];
  regions: (Share & { vocabulary: string })[];
  /** DAC (1), SDG goal, target, indicator (7, 8, 9), own (99) and others; those of transactions without a share. */
  sectors: (Share & { vocabulary: string; name: string | null })[];
  tags: { vocabulary: string; code: string }[];
  /** Vocabulary 1 is the DAC's. `significance` is `null` where it was not screened, which is not 0. */
  markers: { vocabulary: string; code: string; significance: string | null; name: string | null }[];
  places: { name: string | null; place: Position }[];
}

interface Share {
  code: string;
  /** [%]; `null` where not stated. */
  percentage: number | null;
}

export function detailsOf({ element, identifier }: IatiRecord): IatiDetails {
  const codeOf = (name: string): string | null => {
    const one = elements(element, name)[0];
    return one === undefined ? null : attribute(one, 'code');
  };
  const share = (one: XmlElement): Share => ({
    code: attribute(one, 'code') ?? '',
    percentage: decimalOf(attribute(one, 'percentage')),
  });
  const vocabulary = (one: XmlElement): string => attribute(one, 'vocabulary') || '1';
  const own = elements(element, 'sector');
  const inTransactions = elements(element, 'transaction').flatMap((one) => elements(one, 'sector'));
  const sectors = [...own, ...inTransactions].map((one) => ({ ...share(one), vocabulary: vocabulary(one), name: nameOf(one) }));
  return {
    identifier: identifier ?? '',
    status: codeOf('activity-status'),
    scope: codeOf('activity-scope'),
    hierarchy: attribute(element, 'hierarchy'),
    countries: elements(element, 'recipient-country').map(share),
    regions: elements(element, 'recipient-region').map((one) => ({ ...share(one), vocabulary: vocabulary(one) })),
    sectors: sectors.filter(
      (one, i) => sectors.findIndex((other) => other.code === one.code && other.vocabulary === one.vocabulary) === i,
    ),
    tags: elements(element, 'tag').map((one) => ({ vocabulary: vocabulary(one), code: attribute(one, 'code') ?? '' })),
    markers: elements(element, 'policy-marker').map((one) => ({
      vocabulary: vocabulary(one),
      code: attribute(one, 'code') ?? '',
      significance: attribute(one, 'significance') || null,
      name: nameOf(one),
    })),
    places: elements(element, 'location').flatMap(placeOf),
  };
}

function nameOf(of: XmlElement): string | null {
  const narrative = elements(of, 'narrative')[0];
  return narrative === undefined ? null : textOf(narrative).trim() || null;
}

/** `pos` is latitude, then longitude (EPSG:4326). */
function placeOf(location: XmlElement): IatiDetails['places'] {
  const pos = elements(location, 'point').flatMap((point) => elements(point, 'pos'))[0];
  const [lat = Number.NaN, lon = Number.NaN] = pos === undefined ? [] : textOf(pos).trim().split(/\s+/).map(Number);
  if (!(Math.abs(lat) <= 90 && Math.abs(lon) <= 180)) return [];
  const name = elements(location, 'name')[0];
  return [{ name: name === undefined ? null : nameOf(name), place: [lon, lat] }];
}
