/** Looks into the blocks of a section: its gaps, its rows, its sentences. */
import { languages } from '../../src/i18n/index.ts';
import type { Block, Table } from '../../src/print/blocks.ts';
import type { Content, Filler } from '../../src/review/content.ts';
import { choiceText } from '../../src/review/registers.ts';
import type { Lang, Money } from '../../src/types.ts';
import { almaty, unesco } from '../store/facts-fixture.ts';
import { wordsOf } from './content-fixture.ts';

export type Blocks = Block[] | null;

export const gapsOf = (blocks: Blocks): string[] => (blocks ?? []).flatMap((block) => (block.kind === 'gap' ? [block.text] : []));

export const hintsOf = (blocks: Blocks): string[] =>
  (blocks ?? []).flatMap((block) => (block.kind === 'hint' ? [block.text] : []));

export const textsOf = (blocks: Blocks): string[] =>
  (blocks ?? []).flatMap((block) => (block.kind === 'text' ? [block.text.text] : []));

export const tablesOf = (blocks: Blocks): Table[] => (blocks ?? []).filter((block) => block.kind === 'table');

/** Cells of the table whose name ends so, of the first where no name is given. */
export function rowsOf(blocks: Blocks, name = ''): string[][] {
  const table = tablesOf(blocks).find(({ id = '' }) => id.endsWith(name));
  return (table?.rows ?? []).map((row) => row.map(({ text }) => text.replaceAll('\u00a0', ' ')));
}

/** What English readers see for a code, however the catalogue words it. */
export const word = (register: string, code: string): string => choiceText(register, code, 'en');

/** What the sentences refer to. */
export const seenIn = (blocks: Blocks): string[] =>
  (blocks ?? []).flatMap((block) => (block.kind === 'text' ? (block.text.see ?? []) : []));

/** All words that a filler writes in each language; every word and every table that it refers to is there. */
export async function inFour(filler: Filler, contentIn: (lang: Lang) => Content): Promise<string[]> {
  return Promise.all(
    languages.map(async (lang) => {
      const blocks = await filler(contentIn(lang));
      const words = wordsOf(blocks);
      for (const id of seenIn(blocks)) {
        if (!tablesOf(blocks).some((table) => table.id === id && table.caption !== '')) throw new Error(`no table "${id}"`);
      }
      if (/undefined|NaN|\{\w+\}|\[object/.test(words)) throw new Error(`${lang}: ${words}`);
      return words;
    }),
  );
}

/** Money of the reserve in a year, planned unless `kind` says otherwise. */
export function money(year: number | null, value: number, classes: string[] = [], rest: Partial<Money> = {}): Money {
  return {
    id: [year, value, ...classes, rest.kind, rest.feature].join('-'),
    feature: almaty.id,
    kind: 'budget',
    value,
    currency: 'KZT',
    period: year === null ? null : { start: `${year}-01-01`, end: `${year + 1}-01-01` },
    classes,
    provider: null,
    receiver: null,
    note: null,
    from: { source: unesco.id },
    ...rest,
  };
}
