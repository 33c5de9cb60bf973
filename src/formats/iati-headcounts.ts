/**
 * People that IATI results count. An indicator counts people where its values are split by sex, or where it is a number whose title
 * says so. Only what was reached is taken; targets are not people. Nobody is added up: a total is kept where the file states one.
 */
import type { Headcount, Id } from '../types.ts';
import { type IatiRecord, pathOf } from './iati.ts';
import { dayOf, decimalOf, type NounContext, nextDay } from './iati-nouns.ts';
import { attribute, elements, textOf, type XmlElement } from './xml-tree.ts';

const PEOPLE =
  /\b(people|persons?|participants?|trainees?|women|men|girls|boys|beneficiar|attend|students?|farmers?|staff|employ|trained)|человек|людей|участник|участниц|обучен|женщин|слушател|работник|адам|қатысушы|оқыты|әйел|қызметкер|kişi|katılımcı|kadın|çalışan|eğitil/iu;

const MEASURES: [Headcount['measure'], RegExp][] = [
  ['trained', /train|обуч|подготов|оқыт|eğit/iu],
  ['awarded', /award|laureat|scholar|fellow|преми|стипенд|награ|марапат|сыйлық|ödül|burs/iu],
  ['employed', /employ|staff|jobs?\b|работник|сотрудник|занят|қызметкер|жұмыс|istihdam|çalışan/iu],
  ['attended', /attend|participa|visitor|участ|посет|қатыс|келуші|katıl|ziyaret/iu],
];

const SEXES: [keyof Pick<Headcount, 'female' | 'male' | 'other' | 'unknown' | 'total'>, RegExp][] = [
  ['female', /^(f|female|females|woman|women|girls?|ж|жен\p{L}*|әйел\p{L}*|kad\p{L}*)$/iu],
  ['male', /^(m|male|males|man|men|boys?|м|муж\p{L}*|ер\p{L}*|erkek\p{L}*)$/iu],
  ['other', /^(x|other|diverse|non-?binary|друг\p{L}*|басқа|diğer)$/iu],
  ['unknown', /^(u|unknown|undisclosed|not (known|stated|specified)|неизвест\p{L}*|белгісіз|bilinmeyen)$/iu],
  ['total', /^(t|_t|total|all|both|both sexes|всего|оба пола|барлығы|toplam)$/iu],
];

export function headcountsOf(record: IatiRecord, feature: Id, context: NounContext): Headcount[] {
  const found: Headcount[] = [];
  for (const result of elements(record.element, 'result'))
    for (const indicator of elements(result, 'indicator')) {
      const title = titleOf(indicator);
      if (!countsPeople(indicator, title)) {
        context.left.set('indicator', (context.left.get('indicator') ?? 0) + 1);
        continue;
      }
      const measure = MEASURES.find(([, pattern]) => pattern.test(title))?.[0] ?? 'benefited';
      for (const period of elements(indicator, 'period'))
        found.push(...countsOf(period, { record, feature, measure, title }, context));
    }
  return found.map((one, i) => ({ ...one, id: `${feature}-people-${i + 1}` }));
}

function titleOf(of: XmlElement): string {
  const title = elements(of, 'title')[0];
  return title === undefined ? '' : textOf(title).trim().replace(/\s+/g, ' ');
}

function countsPeople(indicator: XmlElement, title: string): boolean {
  if (attribute(indicator, 'measure') !== '1') return false;
  const actuals = elements(indicator, 'period').flatMap((period) => elements(period, 'actual'));
  return PEOPLE.test(title) || actuals.some((actual) => dimensionsOf(actual).sex !== undefined);
}

interface Split {
  sex?: string;
  age?: string;
  others: string[];
}

function dimensionsOf(actual: XmlElement): Split {
  const split: Split = { others: [] };
  for (const one of elements(actual, 'dimension')) {
    const [name, value] = [(attribute(one, 'name') ?? '').trim(), (attribute(one, 'value') ?? '').trim()];
    if (/^(sex|gender|пол|жыныс\p{L}*|cinsiyet)$/iu.test(name)) split.sex = value;
    else if (/^(age|возраст|жас\p{L}*|yaş)$/iu.test(name)) split.age = value;
    else split.others.push(`${name}:${value}`);
  }
  for (const place of elements(actual, 'location')) split.others.push(`location:${attribute(place, 'ref') ?? ''}`);
  return split;
}

interface Told {
  record: IatiRecord;
  feature: Id;
  measure: Headcount['measure'];
  title: string;
}

function countsOf(period: XmlElement, { record, feature, measure, title }: Told, context: NounContext): Headcount[] {
  const [start, end] = ['period-start', 'period-end'].map((name) => {
    const one = elements(period, name)[0];
    return one === undefined ? null : dayOf(attribute(one, 'iso-date'));
  });
  const counts = new Map<string, Headcount>();
  for (const actual of elements(period, 'actual')) {
    const split = dimensionsOf(actual);
    const written = attribute(actual, 'value');
    const value = decimalOf(written);
    const at = { file: context.file, path: pathOf(actual, record.index), line: String(actual.line) };
    if (value === null || value < 0 || !Number.isInteger(value)) {
      context.tell.push(['error', 'iati-value-unread', { ...at, name: 'value', found: written ?? '', expected: '0, 1, 2, …' }]);
      continue;
    }
    const sex = split.sex === undefined ? 'total' : SEXES.find(([, pattern]) => pattern.test(split.sex ?? ''))?.[0];
    if (sex === undefined) {
      context.tell.push([
        'error',
        'iati-value-unread',
        { ...at, name: 'sex', found: split.sex ?? '', expected: 'female, male, other, unknown, total' },
      ]);
      continue;
    }
    const age = split.age === undefined ? null : ageOf(split.age);
    const groups = [...split.others, ...(split.age !== undefined && age === null ? [`age:${split.age}`] : [])].sort();
    const key = JSON.stringify([groups, age]);
    const known = counts.get(key);
    const count: Headcount = known ?? {
      id: '',
      feature,
      measure,
      groups,
      age,
      period: start == null || end == null ? null : { start, end: nextDay(end) ?? end },
      total: null,
      female: null,
      male: null,
      other: null,
      unknown: null,
      unique: 'unknown',
      note: title === '' ? null : title,
      from: {
        dataset: context.dataset,
        row: `${record.identifier ?? ''} ${pathOf(period, record.index).split('/').slice(1).join('/')}`,
      },
    };
    counts.set(key, count);
    // two actuals of one sex are two counts, never a sum made in silence
    if (count[sex] === null) count[sex] = value;
    else context.tell.push(['error', 'iati-value-unread', { ...at, name: 'actual', found: `${sex} ${value}`, expected: '1' }]);
  }
  return [...counts.values()];
}

/** Years as `0-17` or `65-`, or `null` where the text is another group. */
function ageOf(text: string): string | null {
  const [, from, to] = /^(\d{1,3})\s*(?:[-–]\s*(\d{1,3})?|\+)$/.exec(text) ?? [];
  return from === undefined ? null : `${Number(from)}-${to === undefined ? '' : Number(to)}`;
}
