/** What a record is kept among: the reserve's zones, the organisations, indicators, sections and themes that are known. */
import { readShipped } from '../formats/source-node.ts';
import type { FieldValue, Id, Indicator, LocalText, Organisation, ZoneKind } from '../types.ts';
import type { Choice } from './catalogue.ts';
import { type OrganisationRegister, organisationRegister } from './organisations.ts';
import { plain } from './words.ts';

/** A section of the form that people can write in. */
interface WrittenSection {
  id: Id;
  number: string | null;
  title: LocalText;
  /** Only people can fill it, or their words stand beside figures. */
  written: boolean;
  confidential: boolean;
}

export interface RecordContext {
  site: Id;
  form: Id;
  /** ISO 8601: the day of answers without a date. */
  today: string;
  zones: readonly { id: Id; kind: ZoneKind }[];
  indicators: readonly Pick<Indicator, 'id' | 'title' | 'unit'>[];
  sections: readonly WrittenSection[];
  themes: readonly Choice[];
  organisations: OrganisationRegister;
}

interface FormSection extends Omit<WrittenSection, 'written'> {
  kinds: string[];
  fills: string[] | string | null;
  sections: FormSection[];
}

/** The form that answers are written for. */
const FORM: Id = 'periodic-review-2013';

type FormParts = Pick<RecordContext, 'form' | 'sections' | 'themes'>;

let parts: FormParts | null = null;

/** Sections and themes of the form; read once. */
export function formParts(): FormParts {
  parts ??= readParts();
  return parts;
}

function readParts(): FormParts {
  const form = JSON.parse(readShipped('data', 'forms', `${FORM}.json`)) as {
    parts: { sections: FormSection[] }[];
    tickLists: { terms: { id: Id; label: LocalText }[] }[];
  };
  const flat = (sections: FormSection[]): WrittenSection[] =>
    sections.flatMap(({ id, number, title, kinds, confidential, sections: below }) => [
      { id, number, title, written: kinds.includes('written'), confidential },
      ...flat(below),
    ]);
  return {
    form: FORM,
    sections: form.parts.flatMap(({ sections }) => flat(sections)),
    themes: form.tickLists.flatMap(({ terms }) => terms.map(({ id, label }) => ({ id, label, words: [] }))),
  };
}

/** A context of a reserve; what is not given is not known. */
export function recordContext(
  site: Id,
  known: Partial<Omit<RecordContext, 'site' | 'organisations'>> & {
    organisations?: Organisation[];
    taken?: ReadonlySet<Id>;
  } = {},
): RecordContext {
  const { organisations = [], taken = new Set<Id>(), ...rest } = known;
  return {
    form: FORM,
    today: '1970-01-01',
    zones: [],
    indicators: [],
    sections: [],
    themes: [],
    ...rest,
    site,
    organisations: organisationRegister(organisations, taken),
  };
}

/** The section that a text names by id, number or title; `null` where none or several. */
export function sectionOf(text: FieldValue, sections: readonly WrittenSection[]): WrittenSection | null {
  const said = String(text).trim();
  const byId = sections.find(({ id }) => id.toLowerCase() === said.toLowerCase());
  if (byId !== undefined) return byId;
  const number = said.replace(/^(§|раздел|section|бөлім|bölüm)\s*/iu, '').replace(/\.$/, '');
  const numbered = sections.filter((section) => section.number !== null && section.number === number);
  if (numbered.length > 0) return only(numbered);
  const own = plain(said);
  return only(
    sections.filter(({ title, number: n }) =>
      Object.values(title).some((name) => plain(name) === own || plain(`${n} ${name}`) === own),
    ),
  );
}

/** The indicator that a text names by id or title in any language. */
export function indicatorOf(
  text: FieldValue,
  indicators: RecordContext['indicators'],
): RecordContext['indicators'][number] | null {
  const own = plain(String(text));
  const byId = indicators.find(({ id }) => id === String(text).trim());
  return byId ?? only(indicators.filter(({ id, title }) => [id, ...Object.values(title)].some((name) => plain(name) === own)));
}

function only<Item>(list: readonly Item[]): Item | null {
  return list.length === 1 ? (list[0] ?? null) : null;
}
