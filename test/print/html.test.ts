import fc from 'fast-check';
import sax from 'sax';
import { expect, test } from 'vitest';
import { languages, t } from '../../src/i18n/index.ts';
import { type Block, plain } from '../../src/print/blocks.ts';
import { renderHtml } from '../../src/print/html.ts';
import { smallReview } from './pdf-fixture.ts';

interface Element {
  name: string;
  attributes: Record<string, string>;
  /** Names of the elements around it, outermost first. */
  within: string[];
  text: string;
}

/** Elements of the body in their order; throws where it is not well-formed. */
function elements(html: string): Element[] {
  const parser = sax.parser(true);
  const found: Element[] = [];
  const open: Element[] = [];
  parser.onopentag = ({ name, attributes }) => {
    const element = { name, attributes: attributes as Record<string, string>, within: open.map((outer) => outer.name), text: '' };
    found.push(element);
    open.push(element);
  };
  parser.onclosetag = () => open.pop();
  parser.ontext = (text) => {
    for (const element of open) element.text += text;
  };
  parser.onerror = (error) => {
    throw error;
  };
  parser.write(html.slice(html.indexOf('<body'), html.indexOf('</html>')).replaceAll('<br>', '<br/>')).close();
  return found;
}

const small = elements(renderHtml(smallReview('kk'), 'kk', 'Small'));
const named = (name: string, all = small): Element[] => all.filter((element) => element.name === name);
const ids = (all: Element[]): string[] => all.flatMap(({ attributes: { id } }) => (id === undefined ? [] : [id]));
const ofClass = (name: string): Element[] => small.filter(({ attributes }) => attributes.class?.split(' ').includes(name));

test('html: each id stands once, though headings and drawings share theirs, and each link leads somewhere', () => {
  const all = ids(small);
  expect(all.filter((id, i) => all.indexOf(id) !== i)).toEqual([]);
  const targets = named('a').map(({ attributes }) => attributes.href ?? '');
  expect(targets.filter((href) => href.startsWith('#') && !all.includes(href.slice(1)))).toEqual([]);
  expect(targets.filter((href) => !href.startsWith('#'))).toEqual(['https://example.org/a?b=1&c=2']);
});

