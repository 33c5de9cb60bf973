/** Which of many layers of places a map begins with, and with what ground. */
import type { SiteDetail } from '../../src/api/sites.ts';

/** Layers that are off until somebody wants them. */
const QUIET: readonly string[] = ['repairs'];
const FINDINGS = 'findings';

/** So many layers of places are on at first besides the findings: more at once are slow, and nobody can tell them apart. */
const SHOWN_AT_FIRST = 6;

/** The layers that are on before anybody switched one: findings, and the first of the others. */
export function firstShown(detail: Pick<SiteDetail, 'layers'>): ReadonlySet<string> {
  return new Set([FINDINGS, ...others(detail).slice(0, SHOWN_AT_FIRST)]);
}

/** How many layers are off at first because there are so many. */
export function leftOff(detail: Pick<SiteDetail, 'layers'>): number {
  return Math.max(0, others(detail).length - SHOWN_AT_FIRST);
}

function others({ layers }: Pick<SiteDetail, 'layers'>): string[] {
  return layers.map(({ id }) => id).filter((id) => id !== FINDINGS && !QUIET.includes(id));
}

/** Room around a single point [deg]. */
const AROUND = 1.5;

/** What the map begins with: of a reserve that is known by a point only, the country around it. */
export function firstExtent(extent: SiteDetail['extent']): SiteDetail['extent'] {
  if (extent === null || !isPoint(extent)) return extent;
  const [lon, lat] = extent;
  return [lon - AROUND, lat - AROUND, lon + AROUND, lat + AROUND];
}

/** A reserve that is known by its declared central point only. */
export const isPoint = ([west, south, east, north]: NonNullable<SiteDetail['extent']>): boolean =>
  west === east && south === north;
