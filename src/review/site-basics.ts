/** What the form asks first: the name, the country and the year of designation. */
import { countryName, pick, t } from '../i18n/index.ts';
import { type Block, plain } from '../print/blocks.ts';
import type { Designation, Lang } from '../types.ts';
import { sourceText } from '../zonation/site-facts.ts';
import type { Content } from './content.ts';

/** The name in the language of the review, and in all languages it is known in. */
export function siteName({ facts, lang }: Content): Block[] {
  const names = (['kk', 'ru', 'en', 'tr'] as const).flatMap((l) => {
    const name = facts.site.name[l];
    return name === undefined ? [] : [`${name} (${t(lang, `language.${l}`)})`];
  });
  return [{ kind: 'text', text: plain(`${pick(facts.site.name, lang)}. ${names.join('; ')}`) }];
}

export function siteCountries({ facts, lang }: Content): Block[] {
  return [{ kind: 'text', text: plain(facts.site.countries.map((code) => countryName(code, lang)).join(', ')) }];
}

/** Each year that a source states, with all who state it. */
export function designationYears(content: Content): Block[] | null {
  const known = content.facts.designations.filter((d) => d.kind === 'biosphere-reserve' && d.year !== null);
  if (known.length === 0) return null;
  return [...new Set(known.map((d) => d.year))].map((year) => {
    const said = known.filter((d) => d.year === year);
    return { kind: 'text', text: { text: String(year), notes: said.map((d) => content.cite(designationNote(content, d))) } };
  });
}

/** What a footnote says of a designation: its code, its source and how sure that is. */
export function designationNote({ facts, lang }: { facts: Content['facts']; lang: Lang }, designation: Designation): string {
  const { code, quality } = designation;
  const doubt = quality === 'ok' ? '' : ` (${t(lang, `quality.${quality}`)})`;
  return `${t(lang, 'review.designation')}${code === null ? '' : ` ${code}`}: ${sourceText(facts, designation.from)}${doubt}`;
}
