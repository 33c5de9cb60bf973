import { expect, test } from 'vitest';
import { getAnswer, listAnswerChanges, saveAnswer } from '../../src/store/answers.ts';
import { addComment, listComments } from '../../src/store/comments.ts';
import { putObservation } from '../../src/store/observations.ts';
import { revision } from '../../src/store/revision.ts';
import { smallDossier, total } from './facts-fixture.ts';

const place = { site: 'almaty', form: 'periodic-review-2013', section: 'II.1.4', lang: 'kk' } as const;
const written = { author: 'A', written: '2026-11-23', confidential: false };

test('an answer has the id that a table of answers would give it, so that both write one row', () => {
  const db = smallDossier();
  saveAnswer(db, 'me', place, { text: 'Мәтін', ...written });
  expect(getAnswer(db, place)?.id).toBe('almaty/answers/II.1.4+kk');
});

test('line ends are plain, and what no document can hold is not kept', () => {
  const db = smallDossier();
  saveAnswer(db, 'me', place, { text: ' a\r\nb\rc\u0000\u000B\uD800 \n', ...written });
  expect(getAnswer(db, place)?.text).toBe('a\nb\nc\uFFFD');
});

test('changes are told in their order, with the text after each; a removal leaves none', () => {
  const db = smallDossier();
  for (const text of ['One', 'Two', '', 'Three']) saveAnswer(db, 'me', place, { text, ...written });
  expect(listAnswerChanges(db, place).map(({ action, after }) => [action, after?.text ?? null])).toEqual([
    ['added', 'One'],
    ['changed', 'Two'],
    ['removed', null],
    ['added', 'Three'],
  ]);
});

test('the revision changes with what is printed, and not with answers where they are left out, nor with comments', () => {
  const db = smallDossier();
  const before = [revision(db), revision(db, { without: ['answers'] })];
  addComment(db, 'me', { site: 'almaty', form: place.form, section: place.section, text: 'Why?', written: '2026-11-23' });
  expect([revision(db), revision(db, { without: ['answers'] })]).toEqual(before);
  saveAnswer(db, 'me', place, { text: 'One', ...written });
  expect(revision(db)).not.toBe(before[0]);
  expect(revision(db, { without: ['answers'] })).toBe(before[1]);
  putObservation(db, 'me', total);
  expect(revision(db, { without: ['answers'] })).not.toBe(before[1]);
});

test('two comments never have one number, not even after the first was removed', async () => {
  const db = smallDossier();
  const say = (text: string): string =>
    addComment(db, 'me', { site: 'almaty', form: place.form, section: place.section, text, written: '2026-11-23' });
  const { removeComment } = await import('../../src/store/comments.ts');
  const first = say('One');
  removeComment(db, 'me', first);
  expect(say('Two')).not.toBe(first);
  expect(listComments(db, place).map(({ text }) => text)).toEqual(['Two']);
});
