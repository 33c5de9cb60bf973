/**
 * What the server bears: 16 sites, a million observations, 100,000 occurrences; 200 readers and 20 writers at once.
 *
 *     npm run bench -- server
 *     node bench/server.ts --seconds 20 --soak 30 --kills 3     # in short
 *
 * Goal on two cores: no error, no lost write, p99 of reads under 500 ms, memory flat, a killed server loses nothing that it
 * acknowledged, a stopped one finishes what it began. The people of the bench run on the same two cores.
 */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { get } from '../src/store/db.ts';
import { closeDossier, openDossier, verifyDossier } from '../src/store/dossier.ts';
import { csrfOf, openSession } from '../src/store/sessions.ts';
import {
  ask,
  count,
  type Kept,
  newTally,
  nextPage,
  type Person,
  quantile,
  seeded,
  type Tally,
  writeOnce,
} from './server/client.ts';
import { buildDossier, PEOPLE, READERS, SITES, WRITERS } from './server/dossier.ts';
import { coresOf, memoryOf, type Served, start } from './server/process.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    soak: { type: 'string', default: '180' },
    kills: { type: 'string', default: '20' },
    /** A folder to keep the dossier in, so that the next run need not build it. */
    keep: { type: 'string' },
    observations: { type: 'string', default: '1000000' },
    occurrences: { type: 'string', default: '100000' },
    'cpu-prof': { type: 'boolean', default: false },
    /** Without a first look at every page. */
    cold: { type: 'boolean', default: false },
  },
});
/** A reader looks at what came before opening the next page; few are as quick as this [ms]. */
const LOOKS = 1000;
/** What memory may grow by when all has been seen [MB a minute]: noise of the collector. */
const FLAT = 20;
/** Of p99 of reads [ms]. */
const GOAL = 500;

const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'saryarka-bench-'));
mkdirSync(folder, { recursive: true });
const built = join(folder, 'built.gpkg');
const dossier = join(folder, 'country.gpkg');
let failed = 0;

console.log(`${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)} before the start, Node ${process.versions.node}`);
if (!existsSync(built)) {
  const began = performance.now();
  buildDossier(built, { observations: Number(values.observations), occurrences: Number(values.occurrences) });
  console.log(`built in ${((performance.now() - began) / 1000).toFixed(0)} s`);
}
for (const end of ['', '-wal', '-shm']) rmSync(`${dossier}${end}`, { force: true });
copyFileSync(built, dossier);
const people = signIn(dossier);
const readers = people.filter(({ id }) => id.startsWith('reader'));
const writers = people.filter(({ id }) => id.startsWith('writer'));
const kept: Kept[] = [];
/** Entries of the audit after this one are of the bench. */
const lastBuilt = lastEntry(dossier);

let served = await start(dossier, values['cpu-prof'] ? { node: ['--cpu-prof', `--cpu-prof-dir=${folder}`] } : {});
if (!values.cold) await warm(served.port);
await load(served);
await soak(served);
await stop(served);
await kills();
if (values.keep === undefined) rmSync(folder, { recursive: true, force: true });
console.log(failed === 0 ? 'every goal was met' : `${failed} goals were missed`);
process.exitCode = failed === 0 ? 0 : 1;

function held(name: string, isMet: boolean): void {
  console.log(`${isMet ? 'met   ' : 'MISSED'} ${name}`);
  if (!isMet) failed += 1;
}

function lastEntry(path: string): number {
  const db = openDossier(path, { readOnly: true });
  try {
    return get<{ last: number }>(db, 'select max(fid) as last from audit')?.last ?? 0;
  } finally {
    closeDossier(db);
  }
}

/** The bench opens the sessions itself: 221 passwords would take minutes, as they should. */
function signIn(path: string): Person[] {
  const db = openDossier(path);
  try {
    return PEOPLE.map(([id]) => {
      const { token } = openSession(db, id, new Date());
      return { id, token, csrf: csrfOf(token) };
    });
  } finally {
    closeDossier(db);
  }
}

/** Every page once, as on the morning after a restart. */
async function warm(port: number): Promise<void> {
  const [first, second] = readers;
  if (first === undefined || second === undefined) return;
  const began = performance.now();
  const { ms } = await ask(port, second, '/api/sites');
  const pages = SITES.flatMap((site) => [`/api/sites/${site}`, `/api/sites/${site}/map.svg`, `/api/sites/${site}/indicators`]);
  for (const path of ['/tiles/zones/7/84/46', '/tiles/occurrences/7/84/46', ...pages]) await ask(port, second, path);
  // all at once, an editor's after the readers': they wait for one thread
  for (const person of [second, first])
    await Promise.all(SITES.map((site) => ask(port, person, `/api/sites/${site}/review?in=ru`)));
  console.log(
    `first list of the country ${(ms / 1000).toFixed(1)} s; every site, review and map once in ${((performance.now() - began) / 1000).toFixed(0)} s`,
  );
}

