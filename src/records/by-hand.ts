/** `--columns` and `--set` of `saryarka records import`, checked. */
import { textCell } from '../formats/spreadsheet-cells.ts';
import { Problem } from '../problems.ts';
import type { Id } from '../types.ts';
import type { Choice, RecordKind } from './catalogue.ts';
import type { ByHand } from './header.ts';
import type { Values } from './reading.ts';
import { readValue } from './values.ts';

/**
 * `"Сумма=amount; Год=year; Прочее=-"`: columns by their header or letter, with their fields; `-` for one that is not to be read.
 * @throws Problem `choice-wrong`.
 */
export function columnsByHand(given: string | undefined, kind: RecordKind): ByHand {
  const pairs = (given ?? '').split(';').filter((pair) => pair.trim() !== '');
  return new Map(
    pairs.map((pair): [string, Id | null] => {
      const at = pair.lastIndexOf('=');
      const [name, field] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
      const isKnown = field === '-' || kind.fields.some(({ id }) => id === field);
      if (at < 1 || !isKnown)
        throw new Problem('choice-wrong', {
          field: '--columns',
          found: pair.trim(),
          expected: `…=${kind.fields.map(({ id }) => id).join('|')}|-`,
        });
      return [name, field === '-' ? null : field];
    }),
  );
}

/** The fields that `--set` names. */
export function setFields(given: readonly string[]): Id[] {
  return given.map((pair) => pair.split('=')[0]?.trim() ?? '');
}

/**
 * `year=2023`: values for fields that have no column.
 * @throws Problem `choice-wrong`.
 */
export function setValues(given: readonly string[], kind: RecordKind, themes: readonly Choice[]): Values {
  return Object.fromEntries(
    given.map((pair) => {
      const [id = '', ...rest] = pair.split('=');
      const field = kind.fields.find((one) => one.id === id.trim());
      if (field === undefined)
        throw new Problem('choice-wrong', {
          field: '--set',
          found: pair,
          expected: kind.fields.map((one) => `${one.id}=…`).join(', '),
        });
      const read = readValue(textCell(rest.join('=').trim()), field, { decimal: '.', factor: 1, themes, since1904: false });
      if (read === 'blank' || !('value' in read)) {
        const expected = field.choices?.map((choice) => choice.id).join(', ') ?? field.type;
        throw new Problem('choice-wrong', { field: `--set ${field.id}`, found: rest.join('='), expected });
      }
      return [field.id, read.value];
    }),
  );
}
