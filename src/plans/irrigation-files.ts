/**
 * Crops, soils and irrigations that a user writes: JSON with the unit in each name, and a table of days.
 *
 *     { "id": "cotton-2013", "stages_d": [31, 52, 50, 21], "kc": [0.35, 1.15, 0.6], "kcb": [0.15, 1.2, 0.573],
 *       "height_m": [0.05, 1.2], "roots_m": [0.6, 1.7], "depletion": 0.65, "response": 0.85,
 *       "salt": { "threshold_ds_m": 7.7, "slope_pct": 5.2 } }
 *     { "field_capacity": 0.225, "wilting_point": 0.1, "initial": 0.1, "evaporation_depth_m": 0.1143, "ready_evaporation_mm": 9 }
 */
import { z } from 'zod';
import type { SourceFile } from '../formats/source-node.ts';
import { Problem } from '../problems.ts';
import type { Irrigation, Soil } from '../science/crop-season.ts';
import { columnOf, DEPTH, findColumn, PART, readSeriesTable } from './irrigation-columns.ts';
import type { CropEntry } from './irrigation-tables.ts';
import { readWaterJson, wrongField } from './water-json.ts';

const positive = z.number().positive();
const part = z.number().gt(0).lt(1);
const three = z.tuple([positive, positive, positive]);

const cropShape = z.strictObject({
  id: z.string().min(1),
  name: z.partialRecord(z.enum(['en', 'ru', 'kk', 'tr']), z.string()).optional(),
  stages_d: z.tuple([z.int().nonnegative(), z.int().positive(), z.int().nonnegative(), z.int().positive()]),
  kc: three,
  kcb: three,
  height_m: z.tuple([positive, positive]),
  roots_m: z.tuple([positive, positive]),
  depletion: part,
  response: positive.optional(),
  salt: z.strictObject({ threshold_ds_m: positive, slope_pct: positive }).optional(),
  source: z.string().optional(),
});

const layerShape = z.strictObject({ bottom_m: positive, field_capacity: part, wilting_point: part, initial: part });
const soilShape = z.strictObject({
  field_capacity: part,
  wilting_point: part,
  initial: part,
  evaporation_depth_m: positive,
  ready_evaporation_mm: positive,
  layers: z.array(layerShape).min(1).optional(),
  curve_number: z.number().gt(0).lt(100).optional(),
});

/** A crop of a JSON file. @throws Problem that names the field */
export function readCropFile(file: SourceFile): CropEntry {
  const found = readWaterJson(file, cropShape);
  const [initial, development, middle, late] = found.stages_d;
  return {
    id: found.id,
    name: Object.fromEntries(Object.entries(found.name ?? { en: found.id }).filter(([, text]) => text !== undefined)),
    crop: {
      stages: { initial, development, middle, late },
      single: found.kc,
      basal: found.kcb,
      height: found.height_m,
      roots: found.roots_m,
      depletion: found.depletion,
    },
    response: found.response ?? null,
    salt: found.salt === undefined ? null : { threshold: found.salt.threshold_ds_m, slope: found.salt.slope_pct },
    source: found.source ?? file.name,
    note: '',
  };
}

/** A soil of a JSON file. @throws Problem that names the field */
export function readSoilFile(file: SourceFile): Soil {
  const found = readWaterJson(file, soilShape);
  if (found.wilting_point >= found.field_capacity)
    throw wrongField(file.name, 'wilting_point', String(found.wilting_point), `< ${found.field_capacity}`);
  return {
    fieldCapacity: found.field_capacity,
    wiltingPoint: found.wilting_point,
    initial: found.initial,
    evaporationDepth: found.evaporation_depth_m,
    readyEvaporation: found.ready_evaporation_mm,
    ...(found.curve_number === undefined ? {} : { curveNumber: found.curve_number }),
    ...(found.layers === undefined
      ? {}
      : {
          layers: found.layers.map((layer) => ({
            bottom: layer.bottom_m,
            fieldCapacity: layer.field_capacity,
            wiltingPoint: layer.wilting_point,
            initial: layer.initial,
          })),
        }),
  };
}

/**
 * Irrigations by date: columns `date`, `depth_mm`, `wetted_1` (part of the ground wetted) and, if not all enters, `efficiency_1`.
 * @throws Problem `columns-missing`, `water-unit`, `cell-wrong`
 */
export function readIrrigationFile(file: Pick<SourceFile, 'name' | 'bytes'>): Map<string, Irrigation> {
  const table = readSeriesTable(file);
  const [depth, wetted] = [columnOf(table, ['depth', 'irrigation'], DEPTH), columnOf(table, ['wetted', 'fw'], PART)];
  const efficiency = columnOf(table, ['efficiency'], PART);
  if (depth === null || wetted === null)
    throw new Problem('columns-missing', {
      file: file.name,
      missing: depth === null ? 'depth_mm' : 'wetted_1',
      found: table.columns.map(({ field }) => field).join(', '),
      expected: 'date, depth_mm, wetted_1, efficiency_1',
    });
  const events = new Map<string, Irrigation>();
  for (const [i, date] of table.dates.entries()) {
    const [mm, fw, share] = [depth[i] as number, wetted[i] as number, efficiency === null ? 1 : (efficiency[i] as number)];
    const cell = (field: string, found: number, expected: string): Problem =>
      new Problem('cell-wrong', {
        file: file.name,
        line: String(table.rows[i]?.line ?? 0),
        field,
        found: String(found),
        expected,
      });
    if (!(mm >= 0)) throw cell(findColumn(table, ['depth', 'irrigation'])?.field ?? 'depth_mm', mm, '0 …');
    if (!(fw > 0 && fw <= 1)) throw cell(findColumn(table, ['wetted', 'fw'])?.field ?? 'wetted_1', fw, '0.01 – 1');
    if (!(share > 0 && share <= 1)) throw cell(findColumn(table, ['efficiency'])?.field ?? 'efficiency_1', share, '0.01 – 1');
    if (events.has(date)) throw cell('date', i, date);
    events.set(date, { depth: mm, wetted: fw, efficiency: share });
  }
  return events;
}
