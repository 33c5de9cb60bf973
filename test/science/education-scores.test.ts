import { expect, test } from 'vitest';
import {
  EDUCATION_COMPONENTS,
  EDUCATION_QUESTIONS,
  type EducationQuestion,
  type EducationResponse,
  educationScores,
  questionScore,
} from '../../src/science/education-scores.ts';

const many = <T>(count: number, value: T): T[] => new Array<T>(count).fill(value);
const of = (id: string): EducationQuestion => EDUCATION_QUESTIONS[id] as EducationQuestion;

test('the questionnaire has 16 questions in four components, with 16 responses to A2 and 96 to B3: metadata 4.7.1', () => {
  const count = (component: string): number =>
    Object.values(EDUCATION_QUESTIONS).filter((one) => one.component === component).length;
  expect(EDUCATION_COMPONENTS.map(count)).toEqual([4, 4, 5, 3]);
  expect(['A2', 'A4', 'A5', 'E1a', 'B3', 'C5', 'D3'].map((id) => of(id).responses)).toEqual([16, 8, 10, 2, 96, 4, 4]);
});

test('of 16 responses, eight not applicable: the sum is divided by eight, the example of the metadata', () => {
  const answers: EducationResponse[] = [
    ...many<EducationResponse>(8, 'not-applicable'),
    ...many<EducationResponse>(6, 'yes'),
    'no',
    'no',
  ];
  expect(questionScore(of('A2'), answers)).toBe(6 / 8);
});

test('to what extent: half the mean, and of one response alone the sum by two, the example of the metadata', () => {
  expect(questionScore(of('E1a'), ['extensively', 'partially'])).toBe(0.75);
  expect(questionScore(of('E1a'), ['partially', 'not-applicable'])).toBe(0.5);
  expect(questionScore(of('E1d'), ['extensively', 'not-at-all'])).toBe(0.5);
});

test('unknown and blank count as no, and more than half of them leave no score', () => {
  expect(questionScore(of('B4'), ['yes', 'yes', 'unknown', ''])).toBe(0.5);
  expect(questionScore(of('B4'), ['yes', 'yes'])).toBe(0.5); // what is not there is blank
  expect(questionScore(of('B4'), ['yes'])).toBeNull();
  expect(questionScore(of('A5'), [...many<EducationResponse>(6, 'not-applicable'), 'yes', 'yes'])).toBe(0.5);
  expect(questionScore(of('A5'), many<EducationResponse>(10, 'not-applicable'))).toBeNull();
});

test('a component is the mean of its questions; with one open there is none', () => {
  const answers = [
    { question: 'D2', responses: [...many<EducationResponse>(4, 'yes'), ...many<EducationResponse>(4, 'no')] },
    { question: 'D3', responses: many<EducationResponse>(4, 'yes') },
    { question: 'E1d', responses: ['partially', 'partially'] as EducationResponse[] },
  ];
  const found = educationScores(answers);
  expect(found['student-assessment'].score).toBeCloseTo((0.5 + 1 + 0.5) / 3, 12);
  expect(found.curricula.score).toBeNull();
  expect(educationScores(answers.slice(1))['student-assessment']).toMatchObject({ score: null, questions: { D2: null, D3: 1 } });
});

test('a response that the question does not have is a fault', () => {
  expect(() => questionScore(of('B2'), ['not-applicable'])).toThrow('not-applicable');
  expect(() => questionScore(of('E1a'), ['yes'])).toThrow('yes');
  expect(() => questionScore(of('B4'), many<EducationResponse>(5, 'no'))).toThrow('5 responses');
  expect(() => educationScores([{ question: 'Z9', responses: [] }])).toThrow('Z9');
});
