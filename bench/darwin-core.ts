/**
 * Rows of a Darwin Core archive a second: `node bench/darwin-core.ts [rows]`. Goal: 500,000 rows under 1.5 s by the clock on two processors and
 * under 300 MB. `SARYARKA_PYTHON` names a Python that has python-dwca-reader (pip install python-dwca-reader), run by turns with ours on the
 * same archive as referee; without it ours runs alone.
 *
 * The archive is made here: 24 terms as an institution publishes them, names with letters beyond ASCII in every tenth row, zipped. What is
 * measured: opening, and every row with the values of eight terms (ours, a process of its own), the same values (theirs).
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { openDarwinCore, readRows } from '../src/formats/darwin-core.ts';
import { seededRandom } from '../src/science/seeded-random.ts';
import { middle, mostMegabytes, type Peer, processorSince, say, tell, words } from './life/figure.ts';

const TURNS = 3;
/** An archive of 500,000 rows, recorded. */
const RECORDED: Peer[] = [{ name: 'python-dwca-reader, 2024', seconds: 9.9 }];
const RECORDED_ROWS = 500_000;
const TERMS = [
  'id',
  'scientificName',
  'eventDate',
  'decimalLatitude',
  'decimalLongitude',
  'individualCount',
  'countryCode',
  'basisOfRecord',
];
const FIELDS =
  'occurrenceID modified institutionCode collectionCode datasetName basisOfRecord recordedBy individualCount sex lifeStage eventDate habitat country countryCode stateProvince locality decimalLatitude decimalLongitude geodeticDatum coordinateUncertaintyInMeters identifiedBy scientificName taxonRank kingdom'.split(
    ' ',
  );

interface Reading {
  rows: number;
  /** Sum of the latitudes, so that both read the same. */
  sum: number;
  seconds: number;
  processor: number;
  megabytes: number;
}

const [first = String(RECORDED_ROWS), given, count] = words;
// each in a process of its own: the most memory of a child is at least that of the parent it was forked from
if (first === '--child') console.log(JSON.stringify(await ours(given ?? '')));
else if (first === '--make') console.log(makeArchive(given ?? '', Number(count)));
else await main(Number(first));

