/**
 * A claim as a row of a table: the sentence, where it stands, and the check in columns that people can fill.
 *
 *     check,expression,claimed,unit
 *     sum,"sum(@afforested-area[feature=aral-dried-bed-kazakhstan,from=2021,to=2024])","672,000",har
 */
import type { Claim, ClaimPlace, StoredCheck } from '../evidence-types.ts';
import { parseExpression } from '../science/claim-expression-parser.ts';
import { ExpressionError } from '../science/claim-expression-types.ts';
import type { CheckKind } from '../science/verdict-types.ts';
import { isUnit } from '../units.ts';
import type { Cells } from './cells.ts';

/** What the column `check` may say; empty where nobody has said yet how the claim could be checked. */
export const CHECKS = [
  'compare',
  'sum',
  'ratio',
  'change',
  'trend',
  'count',
  'existence',
  'plausibility',
  'definition',
  'unit',
  'vintage',
  'scope',
  'interpretive',
] as const satisfies readonly (CheckKind | 'interpretive')[];

/** Where a claim of a review stands if its table names no form. */
const FORM = 'periodic-review-2013';

/** The claim of a row; what is wrong in it is added to the problems of `cells`. */
export function readClaim(cells: Cells, kind: (typeof CHECKS)[number] | null): Claim {
  return {
    id: idOf(cells),
    in: placeOf(cells),
    sentence: cells.local('sentence'),
    kind: kind === 'interpretive' ? 'interpretive' : 'checkable',
    check: kind === null || kind === 'interpretive' ? null : checkOf(cells, kind),
    note: cells.text('note'),
    verdict: null,
  };
}

/** Marks in texts name claims by their ids. */
function idOf(cells: Cells): string {
  const id = cells.required('id');
  if (id !== '' && !/^[\p{L}\p{N}_](?:[\p{L}\p{N}_.:/-]*[\p{L}\p{N}_])?$/u.test(id)) cells.wrong('id', id, 'a-name-2');
  return id;
}

function placeOf(cells: Cells): ClaimPlace {
  const [source, site] = [cells.text('source'), cells.text('site')];
  if ((source === null) === (site === null))
    cells.wrong('source', [source, site].filter((one) => one !== null).join(', '), 'source | site');
  if (site === null) return { source: source ?? '', page: cells.text('page') };
  return { site, form: cells.text('form') ?? FORM, section: cells.required('section') };
}

function checkOf(cells: Cells, kind: CheckKind): StoredCheck {
  const [low, high] = [readable(cells, 'low'), readable(cells, 'high')];
  const unit = cells.text('unit');
  if (unit !== null && !isUnit(unit)) cells.wrong('unit', unit, 'har, km2, MW, %, {person}, [USD] …');
  const scope = Object.fromEntries(cells.list('scope').map((pair) => pairOf(cells, pair)));
  const tolerance = toleranceOf(cells);
  cells.required('expression');
  return {
    kind,
    expression: readable(cells, 'expression') ?? '',
    ...given('claimed', cells.text('claimed')),
    ...given('unit', unit),
    ...(low === null && high === null ? {} : { bounds: { ...given('low', low), ...given('high', high) } }),
    ...given('definition', cells.text('definition')),
    ...(Object.keys(scope).length === 0 ? {} : { scope }),
    ...given('vintage', cells.text('vintage')),
    ...(tolerance === null ? {} : { tolerance }),
    ...(cells.yes('complete') ? { complete: true } : {}),
    ...(cells.yes('part') ? { part: true as const } : {}),
  };
}

/** An expression that can be read; where it cannot, the place is told. */
function readable(cells: Cells, field: string): string | null {
  const text = cells.text(field);
  if (text === null) return null;
  try {
    parseExpression(text);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    cells.wrong(field, `${text} (${error.at + 1}: ${error.found})`, error.expected);
  }
  return text;
}

/** A tolerance needs its reason: `2 %` of the number claimed, or a number in its unit. */
function toleranceOf(cells: Cells): StoredCheck['tolerance'] | null {
  const text = cells.text('tolerance');
  if (text === null) return null;
  const [, digits, percent] = /^(\d+(?:\.\d+)?)\s*(%?)$/.exec(text) ?? [];
  if (digits === undefined) cells.wrong('tolerance', text, '2 %, 1500');
  const reason = cells.required('tolerance_reason');
  return percent === '%' ? { relative: Number(digits) / 100, reason } : { absolute: Number(digits), reason };
}

function pairOf(cells: Cells, pair: string): [string, string] {
  const [key = '', value] = pair.split('=').map((part) => part.trim());
  if (value === undefined) cells.wrong('scope', pair, 'feature=kazakhstan; sex=F');
  return [key, value ?? ''];
}

function given<Key extends string>(key: Key, value: string | null): Partial<Record<Key, string>> {
  return value === null ? {} : ({ [key]: value } as Record<Key, string>);
}