test('html: a drawing that comes twice keeps its patterns, clips and names', () => {
  const drawn = named('svg');
  expect(drawn.length).toBe(2);
  const html = renderHtml(smallReview('en'), 'en', 'Small');
  const used = [...html.matchAll(/url\(#([^)]+)\)|aria-labelledby="([^"]+)"/g)].flatMap(([, a, b]) => (a ?? b ?? '').split(' '));
  expect(used.length).toBeGreaterThan(4);
  expect(used.filter((id) => !html.includes(` id="${id}"`))).toEqual([]);
});

test('html: headings never skip a level', () => {
  const levels = (blocks: Block[]): number[] =>
    elements(renderHtml(blocks, 'en', '')).flatMap(({ name }) => (/^h[1-6]$/.test(name) ? [Number(name[1])] : []));
  fc.assert(
    fc.property(fc.array(fc.constantFrom(2, 3, 4, 5), { maxLength: 30 }), (given) => {
      const headings = given.map((level, i): Block => ({ kind: 'heading', level: level as 2, id: `h${i}`, text: 'x' }));
      const found = levels([{ kind: 'title', text: 'x', under: '' }, ...headings]);
      expect(found.every((level, i) => i === 0 || level <= (found[i - 1] ?? 0) + 1)).toBe(true);
      for (const [i, level] of given.entries()) {
        const [above = 0, before = level, now = 0] = [found[i], given[i - 1], found[i + 1]];
        if (level === before) expect(i === 0 || now === above).toBe(true);
        else expect(level > before ? now === above + 1 : now <= above).toBe(true);
      }
    }),
  );
});

test('html: the contents are a list in lists of links to the headings, and can be skipped', () => {
  const links = named('a').filter(({ within }) => within.includes('nav'));
  expect(links.map(({ text, within }) => [text, within.filter((name) => name === 'ol').length])).toEqual([
    ['Part one', 1],
    ['Name', 2],
    ['Below', 3],
    ['Part two', 1],
    ['Wide things', 2],
    ['Upright again', 2],
  ]);
  const [skip] = ofClass('skip');
  expect([skip?.text, skip?.attributes.href]).toEqual([t('kk', 'document.skip'), '#I']);
  fc.assert(
    fc.property(fc.array(fc.constantFrom(2, 3, 4, 5), { maxLength: 20 }), fc.constantFrom(2, 3, 4, 5), (given, depth) => {
      const headings = given.map((level, i): Block => ({ kind: 'heading', level: level as 2, id: `h${i}`, text: 'x' }));
      const all = elements(renderHtml([{ kind: 'contents', title: 'Contents', depth: depth as 2 }, ...headings], 'en', ''));
      const low = all.filter(({ name }) => /^h[2-5]$/.test(name)).filter(({ name }) => Number(name[1]) <= depth);
      expect(all.filter(({ name, within }) => name === 'a' && within.includes('nav')).length).toBe(low.length - 1);
    }),
  );
});

test.each(languages)('html: tables and figures are numbered in %s, and the text leads to them', (lang) => {
  const all = elements(renderHtml(smallReview(lang), lang, ''));
  const caption = named('caption', all)[0]?.text;
  expect(caption).toBe(`${t(lang, 'document.table', { number: '1' })}. Staff by year`);
  expect(named('figcaption', all).map(({ text }) => text)).toEqual([`${t(lang, 'document.figure', { number: '1' })}. Zonation`]);
  const seen = ['table', 'figure'].map((kind) => t(lang, `document.${kind}-seen`, { number: '1' }));
  expect(named('p', all).map(({ text }) => text)).toContainEqual(
    expect.stringContaining(` (${t(lang, 'document.see', { what: seen.join(', ') })})1, 2`),
  );
  expect(all.filter(({ attributes }) => attributes.href === '#staff').map(({ text }) => text)).toEqual([seen[0]]);
});

test('html: who does not see a drawing is told what it shows', () => {
  const [described, plainMap] = named('figure');
  expect(small.filter(({ attributes }) => attributes.role === 'img').map(({ attributes }) => attributes['aria-label'])).toEqual([
    'Three zones, one in the other',
    undefined,
    undefined,
  ]);
  expect([described?.attributes.id, plainMap?.attributes.id]).toEqual(['map', undefined]);
  const bare: Block = { kind: 'figure', svg: '<svg xmlns="http://www.w3.org/2000/svg"></svg>', caption: 'A <lake>' };
  expect(elements(renderHtml([bare], 'en', '')).find(({ attributes }) => attributes.role === 'img')?.attributes).toMatchObject({
    'aria-label': 'A <lake>',
  });
});

test('html: a wide table is marked for pages that lie on their side; it scrolls by keyboard and has a name', () => {
  const [wide] = ofClass('landscape');
  expect(wide?.attributes).toMatchObject({ id: 'staff', role: 'region', tabindex: '0', 'aria-label': '1-кесте. Staff by year' });
});

test('html: loads nothing and runs nothing', () => {
  const html = renderHtml(smallReview('en'), 'en', 'Small');
  expect(html).not.toMatch(/<script|<link|<img|<iframe|@import|\ssrc=|\son\w+=|url\((?!#)/);
});

test('html: line ends of a text are kept, the space around it is not', () => {
  expect(renderHtml([{ kind: 'text', text: plain(' one\r\ntwo\n') }], 'en', '')).toContain('<p>one<br>two</p>');
});

test('html: text is never taken for markup, wherever it stands', () => {
  const nasty = fc.oneof(
    fc.constantFrom('<b>', '"', "'", '&amp;', '</p>', '-->', '<!--', ']]>', '<script>'),
    fc.string({ unit: 'binary' }),
  );
  const fixed = JSON.stringify(elements(renderHtml(every('x'), 'en', '')).map(({ name }) => name));
  fc.assert(
    fc.property(nasty, (text) => {
      const all = elements(renderHtml(every(`x${text.replace(/[\r\n\u2028\u2029]/g, '')}x`), 'en', text));
      expect(JSON.stringify(all.map(({ name }) => name))).toBe(fixed);
      const found = ids(all);
      expect(new Set(found).size).toBe(found.length);
    }),
  );
});

test('html: what is referred to has to be there', () => {
  const text = (notes: number[], see: string[]): Block[] => [{ kind: 'text', text: { text: '', notes, see } }];
  expect(() => renderHtml(text([1], []), 'en', '')).toThrow('note 1 is cited, but there are 0');
  expect(() => renderHtml(text([], ['x']), 'en', '')).toThrow('has the id "x"');
});

const DRAWING = '<svg xmlns="http://www.w3.org/2000/svg"><title>x</title></svg>';

/** A block of every kind with `text` in all its places. */
function every(text: string): Block[] {
  return [
    { kind: 'title', text, under: text },
    { kind: 'contents', title: text, depth: 5 },
    { kind: 'heading', level: 2, id: text, text },
    { kind: 'heading', level: 2, id: text, text },
    { kind: 'hint', text },
    { kind: 'text', text: { text, notes: [1], see: [text] } },
    { kind: 'list', items: [plain(text)] },
    { kind: 'gap', text },
    { kind: 'table', id: text, caption: text, head: [text], rows: [[plain(text), plain(text)]] },
    { kind: 'figure', svg: DRAWING, caption: text, alt: text },
    { kind: 'notes', title: text, notes: [text] },
  ];
}
