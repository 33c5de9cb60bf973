/**
 * Four scores of how far education for sustainable development and global citizenship stand in laws and policies, curricula, teacher
 * education and student assessment: SDG 4.7.1, 12.8.1 and 13.3.1.
 *
 *     educationScores([{ question: 'C2', responses: ['yes', 'yes', 'no', 'unknown'] }, …])
 *     // { 'teacher-education': { score: 0.62, questions: { C2: 0.5, … } }, policies: { score: null, … }, … }
 *
 * The rules are those of the questionnaire on the Recommendation of 1974: each question has so many responses; unknown and blank
 * count as no, what is not applicable is left out; with more than half of the rest unknown or blank a question has no score, and
 * then its component has none either. They may be applied to answers that others coded, as a proxy.
 *
 * @see UNESCO 2021, SDG indicator metadata 4.7.1 (7 May 2021), section 4.c
 */

/** Parts of education that have a score of their own. */
export const EDUCATION_COMPONENTS = ['policies', 'curricula', 'teacher-education', 'student-assessment'] as const;
export type EducationComponent = (typeof EDUCATION_COMPONENTS)[number];

/** A blank is an empty text. */
export type EducationResponse = 'yes' | 'no' | 'not-at-all' | 'partially' | 'extensively' | 'unknown' | 'not-applicable' | '';

export interface EducationQuestion {
  component: EducationComponent;
  /** Responses that the questionnaire has a place for. */
  responses: number;
  /** `extent`: not at all, partially, extensively; else yes or no. */
  kind: 'yes-no' | 'extent';
  /** Whether a response may be "not applicable", where one level of government alone has a say. */
  applicable?: 'may-not-apply';
}

const EXTENT = { responses: 2, kind: 'extent', applicable: 'may-not-apply' } as const;
const question = (component: EducationComponent, responses: number): EducationQuestion => ({
  component,
  responses,
  kind: 'yes-no',
});

/** The questions that count, with the number of their responses. Metadata 4.7.1, section 4.c. */
export const EDUCATION_QUESTIONS: Readonly<Record<string, EducationQuestion>> = {
  A2: { ...question('policies', 16), applicable: 'may-not-apply' },
  A4: question('policies', 8),
  A5: { ...question('policies', 10), applicable: 'may-not-apply' },
  E1a: { component: 'policies', ...EXTENT },
  B2: question('curricula', 8),
  B3: question('curricula', 96),
  B4: question('curricula', 4),
  E1b: { component: 'curricula', ...EXTENT },
  C2: question('teacher-education', 4),
  C3: question('teacher-education', 8),
  C4: question('teacher-education', 4),
  C5: question('teacher-education', 4),
  E1c: { component: 'teacher-education', ...EXTENT },
  D2: question('student-assessment', 8),
  D3: question('student-assessment', 4),
  E1d: { component: 'student-assessment', ...EXTENT },
};

const POINTS: Record<EducationQuestion['kind'], Partial<Record<EducationResponse, number>>> = {
  'yes-no': { no: 0, yes: 1, unknown: 0, '': 0 },
  extent: { 'not-at-all': 0, partially: 1, extensively: 2, unknown: 0, '': 0 },
};

/** Words that a response to a question may be, beside a blank. */
export function responsesTo({ kind, applicable }: EducationQuestion): EducationResponse[] {
  const own = Object.keys(POINTS[kind]).filter((word) => word !== '') as EducationResponse[];
  return applicable === undefined ? own : [...own, 'not-applicable'];
}

/**
 * Score of one question, 0-1: the mean of its points, half of it where they run to 2; responses that are not given are blank.
 * `null` where more than half are unknown or blank, or nothing applies.
 * @throws RangeError for a response that the question does not have, or too many of them
 */
export function questionScore(question: EducationQuestion, given: readonly EducationResponse[]): number | null {
  const { kind, responses } = question;
  if (given.length > responses) throw new RangeError(`${given.length} responses; the question has ${responses}`);
  const all = [...given, ...new Array<EducationResponse>(responses - given.length).fill('')];
  const wrong = all.find((one) => one !== '' && !responsesTo(question).includes(one));
  if (wrong !== undefined) throw new RangeError(`"${wrong}" is no response to this question`);
  const own = all.filter((one) => one !== 'not-applicable');
  const silent = own.filter((one) => one === 'unknown' || one === '').length;
  if (own.length === 0 || silent * 2 > own.length) return null;
  const mean = own.reduce((sum, one) => sum + (POINTS[kind][one] ?? 0), 0) / own.length;
  return kind === 'extent' ? mean / 2 : mean;
}

export interface EducationScore {
  /** 0-1; `null` where a question of the component has no score. */
  score: number | null;
  questions: Record<string, number | null>;
}

/** The four scores; a question that nobody answered has none. @throws RangeError for an unknown question, or as `questionScore` */
export function educationScores(
  answers: readonly { question: string; responses: readonly EducationResponse[] }[],
): Record<EducationComponent, EducationScore> {
  for (const { question: id } of answers) if (EDUCATION_QUESTIONS[id] === undefined) throw new RangeError(`no question ${id}`);
  const scoreOf = (component: EducationComponent): EducationScore => {
    const own = Object.entries(EDUCATION_QUESTIONS).filter(([, one]) => one.component === component);
    const questions = Object.fromEntries(
      own.map(([id, one]) => [
        id,
        questionScore(
          one,
          answers.filter((answer) => answer.question === id).flatMap((answer) => answer.responses),
        ),
      ]),
    );
    const scores = Object.values(questions);
    const whole = scores.every((score) => score !== null);
    return { score: whole ? scores.reduce((sum: number, score) => sum + (score ?? 0), 0) / scores.length : null, questions };
  };
  return Object.fromEntries(EDUCATION_COMPONENTS.map((component) => [component, scoreOf(component)])) as Record<
    EducationComponent,
    EducationScore
  >;
}
