/** The bed of the lake, where the user has a map of it: a file of `saryarka water lake --bathymetry`, read here and sent nowhere. */
import { useMemo, useState } from 'preact/hooks';
import type { LakeBedFile } from '../../src/api/water.ts';
import type { Extent } from '../../src/types.ts';
import { MapPart } from '../parts/map.tsx';
import { boxAround, type MapLayer } from '../parts/map-layers.ts';
import { figure, lang, say } from '../words.ts';
import type { ScenarioResult } from './water-runs.ts';

export type LakeBed = LakeBedFile;

interface BedPartProps {
  bed: LakeBed | null;
  onBed(bed: LakeBed | null): void;
  result: ScenarioResult | null;
}

export function BedPart({ bed, onBed, result }: BedPartProps) {
  const [fault, setFault] = useState<string | null>(null);
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    const { lakeBedFile } = await import('../../src/api/water.ts');
    const read = lakeBedFile.safeParse(
      await file
        .text()
        .then(JSON.parse)
        .catch(() => null),
    );
    setFault(read.success ? null : file.name);
    onBed(read.success ? read.data : null);
  };
  return (
    <>
      <h3>{say('web.water.bed')}</h3>
      <p class="hint">{say('web.water.bed-hint')}</p>
      <p>
        <label>
          {say('web.water.bed-file')}{' '}
          <input type="file" accept=".json,application/json" onChange={(event) => void take(event.currentTarget.files?.[0])} />
        </label>
      </p>
      {fault === null ? null : (
        <p class="finding error" role="alert">
          {say('web.water.bed-wrong', { file: fault })}
        </p>
      )}
      {bed === null ? null : <Outlines bed={bed} result={result} />}
    </>
  );
}

/** The water at the level nearest to that of each option, on the map. */
function Outlines({ bed, result }: { bed: LakeBed; result: ScenarioResult | null }) {
  const levels = bed.outlines.map(({ level }) => level);
  const [first, own] = result?.outcomes ?? [];
  const nearest = (wanted: number): number =>
    levels.reduce((best, level) => (Math.abs(level - wanted) < Math.abs(best - wanted) ? level : best), levels[0] ?? 0);
  const [asked, setAsked] = useState<number | null>(null);
  const level = asked ?? nearest(own?.level.mid ?? levels[0] ?? 0);
  const outline = bed.outlines.find((one) => one.level === level);
  const row = bed.curve.find((one) => one.level === level);
  const today = bed.outlines.find((one) => one.level === nearest(first?.level.mid ?? 0));
  const layers = useMemo<MapLayer[]>(
    () => [
      ...(outline === undefined ? [] : [layerOf('water', outline, 'changes', { change: 'gained' })]),
      ...(today === undefined ? [] : [layerOf('today', today, 'outline', { kind: 'core' })]),
    ],
    [outline, today, lang.value],
  );
  const extent = useMemo<Extent | null>(() => {
    const widest = bed.outlines.at(-1);
    return widest === undefined ? null : boxAround(widest.geometry);
  }, [bed]);
  const at = levels.indexOf(level);
  return (
    <>
      <p>
        <label>
          {say('web.water.outline-level')}{' '}
          <input
            type="range"
            min={0}
            max={levels.length - 1}
            step={1}
            value={at}
            aria-valuetext={`${figure(level)} ${say('web.water.unit.m')}`}
            onInput={(event) => setAsked(levels[Number(event.currentTarget.value)] ?? null)}
          />
        </label>
      </p>
      <p role="status">
        {say('web.water.outline-told', {
          level: figure(level),
          area: figure(row?.area, 0),
          volume: figure(row?.volume, 2),
          source: bed.source,
        })}
      </p>
      <p class="hint">{say('web.water.outline-signs', { level: figure(level), today: figure(today?.level) })}</p>
      <MapPart
        label={say('web.water.outline', { level: figure(level) })}
        layers={layers}
        extent={extent}
        focus={null}
        fallback={<p>{say('web.water.outline-no-map')}</p>}
        onPick={() => {}}
      />
    </>
  );
}

/** The water at one level, drawn as what is won or as a line. */
function layerOf(
  id: string,
  { level, geometry }: LakeBed['outlines'][number],
  draw: MapLayer['draw'],
  properties: Record<string, string>,
): MapLayer {
  return {
    id,
    title: say('web.water.outline', { level: figure(level) }),
    draw,
    visible: true,
    source: { data: { type: 'FeatureCollection', features: [{ type: 'Feature', geometry, properties }] } },
  };
}
