import { expect, test } from 'vitest';
import { packReview, sizeOfReview, unpacked } from '../../src/server/packed-review.ts';

const review = (html: string) =>
  packReview({
    site: { id: 'almaty', name: { kk: 'Алматы' } },
    due: null,
    findings: [],
    pieces: [{ section: 'I.i', html, told: true, flaws: ['жоқ'], words: 'сөз' }],
  });

test('texts come out as they went in, short and long, in any script', () => {
  for (const text of ['', 'Ақ қайың', `<p>${'дала '.repeat(5000)}</p>`]) {
    const [piece] = review(text).pieces;
    expect(piece === undefined ? null : [unpacked(piece.html), unpacked(piece.words), piece.flaws]).toEqual([
      text,
      'сөз',
      ['жоқ'],
    ]);
  }
});

test('a long drawing takes a small part of its length', () => {
  const points = Array.from({ length: 20_000 }, (_, i) => `L${i},${(100 * Math.sin(i / 20)).toFixed(1)}`).join('');
  const packed = review(`<svg><path d="M0,0${points}"/></svg>`);
  expect(sizeOfReview(packed)).toBeGreaterThan(packed.pieces[0]?.html.bytes.length ?? Number.NaN);
  expect(sizeOfReview(packed)).toBeLessThan(points.length / 2);
  // else what is sent to another thread would take the whole pool along that it was cut from
  expect(packed.pieces[0]?.html.bytes.buffer.byteLength).toBe(packed.pieces[0]?.html.bytes.length);
});
