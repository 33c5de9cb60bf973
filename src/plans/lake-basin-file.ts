/**
 * The file that says which basins hang together and how: curves, tables of what comes and goes, rules, dikes, sills, canals, and what each
 * figure rests on. docs/water-basins.md
 *
 *     const file = readBasinFile(readSource('basins.json'));
 *     const basins = await basinsOf(file, { open: async (path) => …, curves: new Map() });
 */
import { z } from 'zod';
import type { SourceFile } from '../formats/source-node.ts';
import { Problem } from '../problems.ts';
import type { LocalText } from '../types.ts';
import { readWaterJson, wrongField } from './water-json.ts';

const words = z.partialRecord(z.enum(['en', 'ru', 'kk', 'tr']), z.string().min(1));
const id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'lower-case letters, digits and -');
const path = z.string().min(1);
const amount = z.number().min(0);
const part = z.number().gt(0).max(1);

const curve = z.union([
  path,
  z.strictObject({
    table: path.optional(),
    bathymetry: path.optional(),
    /** Outline within a map of the bed: its edge holds water as a dam there would. */
    within: path.optional(),
    crs: z.string().optional(),
    top_m: z.number().optional(),
    step_m: z.number().gt(0).optional(),
    depths_below_m: z.number().optional(),
    /** The basin whose bed is part of this table and now stands apart: it is taken off, level by level. */
    less: id.optional(),
  }),
]);

const rule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('closed') }),
  z.strictObject({ kind: z.literal('overflow'), full_m: z.number() }),
  z.strictObject({
    kind: z.literal('gates'),
    full_m: z.number(),
    share: z.number().min(0).max(1),
    swing_km3: amount,
    peak_month: z.number().min(1).max(12),
  }),
  z.strictObject({ kind: z.literal('schedule') }),
]);

const start = z.union([
  z.strictObject({ level_m: z.number() }),
  z.strictObject({ volume_km3: amount }),
  z.strictObject({ area_km2: amount }),
]);

const basin = z.strictObject({
  id,
  name: words.optional(),
  curve: curve.nullable(),
  forcing: path,
  start,
  start_salinity_g_l: amount.optional(),
  river_g_l: amount.optional(),
  rule,
  dike: z.strictObject({ crest_m: z.number() }).optional(),
  capacity_m3_s: amount.nullable().optional(),
  order: z.enum(['spill-first', 'evaporation-first']).optional(),
});

const schema = z.strictObject({
  format: z.literal('saryarka-basins'),
  version: z.literal(1),
  title: words.optional(),
  basins: z.array(basin).min(1),
  spills: z.array(z.strictObject({ from: id, to: id, part: part.optional() })).optional(),
  sills: z
    .array(z.strictObject({ between: z.tuple([id, id]), level_m: z.number(), capacity_m3_s: amount.nullable().optional() }))
    .optional(),
  canals: z
    .array(
      z.strictObject({
        river: id,
        to: id,
        full_m: z.number(),
        capacity_m3_s: amount.nullable().optional(),
        part: part.optional(),
      }),
    )
    .optional(),
  salt: z
    .strictObject({ river_g_l: amount, limit_g_l: amount.optional(), bed: z.enum(['stays', 'dissolves']).optional() })
    .optional(),
  /** What each figure rests on: told after the balance. */
  sources: z
    .array(
      z.strictObject({ kind: z.enum(['reported', 'derived', 'assumed', 'unknown']), what: words, source: z.string().optional() }),
    )
    .optional(),
});

export type BasinFile = z.infer<typeof schema>;
export type BasinEntry = BasinFile['basins'][number];
/** A sentence on what a figure rests on. */
export interface Rested {
  kind: 'reported' | 'derived' | 'assumed' | 'unknown';
  what: LocalText;
  source?: string;
}

/** @throws Problem `profile-field` that names file and place for JSON that is none, a field that is wrong, unknown or absent, a basin twice or nowhere */
export function readBasinFile(file: Pick<SourceFile, 'name' | 'bytes'>): BasinFile {
  const read = readWaterJson(file, schema);
  checkNames(file.name, read);
  return read;
}

/** Ids stand once, and every link names basins there are. */
export function checkNames(file: string, { basins, spills = [], sills = [], canals = [] }: BasinFile): void {
  const ids = basins.map((one) => one.id);
  const twice = ids.find((one, i) => ids.indexOf(one) !== i);
  if (twice !== undefined) throw wrongField(file, 'basins', twice, ids.filter((one, i) => ids.indexOf(one) === i).join(', '));
  const used = [
    ...spills.flatMap(({ from, to }, i) => [
      [`spills.${i}.from`, from],
      [`spills.${i}.to`, to],
    ]),
    ...sills.flatMap(({ between }, i) => between.map((one) => [`sills.${i}.between`, one])),
    ...canals.flatMap(({ river, to }, i) => [
      [`canals.${i}.river`, river],
      [`canals.${i}.to`, to],
    ]),
    ...basins.flatMap((one, i) =>
      typeof one.curve === 'object' && one.curve?.less !== undefined ? [[`basins.${i}.curve.less`, one.curve.less]] : [],
    ),
  ];
  for (const [at = '', name = ''] of used) if (!ids.includes(name)) throw wrongField(file, at, name, ids.join(', '));
}

/** The same without one basin: its links, and what was taken off for it, go with it. @throws Problem for a name that none has */
export function without(file: BasinFile, gone: string): BasinFile {
  const ids = file.basins.map((one) => one.id);
  if (!ids.includes(gone)) throw new Problem('choice-wrong', { field: '--without', found: gone, expected: ids.join(', ') });
  const { spills = [], sills = [], canals = [] } = file;
  return {
    ...file,
    basins: file.basins
      .filter((one) => one.id !== gone)
      .map((one) => {
        if (typeof one.curve !== 'object' || one.curve?.less !== gone) return one;
        const { less: _less, ...own } = one.curve;
        return { ...one, curve: own };
      }),
    spills: spills.filter(({ from, to }) => from !== gone && to !== gone),
    sills: sills.filter(({ between }) => !between.includes(gone)),
    canals: canals.filter(({ river, to }) => river !== gone && to !== gone),
  };
}
