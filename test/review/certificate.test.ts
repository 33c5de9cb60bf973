import { expect, test } from 'vitest';
import { languages } from '../../src/i18n/index.ts';
import type { Block } from '../../src/print/blocks.ts';
import { type CertificateInput, certificate, certificateMarks, certificatePage } from '../../src/review/certificate.ts';
import type { Finding, Repair, Site } from '../../src/types.ts';
import { findingOf, repairOf } from '../../src/zonation/repair-change.ts';
import { box, siteFacts, zone } from '../zonation/site-facts-of.ts';

const kinds = new Map([
  ['demo/core', 'core'],
  ['demo/buffer', 'buffer'],
] as const);
const at = (lon: number, lat: number) => ({ type: 'Point' as const, coordinates: [lon, lat] as [number, number] });
const spike: Repair = repairOf({ kind: 'spike', zone: 'demo/core', place: at(69.05, 50.05), area: 25_000 }, kinds);
const shared: Repair = repairOf({ kind: 'shared-vertices', zone: 'demo/buffer', place: null, area: 12 }, kinds);
const gap: Finding = findingOf(
  {
    rule: 'Z03',
    variant: 'gap',
    severity: 'question',
    zones: ['demo/core', 'demo/buffer'],
    place: box(69.1, 50.02, 69.101, 50.06).coordinates[0]
      ? { type: 'Polygon', coordinates: box(69.1, 50.02, 69.101, 50.06).coordinates[0] ?? [] }
      : null,
    numbers: { areaHa: 31.2, widthM: 71 },
  },
  kinds,
);
const site = {
  name: { en: 'Invented reserve', ru: 'Вымышленный резерват', kk: 'Ойдан шығарылған резерват', tr: 'Uydurma rezerv' },
} as Site;
const facts = siteFacts(
  'demo',
  [
    ['core', 'area', 8000, 'har', 'https://example.org/list'],
    ['', 'centre-latitude', 50.6, 'deg', 'https://example.org/list'],
    ['', 'centre-longitude', 69.5, 'deg', 'https://example.org/list'],
  ],
  {
    site,
    zones: [zone('demo', 'core', box(69, 50, 69.1, 50.1)), zone('demo', 'buffer', box(69.1, 50, 69.3, 50.1))],
  },
);
const input: CertificateInput = {
  facts,
  repairs: [spike, shared],
  findings: [gap],
  file: { name: 'zones.zip', digest: `sha256:${'ab'.repeat(32)}`, crs: 'EPSG:28412' },
  notes: [{ code: 'text-guessed', details: { file: 'zones.dbf', encoding: 'windows-1251' } }],
  today: '2026-11-23',
  lang: 'en',
};
const plain = (html: string): string =>
  html
    .replace(/<svg.*?<\/svg>/s, '')
    .replace(/<sup>.*?<\/sup>/g, '')
    .replace(/<[^>]+>/g, '|')
    .replace(/\|[|\s]*/g, '|')
    .replaceAll('\u00a0', ' ');

test('says what was read: file, digest, coordinates and what the readers assumed', () => {
  const text = plain(certificatePage(input));
  expect(text).toContain(
    `|File|zones.zip|SHA-256|${'ab'.repeat(32)}|Coordinates|EPSG:28412|Note|zones.dbf: states no encoding that fits; its text was read as windows-1251`,
  );
});

test('says what was found: parts, computed and declared areas with their difference, and the form’s coordinates', () => {
  const text = plain(certificatePage(input));
  expect(text).toContain('|core area|1|7,966|8,000|-33.6 (-0.4 %)|');
  expect(text).toContain('|buffer zone|1|15,933|–|–|');
  expect(text).toContain('|transition area|0|–|–|–|');
  expect(text).toContain('|Total|2|23,899|–|–|');
  expect(text).toContain('|most central|50°03′00.1″ N, 69°09′00.0″ E|50.050037° N, 69.150000° E|50.6000° N, 69.5000° E|');
  expect(text).toContain('|easternmost|50°06′00.0″ N, 69°18′00.0″ E|50.100000° N, 69.300000° E|–|');
});

