/**
 * Currents and resistances as Circuitscape computes them, kept beside the project. See README.md.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type CircuitGrid, circuitGrid } from '../../../src/science/circuit-grid.ts';
import { circuitNetwork, networkCurrents, networkResistances, networkVoltages } from '../../../src/science/circuit-network.ts';
import { advanced, allToOne, type FocalPlace, focalPlaces, oneToAll, pairwise, placesOf } from '../../../src/science/resistance.ts';
import { type AsciiGrid, anyGrid, asciiGrid, folder, pairsOf, pointList, present, rows, settings, suite } from './suite.ts';

if (!present) console.warn(`no golden data at ${suite}: circuits are not compared with Circuitscape in this run (set SARYARKA_GOLDEN)`);

const path = (name: string): string => join(suite, name);
const expected = (name: string): string => join(suite, 'output_verify', name);

interface Case {
  name: string;
  scenario: string;
  grid: CircuitGrid;
  map: AsciiGrid;
  of: (key: string) => string;
  on: (key: string) => boolean;
}

function caseOf(ini: string): Case {
  const set = settings(ini);
  const of = (key: string): string => set.get(key) ?? '';
  const on = (key: string): boolean => /^true$/i.test(of(key));
  const map = asciiGrid(path(of('habitat_file').replace(/\.tif(\.gz)?$/, '.asc')));
  return {
    name: (ini.split('/').at(-1) as string).replace('.ini', ''),
    scenario: of('scenario'),
    map,
    of,
    on,
    grid: circuitGrid(map.values, {
      width: map.width,
      kind: on('habitat_map_is_resistances') ? 'resistance' : 'conductance',
      neighbours: on('connect_four_neighbors_only') ? 4 : 8,
      average: on('connect_using_avg_resistances') ? 'resistance' : 'conductance',
      ...(on('use_polygons') ? { polygons: anyGrid(path(of('polygon_file')), map) } : {}),
      ...(on('use_mask') ? { mask: anyGrid(path(of('mask_file')), map) } : {}),
    }),
  };
}

const placesIn = (file: string, map: AsciiGrid, grid: CircuitGrid): FocalPlace[] =>
  file.endsWith('.txt') ? placesOf(pointList(file, map), grid) : focalPlaces(anyGrid(file), grid);

const CONFLICTS: Record<string, 'remove-source' | 'remove-ground'> = { rmvsrc: 'remove-source', rmvgnd: 'remove-ground' };

const inis = present
  ? ['pairwise', 'one_to_all', 'all_to_one', 'advanced'].flatMap((mode) =>
      readdirSync(path(`input/raster/${mode}`)).flatMap((number) =>
        readdirSync(path(`input/raster/${mode}/${number}`))
          .filter((file) => /Verify\d+\.ini$/.test(file))
          .map((file) => path(`input/raster/${mode}/${number}/${file}`)),
      ),
    )
  : [];

/** Sum of squares of differences, cells without a value being 0 in both. Upstream compares maps so, at 1e-6. */
function apart(found: ArrayLike<number>, file: string): number {
  const map = asciiGrid(expected(file)).values;
  expect(found.length).toBe(map.length);
  return map.reduce((sum, value, i) => sum + ((value || 0) - ((found[i] as number) || 0)) ** 2, 0);
}

function compare(found: ArrayLike<number>, file: string): number {
  if (!existsSync(expected(file))) return 0;
  expect(apart(found, file), file).toBeLessThan(1e-6);
  return 1;
}

describe.skipIf(!present)('grids of the verification suite', () => {
  test('there are runs', () => expect(inis.length).toBeGreaterThan(25));

  test.each(inis.map((ini) => [(ini.split('/').at(-1) as string).replace('.ini', ''), ini]))('%s', (_, ini) => {
    const { name, scenario, grid, map, of, on } = caseOf(ini);
    let maps = 0;
    if (scenario === 'advanced') {
      const sources = anyGrid(path(of('source_file')), map).map((value) => (on('use_unit_currents') && value !== 0 ? value / value : value));
      const grounds = anyGrid(path(of('ground_file')), map);
      const direct = on('use_direct_grounds');
      const found = advanced(grid, {
        sources,
        grounds: direct ? grounds.map((value) => (value >= 0 ? 0 : value)) : grounds,
        groundsAre: direct || on('ground_file_is_resistances') ? 'resistance' : 'conductance',
        conflict: CONFLICTS[of('remove_src_or_gnd')] ?? 'keep-both',
      });
      maps += compare(found.currents, `${name}_curmap.asc`);
      maps += compare(found.voltages, `${name}_voltmap.asc`);
      expect(maps).toBeGreaterThan(0);
      return;
    }
    // The suite keeps maps of older runs that its own test does not compare.
    const written = on('write_cur_maps');
    const chosen = on('use_included_pairs') ? pairsOf(path(of('included_pairs_file'))) : null;
    const places = placesIn(path(of('point_file')), map, grid).filter(({ id }) => chosen?.known(id) ?? true);
    const pairs = chosen === null ? {} : { pairs: chosen.pairs };
    const strengths = on('use_variable_source_strengths') ? { strengths: new Map(rows(path(of('variable_source_file'))) as [number, number][]) } : {};
    const [, ...lines] = rows(expected(`${name}_resistances.out`));
    if (scenario === 'pairwise') {
      const found = pairwise(grid, places, {
        maps: true,
        ...pairs,
        onMap({ from, to, currents, voltages }) {
          if (!written) return;
          maps += compare(currents, `${name}_curmap_${from}_${to}.asc`);
          // Voltages of a pair are zero at one end or the other: their differences are compared.
          if (existsSync(expected(`${name}_voltmap_${from}_${to}.asc`))) {
            const theirs = asciiGrid(expected(`${name}_voltmap_${from}_${to}.asc`)).values;
            const of = (values: ArrayLike<number>): number => Math.max(...Array.from(values, (value) => value || 0)) - Math.min(0, ...Array.from(values, (value) => value || 0));
            expect(of(voltages)).toBeCloseTo(of(theirs), 4);
          }
        },
      });
      expect(lines.length).toBe(places.length);
      lines.forEach(([id, ...values], i) => {
        expect(found.ids[i]).toBe(id);
        values.forEach((value, j) => {
          const ours = found.resistances[i * places.length + j] as number;
          if (value === -1) expect(ours).toBeNaN();
          else expect(Math.abs(ours - value)).toBeLessThan(1e-6 * Math.max(1, value));
        });
      });
      if (written) maps += compare(found.cumulative as Float64Array, `${name}_cum_curmap.asc`);
      if (written) maps += compare(found.maximum as Float64Array, `${name}_max_curmap.asc`);
    } else {
      const found = (scenario === 'one-to-all' ? oneToAll : allToOne)(grid, places, {
        ...pairs,
        ...strengths,
        leftOut: 'circuitscape',
        onMap({ place, currents, voltages }) {
          if (!written) return;
          maps += compare(currents, `${name}_curmap_${place}.asc`);
          maps += compare(voltages, `${name}_voltmap_${place}.asc`);
        },
      });
      for (const [i, [id, value]] of rows(expected(`${name}_resistances.out`)).entries()) {
        expect(found.ids[i]).toBe(id);
        if (value === -1) expect(found.resistances[i]).toBeNaN();
        else expect(found.resistances[i]).toBeCloseTo(value as number, 6);
      }
      if (written) maps += compare(found.cumulative, `${name}_cum_curmap.asc`);
      if (written) maps += compare(found.maximum, `${name}_max_curmap.asc`);
    }
    expect(maps > 0).toBe(written);
  });
});

