/** Education for sustainable development and global citizenship: the four scores of SDG 4.7.1. docs/methods/education-mainstreaming.md */
import {
  EDUCATION_COMPONENTS,
  EDUCATION_QUESTIONS,
  type EducationResponse,
  educationScores,
  responsesTo,
} from '../science/education-scores.ts';
import { note } from './figure-note.ts';
import { byYear, type TableIndicator, tableFigure, yearOf } from './table-indicator.ts';

const ID = 'education-mainstreaming';

export const educationMainstreaming: TableIndicator = {
  id: ID,
  method: 'sdg-471',
  version: 1,
  required: ['question', 'response', 'year'],
  optional: ['item', 'source', 'note'],
  params: {},
  compute(rows) {
    const given = new Map<string, number>();
    const read = rows.flatMap(({ cells }) => {
      const [question, year] = [cells.required('question'), yearOf(cells)];
      const known = EDUCATION_QUESTIONS[question];
      const response = (cells.text('response') ?? '') as EducationResponse;
      if (known === undefined) {
        if (question !== '') cells.wrong('question', question, Object.keys(EDUCATION_QUESTIONS).join(', '));
        return [];
      }
      if (response !== '' && !responsesTo(known).includes(response)) {
        cells.wrong('response', response, responsesTo(known).join(', '));
        return [];
      }
      const count = (given.get(`${year} ${question}`) ?? 0) + 1;
      given.set(`${year} ${question}`, count);
      if (count > known.responses) {
        cells.wrong('question', `${question} × ${count}`, `${question} × ${known.responses}`);
        return [];
      }
      return [{ question, year, responses: [response] }];
    });
    return byYear(read).flatMap(([year, own]) => {
      const scores = educationScores(own);
      return EDUCATION_COMPONENTS.map((component) => {
        const { score, questions } = scores[component];
        const open = Object.entries(questions).flatMap(([id, value]) => (value === null ? [id] : []));
        const why = open.length > 0 ? note('questions-open', open.join(', ')) : null;
        return tableFigure({ indicator: ID, unit: '1', year, class: component, value: score, note: why });
      });
    });
  },
};