test('numbers of changes and questions are those on the map; what has no place has no mark', () => {
  const page = certificatePage(input);
  const text = plain(page);
  expect(text).toContain(
    '|1|core area (demo/core): a spike was taken off the border; area removed: 2.5 ha|50.05000° N, 69.05000° E|2.5|',
  );
  expect(text).toMatch(/\|2\|buffer zone \(demo\/buffer\): positions were added[^|]*\|–\|0.0012\|/);
  expect(text).toMatch(/\|3\|Between core area \(demo\/core\) and buffer zone[^|]*\|50\.0\d+° N, 69\.10\d+° E\|/);
  expect(certificateMarks(input.repairs, input.findings).map(({ label, kind }) => `${label} ${kind}`)).toEqual([
    '1 repair',
    '3 finding',
  ]);
  const shown = [...page.matchAll(/font-weight="700" text-anchor="middle" fill="[^"]*">(\d+)</g)].map(([, label]) => label);
  expect(new Set(shown)).toEqual(new Set(['1', '3']));
});

test('figures carry their origin: the method for computed areas, the source for declared ones', () => {
  const page = certificatePage(input);
  expect(page).toContain('Karney 2013');
  expect(page).toContain('Declared: <a href="https://example.org/list">');
  for (const [, n] of page.matchAll(/href="#note-(\d+)"/g)) expect(page).toContain(`id="note-${n}"`);
});

test('where nothing was changed and nothing is open it says so', () => {
  const text = plain(certificatePage({ ...input, repairs: [], findings: [] }));
  expect(text).toContain('|Nothing: the zones are given back as they were drawn.|');
  expect(text).toContain('|Nothing: no question arose.|');
});

test.each(languages)('in %s it states what it is not, in words of that language alone', (lang) => {
  const page = certificatePage({ ...input, lang });
  expect(page).toContain(`<html lang="${lang}">`);
  expect(plain(page)).toMatch(
    {
      en: /is no approval.*UNESCO/,
      ru: /не является утверждением.*ЮНЕСКО/,
      kk: /ЮНЕСКО-ның.*бекітуі.*емес/,
      tr: /UNESCO’nun.*onayı.*değildir/,
    }[lang],
  );
  if (lang !== 'en') expect(plain(page)).not.toMatch(/What was|northernmost|Declared/);
});

test('without a geometry there is a gap in place of the map, and no zero in place of an area', () => {
  const blocks = certificate({ ...input, facts: siteFacts('demo', [], { site }), repairs: [], findings: [] });
  expect(blocks.find((block): block is Extract<Block, { kind: 'gap' }> => block.kind === 'gap')?.text).toContain('no map');
  expect(blocks.some((block) => block.kind === 'figure')).toBe(false);
  expect(plain(certificatePage({ ...input, facts: siteFacts('demo', [], { site }), repairs: [], findings: [] }))).toContain(
    '|Total|0|–|–|–|',
  );
});

test('zones spread around the earth are told, and the rest of the page stands', () => {
  const far = [
    box(0, 88, 1, 89),
    box(0, -89, 1, -88),
    box(0, 0, 1, 1),
    box(179, 0, 180, 1),
    box(90, 0, 91, 1),
    box(-91, 0, -90, 1),
  ];
  const spread = { ...facts, zones: far.map((geometry, i) => zone('demo', 'core', geometry, `-${i}`)) };
  const text = plain(certificatePage({ ...input, facts: spread }));
  expect(text).toContain('spread around the earth');
  expect(text).toMatch(/\|core area\|6\|/);
  expect(text).toMatch(/\|most central\|\d/);
});

test('names are never taken for markup', () => {
  const evil = '"><script>alert(1)</script>';
  const page = certificatePage({
    ...input,
    facts: { ...facts, site: { ...facts.site, name: { en: evil } } },
    file: { name: evil, digest: evil, crs: evil },
    notes: [{ code: 'text-guessed', details: { file: evil, encoding: evil } }],
    repairs: [{ ...spike, text: { en: evil } }],
    findings: [{ ...gap, text: { en: evil } }],
  });
  expect(page).not.toContain('<script');
  expect(page).not.toContain('""');
});

test('it is one self-contained page for A4', () => {
  const page = certificatePage(input);
  expect(page).toContain('@page { size: A4;');
  expect(page).not.toMatch(/<link|<script|<img|@import|src=/);
});

test('figures stand in the page as they were drawn, with their caption escaped', () => {
  const [, figure] = certificate(input);
  expect(figure).toMatchObject({ kind: 'figure', beside: true });
});
