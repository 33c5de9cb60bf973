/** `saryarka water basins`: the page's lines, a bay from a map of the bed, what is refused and how it is told. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { main } from '../../src/cli/main.ts';

const root = join(import.meta.dirname, '..', '..');
let folder = '';
let told: string[] = [];
const before = process.cwd();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'basins-'));
  process.chdir(folder);
  vi.stubEnv('SARYARKA_LANG', 'en');
});
beforeEach(() => {
  told = [];
  for (const way of ['log', 'error'] as const) vi.spyOn(console, way).mockImplementation((line: string) => void told.push(line));
});
afterAll(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();
/** Pieces of what a page shows stand in what was printed, in this order; `…` stands for whatever is between. */
function expectShown(shown: string, printed: string): void {
  let rest = plain(printed);
  for (const piece of plain(shown)
    .split('…')
    .map((text) => text.trim())) {
    const at = rest.indexOf(piece);
    expect(at, `"${piece}" in ${rest.slice(0, 3000)}`).toBeGreaterThanOrEqual(0);
    rest = rest.slice(at + piece.length);
  }
}

describe.each(['water-basins.md', 'water.md'])('docs/%s: its commands on basins print what it shows', (page) => {
  const text = readFileSync(join(root, 'docs', page), 'utf8');
  const blocks = [...text.matchAll(/```([^\n]*)\n(.*?)```/gs)].map(([, kind = '', content = '']) => ({ kind, content }));
  const steps = blocks.flatMap(({ content }) =>
    [...content.matchAll(/^\$ npx saryarka (water basins .*)\n((?:(?!\$ ).*\n)*)/gm)].map(([, command = '', shown = '']) => ({
      command,
      shown,
    })),
  );
  beforeAll(() => {
    for (const { kind, content } of blocks) {
      const name = kind.split(' ')[1];
      if (name !== undefined) writeFileSync(join(folder, name), content);
    }
  });

  test('has some', () => expect(steps.length).toBeGreaterThan(0));

  test.each(steps)('$command', async ({ command, shown }) => {
    await main(command.split(' '));
    expectShown(shown, told.join('\n'));
  });
});

describe('a bay from a map of the bed', () => {
  /** A trough that falls from 50 m in the north to 34 m in the south, and goes on below a line where the dike would stand. */
  const [width, height] = [40, 60];
  beforeAll(() => {
    mkdirSync(join(folder, 'map'), { recursive: true });
    const rows = Array.from({ length: height }, (_, y) =>
      Array.from({ length: width }, (_, x) =>
        (x === 0 || y === 0 || x === width - 1 || y === height - 1 ? 60 : 50 - (y * 20) / height).toFixed(2),
      ).join(' '),
    );
    writeFileSync(
      'map/bed.asc',
      `ncols ${width}\nnrows ${height}\nxllcorner 61.2\nyllcorner 46.2\ncellsize 0.01\nNODATA_value -9999\n${rows.join('\n')}\n`,
    );
    const ring = [
      [61.2, 46.4],
      [61.35, 46.4],
      [61.35, 46.8],
      [61.2, 46.8],
      [61.2, 46.4],
    ];
    writeFileSync(
      'map/bay.geojson',
      JSON.stringify({ type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [ring] } }),
    );
  });
  const args = ['water', 'basins', 'two-level', '--bathymetry', 'saryshyganak=map/bed.asc', '--crs', 'EPSG:4326'];

  test('only the bed within the outline counts, its edge holds water, and the whole plan runs on it', async () => {
    expect(await main([...args, '--within', 'saryshyganak=map/bay.geojson', '--json', '-o', 'steps.csv'])).toBe(0);
    const found = JSON.parse(told.join('\n'));
    const bay = found.basins.find(({ id }: { id: string }) => id === 'saryshyganak');
    expect(bay.end.level).toBeCloseTo(46, 1);
    // cells below 46 m north of 46.4 degrees: rows 13 to 39 of the slope, 14 columns
    const cell = 1.1119 * 1.1119 * Math.cos((46.53 * Math.PI) / 180);
    expect(bay.end.area / (27.5 * 14 * cell)).toBeCloseTo(1, 1);
    expect(found.closure).toBeLessThan(1e-9);
    expect(found.links.map(({ kind }: { kind: string }) => kind)).toEqual(['spill', 'canal']);
    const rows = readFileSync('steps.csv', 'utf8').trim().split('\r\n');
    expect(rows).toHaveLength(1 + 2 * 108);
  });

  test('without its outline the bay would run out over the dike line: the curve ends there, and that is told', async () => {
    expect(await main(args)).not.toBe(0);
    expect(told.join('\n')).toMatch(/two-level.json/);
  });

  test('a bay that grows faster than the sea it is part of contradicts its curve: told with the level', async () => {
    const wide = JSON.parse(readFileSync('map/bay.geojson', 'utf8'));
    for (const corner of wide.geometry.coordinates[0]) if (corner[0] === 61.35) corner[0] = 61.6;
    writeFileSync('wide.geojson', JSON.stringify(wide));
    expect(await main([...args, '--within', 'saryshyganak=wide.geojson'])).not.toBe(0);
    expect(told.join('\n')).toMatch(/basins\.1\.curve\.less \(saryshyganak\): found \d+ m/);
  });

  test('an outline without polygons, and a basin that is not there, are told by option', async () => {
    writeFileSync(
      'line.geojson',
      JSON.stringify({
        type: 'Feature',
        properties: {},
        geometry: {
          type: 'LineString',
          coordinates: [
            [61, 46],
            [62, 47],
          ],
        },
      }),
    );
    expect(await main([...args, '--within', 'saryshyganak=line.geojson'])).not.toBe(0);
    expect(told.join('\n')).toContain('--within saryshyganak=line.geojson');
    told = [];
    expect(await main(['water', 'basins', 'two-level', '--curve', 'bay=x.csv'])).not.toBe(0);
    expect(told.join('\n')).toContain('--curve');
    told = [];
    expect(await main(['water', 'basins', 'two-level', '--canal', 'wide'])).not.toBe(0);
    expect(told.join('\n')).toContain('--canal');
  });
});
