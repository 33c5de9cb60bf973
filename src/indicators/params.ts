/**
 * Parameters of indicators: text as a person wrote it, as what it means.
 *
 *     numberOf(params, 'alpha', { low: 0, high: 1 })       // 0.05
 *     choiceOf(params, 'method', ['none', 'tfpw'])         // 'none'
 */
import { readShipped } from '../formats/source-node.ts';
import { Problem } from '../problems.ts';

type Params = Record<string, string>;

/** @throws Problem `param-wrong` for what is no number, or not within `low` and `high`. */
export function numberOf(params: Params, field: string, { low = -Infinity, high = Infinity } = {}): number {
  const found = params[field] ?? '';
  const value = found.trim() === '' ? Number.NaN : Number(found);
  if (Number.isFinite(value) && value >= low && value <= high) return value;
  const expected = [low, high].map((limit) => (Number.isFinite(limit) ? String(limit) : '…')).join(' – ');
  throw new Problem('param-wrong', { field, found, expected });
}

/** @throws Problem `param-wrong` for anything but the choices. */
export function choiceOf<Choice extends string>(params: Params, field: string, choices: readonly Choice[]): Choice {
  const found = params[field] ?? '';
  const choice = choices.find((own) => own === found);
  if (choice === undefined) throw new Problem('param-wrong', { field, found, expected: choices.join(', ') });
  return choice;
}

/** Whole numbers with commas between them; empty for none. @throws Problem `param-wrong`. */
export function codesOf(params: Params, field: string): number[] {
  const found = params[field] ?? '';
  if (found.trim() === '') return [];
  const codes = found.split(',').map((text) => (text.trim() === '' ? Number.NaN : Number(text)));
  if (codes.every(Number.isInteger)) return codes;
  throw new Problem('param-wrong', { field, found, expected: '1,2,3' });
}

/** First and last year, `2001-2015`. @throws Problem `param-wrong`. */
export function yearsOf(params: Params, field: string): [first: number, last: number] {
  const found = params[field] ?? '';
  const [, first, last] = /^(\d{4})\s*[-–]\s*(\d{4})$/.exec(found.trim()) ?? [];
  if (first === undefined || last === undefined || Number(first) > Number(last)) {
    throw new Problem('param-wrong', { field, found, expected: '2001-2015' });
  }
  return [Number(first), Number(last)];
}

/** A JSON file of `data/land`; `field` names what asked for it. @throws Problem `param-wrong` when there is none. */
export function landData<Content>(file: string, field: string, found: string): Content {
  if (/^[\w.-]+$/.test(file)) {
    try {
      return JSON.parse(readShipped('data', 'land', file)) as Content;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
    }
  }
  throw new Problem('param-wrong', { field, found, expected: `data/land/${file}` });
}

/**
 * A table that a parameter names, or that it holds itself as JSON.
 * @param shipped where tables of that sort lie, with \`*\` for the name: \`legend-*.json\`
 * @throws Problem \`param-wrong\`.
 */
export function tableParam<Content>(text: string, field: string, shipped: string): Content {
  if (!text.startsWith('{')) return landData<Content>(shipped.replace('*', text), field, text);
  try {
    return JSON.parse(text) as Content;
  } catch (cause) {
    throw new Problem('param-wrong', { field, found: text.slice(0, 60), expected: 'JSON' }, { cause });
  }
}
