/** Kinds of records as small as can be, for tests that should not change with the catalogue. */
import type { Choice, FieldType, RecordField, RecordKind } from '../../src/records/catalogue.ts';

const choice = (id: string, ru: string, ...words: string[]): Choice => ({ id, label: { en: id, ru }, words });

export function field(
  id: string,
  type: FieldType,
  ru: string,
  { marks = '', words = [] as string[], choices = [] as Choice[] } = {},
): RecordField {
  return {
    id,
    type,
    required: marks.includes('*'),
    key: marks.includes('k'),
    label: { en: id, ru },
    words,
    help: { en: id },
    ...(choices.length === 0 ? {} : { choices }),
  };
}

const kind = (id: string, keeps: RecordKind['keeps'], fields: RecordField[]): RecordKind => ({
  id,
  title: { en: id },
  about: { en: id },
  keeps,
  confidential: false,
  fields,
  examples: [],
});

const people = ['total', 'female', 'male', 'other', 'unknown'].map((id, i) =>
  field(id, 'integer', ['Всего', 'Женщины', 'Мужчины', 'Иной пол', 'Пол неизвестен'][i] ?? '', {
    words: [['численность', 'количество'], ['женщин', 'жен'], ['мужчин', 'муж'], [], []][i] ?? [],
  }),
);

export const staff = kind('staff', 'headcounts', [
  field('year', 'year', 'Год', { marks: '*k' }),
  field('category', 'choice', 'Категория', {
    marks: '*k',
    words: ['подразделение'],
    choices: [
      choice('rangers', 'Инспекторы', 'охрана'),
      choice('science', 'Наука', 'научный отдел'),
      choice('support', 'Прочий персонал'),
    ],
  }),
  field('contract', 'choice', 'Договор', {
    marks: 'k',
    choices: [choice('permanent', 'Постоянные', 'постоянные работники'), choice('seasonal', 'Сезонные', 'сезонные работники')],
  }),
  ...people,
  field('note', 'text', 'Примечание'),
]);

export const budget = kind('budget', 'money', [
  field('year', 'year', 'Год', { marks: '*k' }),
  field('source', 'choice', 'Источник', {
    marks: '*k',
    choices: [choice('state', 'Республиканский бюджет'), choice('own', 'Собственные средства'), choice('grant', 'Гранты')],
  }),
  field('kind', 'choice', 'План или факт', { marks: 'k', choices: [choice('budget', 'План'), choice('expenditure', 'Факт')] }),
  field('amount', 'number', 'Сумма', { marks: '*', words: ['объём'] }),
  field('currency', 'currency', 'Валюта', { marks: '*' }),
  field('provider', 'organisation', 'Кто дал', { marks: 'k' }),
  field('note', 'text', 'Примечание'),
]);

export const events = kind('events', 'activities', [
  field('title', 'text', 'Название', { marks: '*k', words: ['мероприятие'] }),
  field('date', 'period', 'Дата', { marks: '*k' }),
  field('type', 'choice', 'Вид', { marks: '*', choices: [choice('workshop', 'Семинар'), choice('celebration', 'Праздник')] }),
  field('place', 'text', 'Место'),
  field('organiser', 'organisation', 'Организатор'),
  field('groups', 'text', 'Группы'),
  ...people,
  field('age_0_17', 'integer', 'Дети'),
  field('age_18_35', 'integer', 'Молодёжь'),
  field('functions', 'choices', 'Функции', {
    choices: [choice('conservation', 'Охрана природы'), choice('development', 'Развитие'), choice('logistic', 'Логистика')],
  }),
  field('result', 'long-text', 'Итоги'),
  field('link', 'link', 'Ссылка'),
]);

export const plans = kind('plans', 'entries', [
  field('title', 'text', 'Название', { marks: '*k' }),
  field('adopted', 'date', 'Принят'),
  field('binding', 'yes-no', 'Обязателен'),
  field('start', 'date', 'Начало'),
  field('end', 'date', 'Окончание'),
  field('themes', 'themes', 'Темы'),
]);
