/** An annotation of the web and a research object crate as others write them. See README.md. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeRoCrate } from '../../../src/formats/ro-crate.ts';
import { writeAnnotations } from '../../../src/formats/web-annotation.ts';
import { anchor, indexText, selectorsAt } from '../../../src/science/text-anchor.ts';

const folder = join(process.env.SARYARKA_GOLDEN ?? join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'golden'), 'cooperation', 'provenance');
const present = existsSync(folder);
if (!present) console.warn(`no golden data at ${folder}: annotations and crates are not compared in this run (set SARYARKA_GOLDEN)`);

const read = (...path: string[]): unknown => JSON.parse(readFileSync(join(folder, ...path), 'utf8'));

interface Annotation {
  id: string;
  creator: { id: string; name: string };
  body: { type: string; purpose: string; source?: string; value?: string }[];
  target: { source: string; selector: [{ exact: string; prefix: string; suffix: string }, { start: number; end: number }] };
}

describe.skipIf(!present)('a passage with an emoji', () => {
  const given = present ? (read('web-annotation-own.json') as Annotation) : null;
  const [quote, place] = given?.target.selector ?? [{ exact: '', prefix: '', suffix: '' }, { start: 0, end: 0 }];
  // the text round it, as far as the selectors tell: what stands before the prefix is one sign
  const text = `Н${quote.prefix}${quote.exact}${quote.suffix}`;

  test('stands where its position in code points says, and is found by its quote', () => {
    const index = indexText(text);
    expect(anchor(index, quote)).toMatchObject({ start: place.start, end: place.end, how: 'exact', sure: true });
    expect(selectorsAt(index, place.start, place.end, { context: 20 })).toMatchObject({ start: place.start, end: place.end, exact: quote.exact, prefix: quote.prefix });
  });

  test('is written with the same selectors, code, creator and comment', () => {
    const guid = (urn: string | undefined): string => (urn ?? '').replace('urn:uuid:', '');
    const [code, comment] = given?.body ?? [];
    const page = writeAnnotations([
      {
        guid: guid(given?.id),
        source: { guid: guid(given?.target.source), title: 'Text', href: null, mediaType: 'text/plain' },
        quote: quote.exact,
        prefix: quote.prefix,
        suffix: quote.suffix,
        ...place,
        page: null,
        codes: [{ guid: guid(code?.source), name: 'Water' }],
        memos: [comment?.value ?? ''],
        creator: { guid: guid(given?.creator.id), name: given?.creator.name ?? '' },
      },
    ]);
    const { '@context': context, items } = JSON.parse(page) as { '@context': string; items: Annotation[] };
    expect(context).toBe((given as unknown as { '@context': string })['@context']);
    const [written] = items;
    expect(written).toMatchObject({ id: given?.id, type: 'Annotation', motivation: 'classifying', creator: given?.creator, target: given?.target });
    expect(written?.body[0]).toEqual(code);
    expect(written?.body.find(({ purpose }) => purpose === 'commenting')).toMatchObject({ type: 'TextualBody', value: comment?.value, format: 'text/plain' });
  });
});

describe.skipIf(!present)('the crate of the specification', () => {
  type Entity = Record<string, unknown> & { '@id': string; '@type': string };
  const graphOf = (crate: unknown): Entity[] => (crate as { '@graph': Entity[] })['@graph'];

  test('says nothing of itself, its root and its file that ours does not say', () => {
    const example = graphOf(read('ro-crate', 'rainfall-1.2', 'ro-crate-metadata.json'));
    const ours = graphOf(
      JSON.parse(
        writeRoCrate({
          name: 'A reserve',
          description: 'Its tables.',
          date: '2022-12-01',
          licence: 'CC0-1.0',
          software: { name: 'Saryarka', version: '1' },
          files: [{ path: 'data.csv', name: 'data', mediaType: 'text/csv', bytes: 1, sha256: 'a'.repeat(64) }],
          runs: [],
          datasets: [],
          sources: [],
          results: 'data.csv',
        }),
      ),
    );
    for (const id of ['ro-crate-metadata.json', './', 'data.csv']) {
      const [theirs, own] = [example, ours].map((graph) => graph.find((entity) => entity['@id'] === id));
      expect(Object.keys(theirs ?? {}).filter((property) => !(property in (own ?? {})))).toEqual(id === 'data.csv' ? ['license'] : []); // ours is that of the whole
      expect([own?.['@type'], own?.conformsTo, own?.about]).toEqual([theirs?.['@type'], theirs?.conformsTo, theirs?.about]);
    }
  });
});