async function read(
  port: number,
  person: Person,
  { tally, until, looks }: { tally: Tally; until: number; looks: number },
): Promise<void> {
  const random = seeded(people.indexOf(person) + 1);
  await pause(random() * looks);
  while (performance.now() < until) {
    const { route, path } = nextPage(random);
    count(tally, route, await ask(port, person, path));
    if (looks > 0) await pause(looks * (0.5 + random()));
  }
}

async function write(
  port: number,
  person: Person,
  { tally, until, looks }: { tally: Tally; until: number; looks: number },
): Promise<number> {
  const random = seeded(people.indexOf(person) + Math.round(until));
  let conflicts = 0;
  await pause(random() * looks);
  for (let n = 0; performance.now() < until; n += 1) {
    const { reply, kept: one, conflict, route } = await writeOnce(port, person, n, random);
    if (one !== null) kept.push(one);
    if (conflict) conflicts += 1;
    else count(tally, route, reply);
    if (looks > 0) await pause(looks * (0.5 + random()));
  }
  return conflicts;
}

async function load(on: Served): Promise<void> {
  const [reads, writes] = [newTally(), newTally()];
  const seconds = Number(values.seconds);
  const until = performance.now() + seconds * 1000;
  const [before, cores] = [memoryOf(on), coresOf(on)];
  const conflicts = await Promise.all([
    ...readers.map((one) => read(on.port, one, { tally: reads, until, looks: LOOKS }).then(() => 0)),
    ...writers.map((one) => write(on.port, one, { tally: writes, until, looks: LOOKS })),
  ]);
  console.log(`\n${READERS} readers (a page a second each) and ${WRITERS} writers for ${seconds} s`);
  table(reads, seconds);
  table(writes, seconds);
  console.log(
    `${sum(conflicts)} times somebody else had written first, and it was said; memory ${before.toFixed(0)} → ${memoryOf(on).toFixed(0)} MB`,
  );
  told(on, cores, { seconds, requests: requestsOf(reads) + requestsOf(writes) });
  held('no error', reads.errors.size + writes.errors.size === 0);
  held(`p99 of all reads under ${GOAL} ms`, quantile([...reads.times.values()].flat(), 0.99) < GOAL);
  checkKept();
}

/** As many requests as readers of an hour make, as fast as they go. */
async function soak(on: Served): Promise<void> {
  const [reads, writes] = [newTally(), newTally()];
  const seconds = Number(values.soak);
  const began = performance.now();
  const until = began + seconds * 1000;
  const curve: [s: number, mb: number][] = [];
  const cores = coresOf(on);
  const watch = setInterval(() => curve.push([(performance.now() - began) / 1000, memoryOf(on)]), 1000);
  await Promise.all([
    ...readers.map((one) => read(on.port, one, { tally: reads, until, looks: 0 })),
    ...writers.map((one) => write(on.port, one, { tally: writes, until, looks: 0 })),
  ]);
  clearInterval(watch);
  console.log(`\n${READERS} readers and ${WRITERS} writers without a pause for ${seconds} s`);
  table(reads, seconds);
  table(writes, seconds);
  told(on, cores, { seconds, requests: requestsOf(reads) + requestsOf(writes) });
  const half = curve.slice(Math.floor(curve.length / 2));
  const slope = slopeOf(half);
  const shown = curve.filter((_, i) => i % Math.ceil(curve.length / 12) === 0).map(([, mb]) => mb.toFixed(0));
  console.log(`memory [MB]: ${shown.join(' ')}; in the second half ${(slope * 60).toFixed(1)} MB a minute`);
  held('no error without a pause', reads.errors.size + writes.errors.size === 0);
  held(`memory flat: less than ${FLAT} MB a minute in the second half`, slope * 60 < FLAT);
  checkKept();
}

/** SIGTERM while people ask: what was begun is finished, nothing new is taken, and it ends within ten seconds. */
async function stop(on: Served): Promise<void> {
  const tally = newTally();
  const until = performance.now() + 20_000;
  const asked = Promise.all(readers.slice(0, 40).map((one) => read(on.port, one, { tally, until, looks: 100 })));
  const written = Promise.all(writers.map((one) => write(on.port, one, { tally: newTally(), until, looks: 50 })));
  await pause(2000);
  const began = performance.now();
  on.child.kill('SIGTERM');
  const { code } = await on.ended;
  const seconds = (performance.now() - began) / 1000;
  await Promise.all([asked, written]);
  const broken = [...tally.errors].filter(([key]) => key.includes('broken off')).length;
  console.log(`\nstopped in ${seconds.toFixed(1)} s, code ${code}, ${broken} replies broken off`);
  held('a graceful stop within 10 s', seconds < 10 && code === 0 && broken === 0);
  checkKept();
}

