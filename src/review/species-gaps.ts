/** What a reader of the lists of species would ask: status that is missing, lines that disagree, species that nobody has seen. */

import { t } from '../i18n/index.ts';
import { isThreatened } from '../indicators/threat-category.ts';
import type { Block } from '../print/blocks.ts';
import type { Content } from './content.ts';
import { missing } from './sentences.ts';
import { cellOf, isWithheld, NOT_EVALUATED, RECORDED, type SpeciesWords } from './species-columns.ts';
import { currentIucn, fieldOf, isThreatenedRow, type MergedSpecies, type SpeciesRow } from './species-merge.ts';
import { isOlder } from './window.ts';

/** @param rows all that may be shown, invasive ones with them */
export function speciesGaps(
  words: SpeciesWords,
  { merged, native, rows }: { merged: MergedSpecies; native: SpeciesRow[]; rows: SpeciesRow[] },
): Block[] {
  const { content } = words;
  const gap = (key: string, of: SpeciesRow[], lacks: (row: SpeciesRow) => boolean): Block[] =>
    missing(
      content,
      `review.species.${key}`,
      of.filter(lacks).map(({ name }) => name),
    );
  const threatened = (row: SpeciesRow): boolean => isThreatened(currentIucn(row)?.code);
  const category = (row: SpeciesRow): string | undefined => currentIucn(row)?.code;
  return [
    ...gap('no-category', native, (row) => category(row) === undefined),
    ...gap('no-year', native, (row) => {
      const known = currentIucn(row);
      return known !== null && known.code !== NOT_EVALUATED && known.year === null;
    }),
    ...gap('unseen', native, (row) => threatened(row) && !isWithheld(content, row) && isUnseen(content, row)),
    ...gap('no-trend', native, (row) => {
      const trend = fieldOf(row, 'trend');
      return row.entry !== null && threatened(row) && (trend === undefined || trend === 'not-known');
    }),
    ...(words.known === null ? [] : mergedGaps(words, merged, rows)),
  ];
}

/** What only shows where register and records stand side by side. */
function mergedGaps(words: SpeciesWords, merged: MergedSpecies, rows: SpeciesRow[]): Block[] {
  const { content } = words;
  const open = merged.unsure.filter(({ written }) => rows.some(({ entry }) => entry?.fields.scientific_name === written));
  const named = (key: string, of: SpeciesRow[]): Block[] =>
    missing(
      content,
      `review.species.${key}`,
      of.map(({ name }) => name),
    );
  const differs = (row: SpeciesRow): boolean => RECORDED.some((column) => cellOf(words, row, column).differs);
  return [
    ...named('differs', rows.filter(differs)),
    ...named(
      'not-registered',
      rows.filter((row) => row.entry === null && isThreatenedRow(row)),
    ),
    ...missing(
      content,
      'review.species.unsure',
      open.map(({ written, perhaps }) => `${written} ~ ${perhaps.join(', ') || t(content.lang, 'review.window.not-stated')}`),
    ),
    ...missing(
      content,
      'review.species.twice',
      merged.twice.filter((name) => rows.some((row) => row.name === name)),
    ),
    // where the places of species lie open that the register calls sensitive; who may not read everything is not pointed there
    ...(content.confidential === 'leave-out'
      ? []
      : named(
          'open-places',
          rows.filter(({ entry, recorded }) => entry?.fields.sensitive === true && recorded?.sensitive === false),
        )),
  ];
}

/** Whether nobody recorded it in the time of the review. */
function isUnseen(content: Content, row: SpeciesRow): boolean {
  const own = fieldOf(row, 'last_record');
  const years = [own, row.recorded?.last ?? undefined].filter((when) => when !== undefined);
  return years.every((when) => isOlder(content, when));
}
