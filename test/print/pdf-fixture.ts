/** A small document with a block of every kind, for the tests of its formats. Not a test by itself. */
import { drawMap } from '../../src/drawing/map.ts';
import { type Block, type Imprint, plain } from '../../src/print/blocks.ts';
import type { Lang } from '../../src/types.ts';
import { nestedZones } from '../drawing/map-shapes.ts';

export const imprint: Imprint = { title: 'Invented · Review', author: 'Invented reserve', date: '2026-11-23' };

export const letters: Record<Lang, string> = {
  en: 'The quick brown fox jumps over the lazy dog',
  ru: 'Съешь же ещё этих мягких французских булок, да выпей чаю',
  kk: 'Әә Ғғ Ққ Ңң Өө Ұұ Үү Һһ Іі: негізгі аймақ (ядро), буферлік аймақ, өтпелі аймақ',
  tr: 'Pijamalı hasta yağız şoföre çabucak güvendi: İı Şş Ğğ Çç Öö Üü',
};

export function map(lang: Lang): string {
  return drawMap({ zones: nestedZones([69.2, 50.4]), lang, title: 'Map', date: '2026-11-23', source: 'zones.zip', width: 720 });
}

export function smallReview(lang: Lang): Block[] {
  return [
    { kind: 'title', text: 'Invented reserve', under: 'Periodic review' },
    { kind: 'contents', title: 'Contents', depth: 4 },
    { kind: 'heading', level: 2, id: 'I', text: 'Part one' },
    { kind: 'heading', level: 3, id: 'I.a', text: 'Name' },
    { kind: 'hint', text: 'What is asked' },
    { kind: 'text', text: { text: letters[lang], notes: [1, 2], see: ['staff', 'map'] } },
    { kind: 'figure', id: 'map', svg: map(lang), caption: 'Zonation', alt: 'Three zones, one in the other' },
    { kind: 'heading', level: 5, id: 'I.a', text: 'Below' },
    { kind: 'list', items: [{ text: 'First', notes: [1] }, plain('Second')] },
    { kind: 'gap', text: 'Gap.' },
    { kind: 'heading', level: 2, id: 'note-1', text: 'Part two' },
    { kind: 'heading', level: 3, id: 'lying down', text: 'Wide things' },
    {
      kind: 'table',
      id: 'staff',
      caption: 'Staff by year',
      landscape: true,
      head: ['Year', 'Staff'],
      rows: Array.from({ length: 60 }, (_, i) => [plain(String(1960 + i)), { text: String(80 + i), notes: i === 59 ? [3] : [] }]),
    },
    { kind: 'heading', level: 3, id: 'upright', text: 'Upright again' },
    { kind: 'figure', svg: map(lang), caption: '' },
    { kind: 'table', caption: '', head: [], rows: [[plain('SHA-256'), plain('ab'.repeat(32))], [plain('short row')]] },
    {
      kind: 'notes',
      title: 'Sources',
      notes: ['Declared (https://example.org/a?b=1&c=2).', 'Computed: run-7', 'Staff list, row 60'],
    },
  ];
}
