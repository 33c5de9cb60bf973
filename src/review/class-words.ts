/**
 * Words for classes that are made of parts: the steps of a gradient, the months of an index, the parts of land degradation.
 *
 *     classWords('en', 'built-up:core-buffer')   // 'built-up land: core area → buffer zone'
 *     classWords('en', 'spei-12')                // 'SPEI, 12 months'
 *     classWords('en', '10000 m')                // '10 km', the distance that a network is for
 */
import { number, t } from '../i18n/index.ts';
import { PRESSURES } from '../indicators/pressure.ts';
import type { Lang } from '../types.ts';
import { zoneKinds } from '../zonation/figures.ts';

const STEP = new RegExp(`^(${PRESSURES.join('|')}):(${zoneKinds.join('|')})-(${zoneKinds.join('|')})$`);

/** One of the three parts of land degradation. */
const PART = /^(productivity|land-cover|soil):(degraded|stable|improved|unknown)$/;

/** The words of a class; `null` where it is none of these. */
export function classWords(lang: Lang, name: string): string | null {
  const [, layer, inner, outer] = STEP.exec(name) ?? [];
  if (layer !== undefined) {
    const names = { layer: t(lang, `pressure.layer.${layer}`), inner: t(lang, `zone.${inner}`), outer: t(lang, `zone.${outer}`) };
    return t(lang, 'pressure.class', names);
  }
  const [, months] = /^months-(\d+)$/.exec(name) ?? [];
  if (months !== undefined) return t(lang, 'drought.months', { months: Number(months) });
  const [, metres] = /^([\d.]+) m$/.exec(name) ?? [];
  if (metres !== undefined) return t(lang, 'map.kilometres', { value: number(lang, Number(metres) / 1000, 3) });
  const [, status] = /^status:(\w+)$/.exec(name) ?? [];
  if (status !== undefined) {
    const word = t(lang, `picture.class.${status === 'unknown' ? status : `status-${status}`}`);
    return t(lang, 'review.class.status', { status: word });
  }
  const [, part, kind] = PART.exec(name) ?? [];
  if (part !== undefined) {
    return t(lang, 'review.class.part', { part: t(lang, `review.class.${part}`), kind: t(lang, `review.class.${kind}`) });
  }
  const [, index, scale] = /^(spi|spei)-(\d+)$/.exec(name) ?? [];
  return index === undefined ? null : indexText(lang, index as 'spi' | 'spei', Number(scale));
}

/** `SPEI, 12 months` */
export function indexText(lang: Lang, index: 'spi' | 'spei', scale: number): string {
  return t(lang, 'drought.of', { index: t(lang, `drought.${index}`), months: t(lang, 'drought.months', { months: scale }) });
}
