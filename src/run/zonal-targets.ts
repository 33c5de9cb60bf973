/** What each figure is about: one band, or all that is of one date. */
import type { Raster, RasterBand } from '../formats/raster.ts';
import { periodText, type StackLayer } from '../formats/raster-stack.ts';
import { Problem } from '../problems.ts';
import type { AccumulatorSpec } from '../science/accumulate.ts';
import type { Period } from '../types.ts';
import type { StatPlan } from './zonal-stats.ts';

export interface Target {
  /** The raster; several with `+` between them where they make one figure together. */
  file: string;
  /** The first of them. */
  raster: Raster;
  /** The band's number from 1, with its description where it has one. */
  band: string;
  date: Period | null;
}

export interface Targets {
  targets: Target[];
  /** Per layer, its target. */
  targetOf: Int32Array;
  /** Per target, what is gathered. */
  specs: AccumulatorSpec[];
}

/**
 * @throws Problem `stack-date-missing` where figures by date are wanted and a band has none; `stack-mixed` where rasters of one
 * date do not hold the same kind of values.
 */
export function targetsOf(
  rasters: readonly { raster: Raster }[],
  layers: readonly StackLayer[],
  by: 'band' | 'date',
  wanted: StatPlan['spec'],
): Targets {
  const targetOf = new Int32Array(layers.length);
  const specOf = ({ raster, band }: StackLayer): AccumulatorSpec => {
    const { bands } = (rasters[raster] as { raster: Raster }).raster;
    const { type, nodata, scale, offset } = bands[band] as RasterBand;
    return { type, nodata, scale, offset, ...wanted };
  };
  const about = ({ raster: r, band, date }: StackLayer): Target => {
    const { raster } = rasters[r] as { raster: Raster };
    return { file: raster.name, raster, band: bandName(raster, band), date };
  };
  if (by === 'band') {
    for (let l = 0; l < layers.length; l++) targetOf[l] = l;
    return { targets: layers.map(about), targetOf, specs: layers.map(specOf) };
  }
  const dated = layers.map((layer, l) => {
    const own = about(layer);
    if (layer.date === null) throw new Problem('stack-date-missing', { file: own.file, band: own.band });
    return { l, date: layer.date, text: periodText(layer.date), own, spec: specOf(layer) };
  });
  const dates = [...new Set(dated.map(({ text }) => text))].sort();
  const targets: Target[] = [];
  const specs: AccumulatorSpec[] = [];
  for (const [target, text] of dates.entries()) {
    const same = dated.filter((layer) => layer.text === text);
    const [first] = same as [(typeof dated)[number]];
    for (const { l, own, spec } of same) {
      if (JSON.stringify(spec) !== JSON.stringify(first.spec))
        throw new Problem('stack-mixed', { date: text, file: first.own.file, other: own.file });
      targetOf[l] = target;
    }
    const files = [...new Set(same.map(({ own }) => own.file))];
    const bands = [...new Set(same.map(({ own }) => own.band))];
    targets.push({ ...first.own, file: files.join(' + '), band: bands.join(' + ') });
    specs.push(first.spec);
  }
  return { targets, targetOf, specs };
}

function bandName(raster: Raster, band: number): string {
  const description = raster.bands[band]?.description ?? null;
  return description === null ? String(band + 1) : `${band + 1} ${description}`;
}
