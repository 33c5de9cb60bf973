/**
 * Species and networks beside other programs: `npm run bench -- life`, or with names of benches for some of it (`-- life circuit population`).
 *
 * Each bench runs as a process of its own with `--json`, one after the other; this file only joins what they print into one table, and adds how many golden
 * cases agree (`scripts/golden-counts.ts`; `--no-golden` leaves them out). Others' figures were recorded on a machine of two cores; where iNEXT
 * (R) or python-dwca-reader (`SARYARKA_PYTHON`) is on this one they run by turns with ours, and `SARYARKA_RLPI` names the tables of rlpi.
 * The exit status is 1 where a bench fails or a goal is not met.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Figure, Peer } from './life/figure.ts';

const BENCHES = [
  'darwin-core',
  'occurrences',
  'diversity',
  'population',
  'living-planet',
  'connectivity',
  'least-cost',
  'circuit',
];
const HEADS = ['job', 'peer', 'CPU s', 'MB', 'ours, CPU s', 'MB', 'times', 'goal', 'met'];

const words = process.argv.slice(2);
const wanted = words.filter((word) => !word.startsWith('--'));
const strange = wanted.filter((name) => !BENCHES.includes(name));
if (strange.length > 0) {
  console.error(`no bench of life: ${strange.join(', ')}; ${BENCHES.join(', ')} would do`);
  process.exit(2);
}

const figures = BENCHES.filter((name) => wanted.length === 0 || wanted.includes(name)).flatMap(figuresOf);
const rows = figures.flatMap(rowsOf);
console.log(table([HEADS, ...rows]));
for (const note of notes(figures)) console.log(note);
if (figures.some((figure) => isMet(figure) === false)) process.exitCode = 1;
if (!words.includes('--no-golden')) {
  console.log('');
  const counts = join(import.meta.dirname, '..', 'scripts', 'golden-counts.ts');
  if (spawnSync(process.execPath, [counts, 'life'], { stdio: 'inherit' }).status !== 0) process.exitCode = 1;
}

/** What a bench prints of itself; none where it fails or has nothing to read, which it says. */
function figuresOf(name: string): Figure[] {
  console.error(`${name} …`);
  const { stdout, status } = spawnSync(process.execPath, [join(import.meta.dirname, `${name}.ts`), '--json'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = stdout.split('\n').filter((line) => line.startsWith('{'));
  if (status !== 0 || lines.length === 0) {
    console.error(`${name}: no figures${status === 0 ? '' : `, exit status ${status}`}`);
    process.exitCode = 1;
  }
  return lines.map((line) => JSON.parse(line) as Figure);
}

/** A row for each peer; one where there is none. */
function rowsOf(figure: Figure): string[][] {
  const peers: (Peer | undefined)[] = figure.peers.length === 0 ? [undefined] : figure.peers;
  const met = isMet(figure);
  return peers.map((peer, i) => [
    i === 0 ? figure.job : '″',
    peer === undefined ? '–' : `${peer.name}${peer.here ? ', here' : ''}${figure.unlike ? ' *' : ''}`,
    peer === undefined ? '–' : seconds(peer.seconds),
    peer?.megabytes === undefined ? '–' : peer.megabytes.toFixed(0),
    i === 0 ? seconds(figure.seconds) : '″',
    i === 0 ? figure.megabytes.toFixed(0) : '″',
    peer === undefined ? '–' : times(peer.seconds / figure.seconds),
    i > 0 ? '″' : goalText(figure),
    i > 0 ? '″' : met === null ? '–' : met ? 'yes' : 'NO',
  ]);
}

/** Whether the goal is met; `null` where there is none. */
function isMet({ goal, seconds: processor, clock, megabytes }: Figure): boolean | null {
  if (goal === undefined) return null;
  const taken = goal.by === 'clock' ? (clock ?? processor) : processor;
  return taken < goal.seconds && megabytes < (goal.megabytes ?? Number.POSITIVE_INFINITY);
}

function goalText({ goal, clock }: Figure): string {
  if (goal === undefined) return '–';
  const memory = goal.megabytes === undefined ? '' : `, ${goal.megabytes.toLocaleString('en')} MB`;
  return `${goal.seconds} s${goal.by === 'clock' ? ` by the clock (${seconds(clock ?? Number.NaN)})` : ''}${memory}`;
}

function notes(of: readonly Figure[]): string[] {
  const unlike = [...new Set(of.flatMap(({ unlike: why }) => why ?? []))];
  return [
    '',
    'CPU s: user and system; MB: the most that the process held. Peers recorded on two cores, those marked "here" in this run. Ours: the middle of several runs where a bench has several.',
    ...unlike.map((why) => `* not like with like: ${why}`),
  ];
}

function seconds(value: number): string {
  return value.toFixed(value < 1 ? 2 : 1);
}

function times(value: number): string {
  return value.toFixed(value < 10 ? 1 : 0);
}

/** A table of Markdown with even columns; the last but the first two and the goal are numbers. */
function table(lines: readonly string[][]): string {
  const widths = HEADS.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)));
  const isNumber = (i: number): boolean => i > 1 && i < 7;
  const row = (cells: readonly string[]): string =>
    `| ${cells.map((cell, i) => (isNumber(i) ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0))).join(' | ')} |`;
  const rule = widths.map((width, i) => (isNumber(i) ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)));
  const [heads = [], ...rest] = lines;
  return [row(heads), row(rule), ...rest.map(row)].join('\n');
}
