/** Drawings taken apart for the tests. Not a test by itself. */
import sax from 'sax';
import { expect } from 'vitest';

/** Elements of a drawing; throws where it is not well-formed XML. */
export function elements(svg: string): sax.Tag[] {
  const found: sax.Tag[] = [];
  const parser = sax.parser(true);
  parser.onopentag = (tag) => found.push(tag as sax.Tag);
  parser.onerror = (error) => {
    throw error;
  };
  parser.write(svg).close();
  return found;
}

/** What is written in a drawing, blanks that hold a line together as plain ones. */
export function texts(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = '']) => text.replace(/[\u00a0\u202f]/g, ' '));
}

/** Every number of a drawing is one, and it stands by itself: no script, no style sheet, no outside address. */
export function expectSound(svg: string): void {
  const found = elements(svg);
  const ids = found.flatMap(({ attributes }) => (attributes.id === undefined ? [] : [attributes.id]));
  expect(new Set(ids).size).toBe(ids.length);
  for (const { name, attributes } of found) {
    expect(['script', 'style', 'image', 'foreignObject', 'a']).not.toContain(name);
    for (const [attribute, value] of Object.entries(attributes)) {
      expect(attribute).not.toMatch(/^(on|class$|style$|xlink)/);
      if (attribute.startsWith('aria-') || attribute === 'xmlns') continue;
      expect(value, `${name} ${attribute}`).not.toMatch(/NaN|Infinity|undefined|null|currentColor|https?:/);
      for (const [, id] of value.matchAll(/(?:url\(|^)#([\w-]+)\)?/g))
        if (/url|href/.test(attribute + value)) expect(ids).toContain(id);
    }
  }
  expect(found[0]?.attributes.role).toBe('img');
  for (const id of found[0]?.attributes['aria-labelledby']?.split(' ') ?? []) expect(ids).toContain(id);
}

/** Whether all coordinates of lines, bars and marks lie on the sheet, give or take some pixels. */
export function expectOnSheet(svg: string): void {
  const [root, ...rest] = elements(svg);
  const [width, height] = [Number(root?.attributes.width), Number(root?.attributes.height)];
  for (const { name, attributes } of rest) {
    for (const key of ['x', 'x1', 'x2', 'cx'] as const) within(attributes[key], width, `${name} ${key}`);
    for (const key of ['y', 'y1', 'y2', 'cy'] as const)
      if (!attributes[key]?.endsWith('em')) within(attributes[key], height, `${name} ${key}`);
  }
}

function within(value: string | undefined, most: number, what: string): void {
  if (value === undefined) return;
  expect(Number(value), what).toBeGreaterThanOrEqual(-12);
  expect(Number(value), what).toBeLessThanOrEqual(most + 12);
}