const networks = present ? readdirSync(path('input/network')).filter((file) => file.endsWith('.ini')) : [];

describe.skipIf(!present)('networks of the verification suite', () => {
  test.each(networks)('%s', (ini) => {
    const set = settings(path(`input/network/${ini}`));
    const name = ini.replace('.ini', '');
    const file = (key: string): number[][] => rows(path(`input/network/${(set.get(key) as string).split('/').at(-1)}`));
    const resistances = /^true$/i.test(set.get('habitat_map_is_resistances') ?? '');
    // Settings count nodes as Julia does in some files; the files of nodes themselves count from 0.
    const circuit = circuitNetwork(file('habitat_file').map(([from, to, value]) => ({ from: from as number, to: to as number, conductance: resistances ? 1 / (value as number) : (value as number) })));
    const near = (found: number, print: number): void => expect(Math.abs(found - print)).toBeLessThan(1e-6 * Math.max(1, Math.abs(print)));
    if (set.get('scenario') === 'advanced') {
      const groundsAreResistances = /^true$/i.test(set.get('ground_file_is_resistances') ?? '');
      const sources = new Map(file('source_file').map(([node, current]) => [node as number, current as number]));
      const grounds = new Map(file('ground_file').map(([node, value]): [number, number] => [node as number, groundsAreResistances ? (value === 0 ? Number.POSITIVE_INFINITY : 1 / (value as number)) : (value as number)]));
      const voltages = networkVoltages(circuit, { sources, grounds });
      for (const [node, voltage] of rows(expected(`${name}_voltages.txt`)) as [number, number][]) near(voltages[node] || 0, voltage);
      const currents = networkCurrents(circuit, voltages, grounds);
      for (const [node, current] of rows(expected(`${name}_node_currents.txt`)) as [number, number][]) near(currents.nodes[node] as number, current);
      return;
    }
    const places = file('point_file').map(([place]) => place as number);
    const found = networkResistances(circuit, places);
    const [header = [], ...lines] = rows(expected(`${name}_resistances.out`));
    lines.forEach(([place, ...values], i) => {
      expect(places[i]).toBe(place);
      values.forEach((value, j) => {
        const ours = found.resistances[i * places.length + j] as number;
        if (value === -1) expect(ours).toBeNaN();
        else near(ours, value);
        const nodes = expected(`${name}_node_currents_${header[i + 1]}_${header[j + 1]}.txt`);
        if (!existsSync(nodes)) return;
        const currents = networkCurrents(circuit, found.voltages(i, j), new Map());
        for (const [node, current] of rows(nodes) as [number, number][]) near(currents.nodes[node] as number, current);
      });
    });
  });
});

describe.skipIf(!existsSync(join(folder, 'circuitscape_bench')))('lognormal resistances with holes, 200 by 200', () => {
  const bench = join(folder, 'circuitscape_bench');
  test.each(['8n_cond', '8n_res', '4n_cond', '4n_res'])('%s to 1e-8', (kind) => {
    const [expected] = [JSON.parse(readFileSync(join(bench, 'res200_expected_resistances.json'), 'utf8'))[kind]];
    const map = asciiGrid(join(bench, 'res200.asc'));
    const grid = circuitGrid(map.values, {
      width: map.width,
      kind: 'resistance',
      neighbours: kind.startsWith('8') ? 8 : 4,
      average: kind.endsWith('cond') ? 'conductance' : 'resistance',
    });
    const found = pairwise(grid, focalPlaces(asciiGrid(join(bench, 'pts200.asc')).values, grid));
    expected.R.flat().forEach((value: number, i: number) => {
      expect(Math.abs((found.resistances[i] as number) - value)).toBeLessThanOrEqual(1e-10 * value);
    });
  });
});
