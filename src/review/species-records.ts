/** What the records of species come to: how many, of which years, from where, by which rule a record counts, and which do not. */
import { number, pick, t } from '../i18n/index.ts';
import type { Block } from '../print/blocks.ts';
import type { Content } from './content.ts';
import { isAnnex, namesText, sentence, tableId } from './sentences.ts';
import { isWithheld, type SpeciesWords } from './species-columns.ts';
import { isThreatenedRow, type SpeciesRow } from './species-merge.ts';
import { titleOf } from './species-origins.ts';
import type { SiteSpecies } from './species-recorded.ts';

/** The sentence on the records behind `rows`, and the rule; nothing where none of them was recorded. */
export function recordsLead({ content, known }: SpeciesWords, rows: SpeciesRow[]): Block[] {
  const recorded = rows.filter((row) => row.recorded !== null);
  if (known === null || recorded.length === 0) return [];
  const { lang } = content;
  const text = t(lang, 'review.species.records-lead', {
    species: recorded.length,
    records: recorded.reduce((sum, row) => sum + (row.recorded?.records ?? 0), 0),
    years: yearsText(content, recorded),
    threatened: recorded.filter(isThreatenedRow).length,
    registered: recorded.filter(({ entry }) => entry !== null).length,
  });
  if (!isAnnex(content)) return [sentence(content, text, { notes: [citeOrigins(content, known)] })];
  const lead = sentence(content, text, { see: tableId(content, 'origins') });
  return [lead, ...ofParts(content), ...rule(content, known), ...uncounted(content, known)];
}

/** A transboundary whole has the records of its parts. */
function ofParts({ facts, lang }: Content): Block[] {
  if (facts.parts.length === 0) return [];
  const names = facts.parts.map(({ site }) => pick(site.name, lang)).join(', ');
  return [{ kind: 'hint', text: t(lang, 'review.species.of-parts', { names }) }];
}

/** First and last year; those of species whose last record is withheld are not told. */
function yearsText(content: Content, rows: SpeciesRow[]): string {
  const told = rows.filter((row) => !isWithheld(content, row)).flatMap(({ recorded }) => recorded ?? []);
  const years = told.flatMap(({ first, last }) => [first ?? [], last ?? []].flat());
  if (years.length === 0) return t(content.lang, 'review.window.no-date');
  const [first, last] = [Math.min(...years), Math.max(...years)];
  return first === last ? String(first) : `${first}–${last}`;
}

/** Number of the footnote that names the datasets. */
function citeOrigins(content: Content, { origins }: SiteSpecies): number {
  const names = namesText(
    origins.map((origin) => titleOf(content, origin)),
    content.lang,
  );
  return content.cite(t(content.lang, 'review.species.origins-note', { names }));
}

function rule({ lang }: Content, { zones }: SiteSpecies): Block[] {
  if (zones.length === 0) return [{ kind: 'gap', text: t(lang, 'review.species.no-map') }];
  return [{ kind: 'hint', text: t(lang, 'review.species.rule') }];
}

function uncounted({ lang }: Content, { left }: SiteSpecies): Block[] {
  const told = (['outside', 'notSpecies', 'absent', 'kept'] as const).flatMap((why) =>
    left[why] === 0 ? [] : [`${t(lang, `review.species.left-${why.toLowerCase()}`)}: ${number(lang, left[why])}`],
  );
  return told.length === 0 ? [] : [{ kind: 'hint', text: t(lang, 'review.species.uncounted', { names: told.join('; ') }) }];
}
