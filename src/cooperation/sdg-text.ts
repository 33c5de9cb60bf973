/** Contributions and series of the SDGs as a table: one row for each thing, side by side by target and never joined. */
import { number, pick, t } from '../i18n/index.ts';
import type { Lang } from '../types.ts';
import type { SdgTarget } from './sdg-page.ts';
import type { Cell, CellTable } from './table-text.ts';

/** `what` says whether it is a contribution or how a series stands; a target without one of both has a row that says so. */
export function sdgCells(targets: readonly SdgTarget[], lang: Lang): CellTable {
  const header = ['target', 'what', 'id', 'title', 'feature', 'unit', 'figures', 'first', 'last'];
  const rows = targets.flatMap(({ target, contributions, series, gap }): Cell[][] => [
    ...contributions.activities.map(({ id, title }): Cell[] => [
      target,
      t(lang, 'cooperation.standing.contribution'),
      id,
      pick(title, lang),
      ...none(5),
    ]),
    ...series.map((one): Cell[] => [
      target,
      t(lang, `cooperation.standing.${one.standing}`),
      one.indicator,
      pick(one.title, lang),
      one.feature,
      one.unit,
      one.figures,
      figure(one.first, lang),
      figure(one.last, lang),
    ]),
    ...(gap === null ? [] : [[target, t(lang, 'cooperation.standing.gap'), null, t(lang, `cooperation.gap.${gap}`), ...none(5)]]),
  ]);
  return { header, rows };
}

const none = (count: number): null[] => new Array<null>(count).fill(null);

function figure(of: { year: string; value: number } | null, lang: Lang): string | null {
  return of === null ? null : `${number(lang, of.value, 4)} (${of.year})`;
}