async function main(rows: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'darwin-core-'));
  try {
    const path = join(folder, 'archive.zip');
    const plain = Number(run(['--make', path, String(rows)]));
    say(
      `${rows.toLocaleString('en')} rows, ${FIELDS.length} terms: ${Math.round(plain / 1e6)} MB, zipped ${Math.round(statSync(path).size / 1e6)} MB`,
    );
    const turns = Array.from({ length: TURNS }, () => ({
      own: JSON.parse(run(['--child', path])) as Reading,
      theirs: theirs(path),
    }));
    for (const { own, theirs: other } of turns)
      if (other !== null && (other.rows !== own.rows || Math.abs(other.sum - own.sum) > 1e-3))
        throw new Error(`not the same: ${own.sum} ${other.sum}`);
    show(
      'ours',
      turns.map(({ own }) => own),
    );
    const others = turns.flatMap(({ theirs: other }) => other ?? []);
    if (others.length === 0) say('  python-dwca-reader: not here (SARYARKA_PYTHON)');
    else show('python-dwca-reader', others);
    const typical = (of: (one: Reading) => number, readings = turns.map(({ own }) => own)): number => middle(readings.map(of));
    tell({
      job: `Darwin Core archive, ${rows.toLocaleString('en')} rows of ${FIELDS.length} terms, eight of them read`,
      seconds: typical((one) => one.processor),
      clock: typical((one) => one.seconds),
      megabytes: typical((one) => one.megabytes),
      peers: [...(rows === RECORDED_ROWS ? RECORDED : []), ...(others.length === 0 ? [] : [peerHere(others)])],
      goal: { seconds: 1.5, by: 'clock', megabytes: 300 },
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function peerHere(readings: readonly Reading[]): Peer {
  const [seconds, megabytes] = [middle(readings.map((one) => one.processor)), middle(readings.map((one) => one.megabytes))];
  return { name: 'python-dwca-reader', seconds, megabytes, here: true };
}

function show(name: string, readings: readonly Reading[]): void {
  const list = (of: (one: Reading) => number, digits: number): string =>
    readings.map((one) => of(one).toFixed(digits)).join(', ');
  say(
    `  ${name.padEnd(20)} clock [s] ${list((one) => one.seconds, 2)}; processor [s] ${list((one) => one.processor, 2)}; most memory [MB] ${list((one) => one.megabytes, 0)}`,
  );
}

function run(parameters: string[]): string {
  const { stdout, stderr, status } = spawnSync(process.execPath, [import.meta.filename, ...parameters], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr.slice(-800));
  return stdout;
}

async function ours(path: string): Promise<Reading> {
  const [start, before] = [performance.now(), process.cpuUsage()];
  const archive = await openDarwinCore(path);
  let sum = 0;
  const { rows } = await readRows(archive, archive.core, TERMS, (values) => {
    sum += Number(values[3]);
  });
  archive.close();
  const seconds = (performance.now() - start) / 1e3;
  return { rows, sum, seconds, processor: processorSince(before), megabytes: mostMegabytes() };
}

function theirs(path: string): Reading | null {
  const python = process.env.SARYARKA_PYTHON;
  if (python === undefined) return null;
  const program = `
import json, resource, sys, time
from dwca.read import DwCAReader
clock, cpu = time.perf_counter(), time.process_time()
names = ['http://rs.tdwg.org/dwc/terms/' + term for term in ${JSON.stringify(TERMS.slice(1))}]
rows, total = 0, 0.0
with DwCAReader(sys.argv[1]) as archive:
    for row in archive:
        values = [row.data[name] for name in names]
        total += float(values[2])
        rows += 1
print(json.dumps(dict(rows=rows, sum=total, seconds=time.perf_counter() - clock, processor=time.process_time() - cpu,
    megabytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)))
`;
  const { stdout, stderr, status } = spawnSync(python, ['-c', program, path], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr.slice(-400));
  return JSON.parse(stdout) as Reading;
}

/** Writes the archive; returns the size of its table [bytes]. */
function makeArchive(path: string, rows: number): number {
  const random = seededRandom(20261123);
  const of = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const names = Array.from({ length: 800 }, (_, i) => `Genus${i % 170} species${i} (Linnaeus, ${1758 + (i % 200)})`);
  const people = ['Ivanov A.', 'Smith J.', 'Öztürk B.', 'Ахметов С.'];
  const lines = Array.from({ length: rows }, (_, i) =>
    [
      `urn:catalog:SRK:Birds:${i}`,
      '2024-03-01',
      'SRK',
      'Birds',
      'Counts of water birds on the lakes of the steppe',
      'HumanObservation',
      i % 10 === 0 ? of(people) : 'Ivanov A.',
      String(Math.floor(random() * 200)),
      '',
      of(['adult', 'juvenile', '']),
      `20${String(10 + (i % 15))}-0${1 + (i % 9)}-1${i % 10}`,
      'reed beds at the shore',
      'Kazakhstan',
      'KZ',
      i % 10 === 0 ? 'Ақмола облысы' : 'Akmola',
      `Lake ${i % 40}, plot ${i % 977}`,
      (49 + random() * 2).toFixed(5),
      (68 + random() * 3).toFixed(5),
      'WGS84',
      String(of([10, 30, 100, 1000])),
      '',
      of(names),
      'species',
      'Animalia',
    ].join('\t'),
  );
  const table = new TextEncoder().encode(`id\t${FIELDS.slice(1).join('\t')}\n${lines.join('\n')}\n`);
  const fields = FIELDS.map((term, i) => `<field index="${i}" term="http://rs.tdwg.org/dwc/terms/${term}"/>`).join('');
  const meta = `<archive xmlns="http://rs.tdwg.org/dwc/text/"><core encoding="UTF-8" fieldsTerminatedBy="\\t" linesTerminatedBy="\\n" fieldsEnclosedBy="" ignoreHeaderLines="1" rowType="http://rs.tdwg.org/dwc/terms/Occurrence"><files><location>occurrence.txt</location></files><id index="0"/>${fields}</core></archive>`;
  writeFileSync(path, zipSync({ 'meta.xml': new TextEncoder().encode(meta), 'occurrence.txt': table }, { level: 6 }));
  return table.length;
}
