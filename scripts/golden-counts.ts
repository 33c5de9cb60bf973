/**
 * How many cases of other programs are compared, how many agree, and to which tolerance: `node scripts/golden-counts.ts [life|water]`.
 *
 * Runs the golden suites as they are and counts their tests, and the comparisons made in them (`expect`; one may hold a whole table of
 * values). Tolerances are those of each suite's README.md, where the reason of each stands. The data lie beside the project:
 * `../shared/golden`, or what `SARYARKA_GOLDEN` names; without them suites are skipped, and the table says so.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { startVitest } from 'vitest/node';

interface Suite {
  part: 'life' | 'water';
  reference: string;
  file: string;
  /** Only tests whose name, with that of their group, fits. */
  tests?: RegExp;
  /** Where no README.md stands beside the tests. */
  tolerance?: string;
}

const rows = 'none: rows, values and problems as described';
const SUITES: readonly Suite[] = [
  { part: 'life', reference: 'iNEXT 3.0.2', file: 'test/golden/diversity/diversity.test.ts' },
  { part: 'life', reference: 'vegan 2.6-4', file: 'test/golden/vegan/vegan.test.ts' },
  { part: 'life', reference: 'rtrim 2.3.0, TRIM 3.61', file: 'test/golden/population/population.test.ts' },
  { part: 'life', reference: 'rlpi bfa3177', file: 'test/golden/living-planet/living-planet.test.ts' },
  { part: 'life', reference: 'Makurhini 1dc5bd3', file: 'test/golden/connectivity/connectivity.test.ts' },
  { part: 'life', reference: 'gdistance 1.6.4', file: 'test/golden/least-cost/least-cost.test.ts' },
  { part: 'life', reference: 'Circuitscape.jl 742dd0a', file: 'test/golden/circuit/circuit.test.ts' },
  { part: 'life', reference: 'Omniscape.jl 35deaf1', file: 'test/golden/omniscape/omniscape.test.ts' },
  {
    part: 'life',
    reference: 'python-dwca-reader 256ca0c',
    file: 'test/formats/darwin-core-golden.test.ts',
    tests: /^(?!.*(gbif-dwca-io|metadata\/)).*/,
    tolerance: rows,
  },
  {
    part: 'life',
    reference: 'GBIF dwca-io b75350cb',
    file: 'test/formats/darwin-core-golden.test.ts',
    tests: /gbif-dwca-io|metadata\//,
    tolerance: rows,
  },
  {
    part: 'life',
    reference: 'GBIF cubes, Camtrap DP 1.0',
    file: 'test/formats/life-tables.test.ts',
    tests: /^golden /,
    tolerance: 'none for rows; trap-nights 5e-5',
  },
  {
    part: 'water',
    reference: 'pyfao56, SPEI, climate_indices, R trend',
    file: 'test/golden/water-fields/water-fields.test.ts',
    tolerance: 'beside each value',
  },
  { part: 'water', reference: 'SMASHI, pywr 1.31.1', file: 'test/golden/water-lake/water-lake.test.ts' },
  { part: 'water', reference: 'pywr 1.31.1', file: 'test/golden/water-allocation/water-allocation.test.ts' },
  {
    part: 'water',
    reference: 'SPEI 1.8.1, climate_indices',
    file: 'test/science/drought-golden.test.ts',
    tolerance: 'beside each value',
  },
];

interface Counted {
  passed: number;
  failed: number;
  skipped: number;
  checks: number;
}

const root = join(import.meta.dirname, '..');
const part = process.argv[2];
const suites = SUITES.filter((suite) => part === undefined || suite.part === part);
if (suites.length === 0) {
  console.error(`no part ${part}; life, water would do`);
  process.exit(2);
}

const counted = await count(suites);
const lines = suites.map((suite, i) => {
  const { passed, failed, skipped, checks } = counted[i] as Counted;
  return [
    suite.reference,
    suite.file,
    ...[passed + failed, passed, skipped, checks].map(String),
    suite.tolerance ?? tolerancesOf(suite.file),
  ];
});
const sum = (of: (one: Counted) => number): number => counted.reduce((total, one) => total + of(one), 0);
console.log('| reference | suite | cases | agree | skipped | comparisons | tolerances, with reasons in README.md of the suite |');
console.log('|---|---|--:|--:|--:|--:|---|');
for (const cells of lines) console.log(`| ${cells.join(' | ')} |`);
const [passed, failed] = [sum((one) => one.passed), sum((one) => one.failed)];
console.log(
  `\n${passed} of ${passed + failed} golden cases agree, ${sum((one) => one.checks).toLocaleString('en')} comparisons; skipped for want of data: ${sum((one) => one.skipped)}`,
);
process.exitCode = failed > 0 ? 1 : 0;

/** Runs the files once and counts for each suite. */
async function count(of: readonly Suite[]): Promise<Counted[]> {
  const vitest = await startVitest('test', [...new Set(of.map(({ file }) => file))], {
    root,
    watch: false,
    reporters: [{}],
    setupFiles: ['test/setup.ts', 'scripts/golden-counts/checks.ts'],
  });
  const modules = vitest.state.getTestModules();
  const found = of.map(({ file, tests = /^/ }) => {
    const own = modules
      .filter(({ moduleId }) => moduleId.endsWith(file))
      .flatMap((module) => [...module.children.allTests()])
      .filter(({ fullName }) => tests.test(fullName.replaceAll(' > ', ' ')));
    const are = (state: string): number => own.filter((test) => test.result().state === state).length;
    const checks = own.reduce((total, test) => total + ((test.meta() as { checks?: number }).checks ?? 0), 0);
    return { passed: are('passed'), failed: are('failed'), skipped: are('skipped'), checks };
  });
  await vitest.close();
  return found;
}

/** The tolerances that the table of a suite's README.md names, one after the other. */
function tolerancesOf(file: string): string {
  const path = join(root, dirname(file), 'README.md');
  if (!existsSync(path)) return '–';
  const table = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('|'));
  const cells = (line: string): string[] =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
  const start = table.findIndex((line) => cells(line).some((cell) => cell.startsWith('tolerance')));
  const at = cells(table[start] ?? '').findIndex((cell) => cell.startsWith('tolerance'));
  const own = table.slice(start + 2).map((line) => cells(line)[at] ?? '');
  return [...new Set(own.filter((cell) => /\d|none|digit/.test(cell)))].join('; ');
}
