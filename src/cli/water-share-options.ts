/** Options, prices and other figures that a user gives to `saryarka water share`, and the years that are asked for. */
import { z } from 'zod';
import { readSource } from '../formats/source-node.ts';
import { figure, type RiverYear, type SyrdaryaTables, withFigures } from '../plans/syrdarya-tables.ts';
import { readWaterJson } from '../plans/water-json.ts';
import { type PeaceOption, peaceOptions } from '../plans/water-peace.ts';
import { Problem } from '../problems.ts';

const amount = z.number().min(0).max(100);
const optionSchema = z.strictObject({
  id: z.string().min(1),
  name: z.partialRecord(z.enum(['en', 'ru', 'kk', 'tr']), z.string()).optional(),
  goal: z.enum(['alone', 'together']),
  aral: amount.optional(),
  rules: z.strictObject({ 'toktogul-summer': amount.optional(), 'shardara-winter': amount.optional() }).optional(),
  equal: z.boolean().optional(),
  inflow: z.number().min(0.3).max(2).optional(),
  figures: z.record(z.string(), z.number()).optional(),
});
const fileSchema = z.strictObject({
  figures: z.record(z.string(), z.number()).optional(),
  options: z.array(optionSchema).min(1).optional(),
});

/** The tables and options of a run: those of `file`, the shipped ones without. @throws Problem that names the place in the file */
export function givenOptions(tables: SyrdaryaTables, file?: string): { tables: SyrdaryaTables; options: PeaceOption[] } {
  if (file === undefined) return { tables, options: peaceOptions(tables) };
  const data = readWaterJson(readSource(file), fileSchema);
  const own = withFigures(tables, data.figures ?? {});
  const aral = figure(own, 'aral-winter') + figure(own, 'aral-growing');
  const options = data.options?.map(
    ({ id, name: words, goal, aral: asked, rules, equal, inflow, figures }): PeaceOption => ({
      id,
      ...(words === undefined ? {} : { name: definedOf(words) }),
      goal,
      aral: asked ?? aral,
      rules: definedOf(rules ?? {}),
      equal: equal ?? false,
      inflow: inflow ?? 1,
      figures: figures ?? {},
    }),
  );
  for (const option of options ?? []) withFigures(own, option.figures);
  return { tables: own, options: options ?? peaceOptions(own) };
}

const definedOf = <Key extends string, Value>(of: Partial<Record<Key, Value | undefined>>): Partial<Record<Key, Value>> =>
  Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined)) as Partial<Record<Key, Value>>;

/** Hydrological years: "all", or "1946-1950,1965". @throws Problem for years without rivers */
export function givenYears({ years }: SyrdaryaTables, text: string): RiverYear[] {
  if (text === 'all') return years;
  const known = new Map(years.map((year) => [year.year, year]));
  return text.split(',').flatMap((part) => {
    const match = /^\s*(\d{4})(?:-(\d{4}))?\s*$/.exec(part);
    const from = Number(match?.[1]);
    const to = Number(match?.[2] ?? match?.[1]);
    if (match === null || to < from || !known.has(from) || !known.has(to))
      throw new Problem('choice-wrong', {
        field: '--scenarios',
        found: part,
        expected: `all, ${years[0]?.year} – ${years.at(-1)?.year}`,
      });
    return years.filter(({ year }) => year >= from && year <= to);
  });
}
