/**
 * What a legend says of the base map.
 */
import { t } from '../i18n/index.ts';
import type { Lang } from '../types.ts';
import { baseColours, type DrawnBase } from './map-base.ts';
import type { LegendItem } from './map-foot.ts';

/** Borders and disputed boundaries, where the map shows them. */
export function baseItems({ shown }: DrawnBase, lang: Lang): LegendItem[] {
  const line =
    (attributes: string): LegendItem['picture'] =>
    (x, y) =>
      `<path d="M${x - 13} ${y}h26" fill="none" stroke="${baseColours.line}" ${attributes}/>`;
  const broad = 'stroke-width="10" stroke-opacity=".2"';
  return [
    ...(shown.border
      ? [
          {
            text: t(lang, shown.band ? 'map.border-band' : 'map.border'),
            picture: line(shown.band ? broad : 'stroke-width="1.1"'),
          },
        ]
      : []),
    ...(shown.disputed
      ? [
          {
            text: t(lang, 'map.disputed'),
            picture: line(shown.band ? `${broad} stroke-dasharray="10 6"` : 'stroke-width="1.1" stroke-dasharray="3 2.5"'),
          },
        ]
      : []),
  ];
}