async function kills(): Promise<void> {
  const random = seeded(7);
  const times = Number(values.kills);
  let sound = 0;
  const before = kept.length;
  for (let i = 0; i < times; i += 1) {
    served = await start(dossier);
    const until = performance.now() + 60_000;
    const ends = { child: served.child };
    const writing = writers.map(async (one) => {
      const own = seeded(i * 100 + people.indexOf(one));
      for (let n = 0; ends.child.exitCode === null && ends.child.signalCode === null && performance.now() < until; n += 1) {
        const { kept: written, reply } = await writeOnce(served.port, one, n, own);
        if (written !== null) kept.push(written);
        if (reply.status === 0) break;
      }
    });
    await pause(300 + random() * 1500);
    served.child.kill('SIGKILL');
    await Promise.all([served.ended, ...writing]);
    const db = openDossier(dossier);
    if (get<{ quick_check: string }>(db, 'pragma quick_check(1)')?.quick_check === 'ok') sound += 1;
    closeDossier(db);
  }
  console.log(`\nkilled ${times} times while ${kept.length - before} writes were acknowledged`);
  held('sound after every kill', sound === times);
  const db = openDossier(dossier);
  const found = verifyDossier(db);
  closeDossier(db);
  held(`verifyDossier finds nothing${found.length === 0 ? '' : `: ${found[0]}`}`, found.length === 0);
  checkKept();
}

/** Each write that was acknowledged is in the dossier, or in the audit where somebody wrote after it. */
function checkKept(): void {
  const db = openDossier(dossier, { readOnly: true });
  try {
    const lost = kept.filter((one) => {
      if (one.what === 'record') return get(db, 'select 1 from activities where id = ?', [one.id]) === undefined;
      if (one.what === 'comment')
        return get(db, 'select 1 from comments where site = ? and text = ?', [one.site, one.text]) === undefined;
      const inAudit = `select 1 from audit where noun = 'answers' and fid > ? and instr(after, ?) > 0`;
      return get(db, inAudit, [lastBuilt, one.text]) === undefined;
    });
    held(`no acknowledged write lost (${kept.length} so far)`, lost.length === 0);
    for (const one of lost.slice(0, 3)) console.log(`  lost: ${JSON.stringify(one)}`);
  } finally {
    closeDossier(db);
  }
}

function table({ times, errors, bytes }: Tally, seconds: number): void {
  const all = [...times.values()].flat();
  const line = (name: string, own: readonly number[]): string =>
    [
      name.padEnd(22),
      String(own.length).padStart(7),
      ...[0.5, 0.95, 0.99, 1].map((q) => quantile(own, q).toFixed(0).padStart(7)),
    ].join(' ');
  console.log(`${'route'.padEnd(22)}   times     p50     p95     p99     max [ms]`);
  for (const [route, own] of [...times].toSorted((a, b) => a[0].localeCompare(b[0]))) console.log(line(route, own));
  console.log(`${line('all', all)}   ${(all.length / seconds).toFixed(0)} a second, ${(bytes / seconds / 1e6).toFixed(1)} MB/s`);
  for (const [error, n] of errors) console.log(`  ${n} × ${error}`);
}

/** How long the server had a core: what others leave it decides how long people wait. */
function told(
  on: Served,
  before: ReturnType<typeof coresOf>,
  { seconds, requests }: { seconds: number; requests: number },
): void {
  const [answering, all] = [coresOf(on).answering - before.answering, coresOf(on).all - before.all];
  const each = ((answering / requests) * 1000).toFixed(1);
  console.log(
    `of ${seconds} s the thread that answers had a core for ${answering.toFixed(0)} s, ${each} ms a request; reviews and the rest ${(all - answering).toFixed(0)} s; load of the machine ${loadavg()[0]?.toFixed(1)}`,
  );
}

function requestsOf({ times }: Tally): number {
  return sum([...times.values()].map((own) => own.length));
}

/** Least squares [MB/s]. */
function slopeOf(points: readonly [number, number][]): number {
  const mean = (values: number[]): number => sum(values) / values.length;
  const [x, y] = [mean(points.map(([a]) => a)), mean(points.map(([, b]) => b))];
  return sum(points.map(([a, b]) => (a - x) * (b - y))) / sum(points.map(([a]) => (a - x) ** 2));
}

function sum(values: readonly number[]): number {
  return values.reduce((whole, value) => whole + value, 0);
}
