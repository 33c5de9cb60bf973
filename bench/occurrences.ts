/**
 * Records to zones: `node bench/occurrences.ts [records]`. A million records with circles of uncertainty against 16 sites of three zones each, goal
 * under 5 s by one processor; every hundred-thousandth is held against 40,000 points spread over its circle.
 *
 * The sites are made here: rings of 600 corners with a wavy line around a core, a buffer and a transition area, 20 to 60 km wide, in a country
 * 20 degrees wide. Half of the records lie in or near a site; radii are 10 m to 5 km.
 */
import { pointInPolygon } from '../src/science/point-in-polygon.ts';
import { seededRandom } from '../src/science/seeded-random.ts';
import { zoneIndex } from '../src/science/zone-probability.ts';
import { mostMegabytes, processorSince, say, tell, words } from './life/figure.ts';

const RECORDS = Number(words[0] ?? 1_000_000);
const [SITES, CORNERS] = [16, 600];
const RADII = [10, 30, 100, 500, 1000, 5000];

const random = seededRandom(20261123);
type At = [number, number];
const middles = Array.from({ length: SITES }, (): At => [60 + random() * 20, 44 + random() * 8]);
const ring = ([x, y]: At, size: number, wave: number): At[] =>
  Array.from({ length: CORNERS }, (_, i): At => {
    const angle = (2 * Math.PI * i) / CORNERS;
    const reach = size * (1 + 0.12 * Math.sin(7 * angle + wave) + 0.03 * Math.sin(41 * angle + wave));
    return [x + (reach * Math.cos(angle)) / Math.cos((y * Math.PI) / 180), y + reach * Math.sin(angle)];
  });
const zones = middles.flatMap((middle, i) => {
  const [inner, between, outer] = [0.09, 0.18, 0.28].map((size) => ring(middle, size, i)) as [At[], At[], At[]];
  const made = { core: [inner], buffer: [between, inner], transition: [outer, between] };
  return Object.entries(made).map(([kind, coordinates]) => ({
    id: `${i}/${kind}`,
    geometry: { type: 'Polygon' as const, coordinates },
  }));
});
const [lons, lats, radii] = [new Float64Array(RECORDS), new Float64Array(RECORDS), new Float64Array(RECORDS)];
for (let i = 0; i < RECORDS; i++) {
  const [x, y] = middles[i % SITES] as At;
  const near = random() < 0.5;
  lons[i] = near ? x + (random() - 0.5) * 0.9 : 60 + random() * 20;
  lats[i] = near ? y + (random() - 0.5) * 0.6 : 44 + random() * 8;
  radii[i] = RADII[Math.floor(random() * RADII.length)] as number;
}

const start = performance.now();
const cpu = process.cpuUsage();
const index = zoneIndex(zones);
const built = performance.now();
let [touched, parted] = [0, 0];
for (let i = 0; i < RECORDS; i++) {
  const shares = index.shares(lons[i] as number, lats[i] as number, radii[i] as number);
  if (shares.length > 0) touched++;
  if (shares.some(({ share }) => share < 1)) parted++;
}
const seconds = (performance.now() - start) / 1e3;
const processor = processorSince(cpu);
tell({
  job: `${RECORDS.toLocaleString('en')} records with circles of uncertainty into ${zones.length} zones of ${SITES} sites`,
  seconds: processor,
  clock: seconds,
  megabytes: mostMegabytes(),
  peers: [],
  goal: { seconds: 5, by: 'clock' },
});
say(
  `${RECORDS.toLocaleString('en')} records against ${SITES} sites, ${zones.length} zones, ${zones.length * CORNERS} corners and more`,
);
say(`  clock ${seconds.toFixed(2)} s (index ${((built - start) / 1e3).toFixed(2)}), processor ${processor.toFixed(2)} s`);
say(`  ${touched.toLocaleString('en')} touch a zone, ${parted.toLocaleString('en')} may lie in more than one or outside`);
say(`  largest difference from points spread over the circle: ${worst().toFixed(4)} (40,000 points: 0.003 by chance)`);

function worst(): number {
  let most = 0;
  for (let i = 0, checked = 0; i < RECORDS && checked < 12; i++) {
    const [lon, lat, radius] = [lons[i] as number, lats[i] as number, radii[i] as number];
    const shares = index.shares(lon, lat, radius);
    if (!shares.some(({ share }) => share < 1)) continue;
    checked++;
    const hits = new Map<number, number>();
    const points = 40_000;
    for (let k = 0; k < points; k++) {
      // the sunflower: evenly over a disc (Vogel 1979)
      const [reach, angle] = [radius * Math.sqrt((k + 0.5) / points), k * 2.399963229728653];
      const at: At = [
        lon + (reach * Math.cos(angle)) / (111_320 * Math.cos((lat * Math.PI) / 180)),
        lat + (reach * Math.sin(angle)) / 111_230,
      ];
      for (const { zone } of shares)
        if (pointInPolygon(at, (zones[zone] as (typeof zones)[number]).geometry) !== 'outside')
          hits.set(zone, (hits.get(zone) ?? 0) + 1);
    }
    for (const { zone, share } of shares) most = Math.max(most, Math.abs(share - (hits.get(zone) ?? 0) / points));
  }
  return most;
}
