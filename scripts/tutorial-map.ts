/**
 * Draws the zone map of the invented reserve Qiyal (`data/tutorial/zones.geojson`), sound first, then with one fault of
 * each kind. The map belongs to no place: it is made of squares so that every fault can be found by eye.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

type Position = [number, number];

/** South-western corner [deg] and the side of a square [deg]: about 0.71 km by 1.11 km. */
const [WEST, SOUTH, UNIT] = [68, 50.5, 0.01];
/** A metre along a parallel and along a meridian, in squares. */
const METRE = { x: 1 / 709, y: 1 / 1112 };

const at = (x: number, y: number): Position => [round(WEST + x * UNIT), round(SOUTH + y * UNIT)];
const round = (degrees: number): number => Math.round(degrees * 1e8) / 1e8;
const ring = (...corners: Position[]): Position[] => [...corners, corners[0] ?? at(0, 0)];
const box = (x1: number, y1: number, x2: number, y2: number): Position[] => ring(at(x1, y1), at(x2, y1), at(x2, y2), at(x1, y2));
const hole = (outer: Position[]): Position[] => [...outer].reverse();

const feature = (id: number, zone: string, name: string | null, polygons: Position[][][]) => ({
  type: 'Feature',
  properties: { id, аймақ: zone, name },
  geometry:
    polygons.length === 1 ? { type: 'Polygon', coordinates: polygons[0] } : { type: 'MultiPolygon', coordinates: polygons },
});

const buffer = box(5, 4, 25, 16);
const oak = box(9, 7, 13, 12); // first core
const lake = box(17, 8, 21, 13); // second core

// The first core: its ring is left open, and its eastern side is drawn 5 m into the buffer zone: an overlap.
const openRing = box(9, 7, 13 + 5 * METRE.x, 12).slice(0, -1);

// The second core: one corner stands twice.
const repeated = [at(17, 8), at(21, 8), at(21, 8), at(21, 13), at(17, 13), at(17, 8)];

// The buffer zone: its outer ring runs clockwise; its southern side was digitised again, up to 3 m off; its northern side
// stops 4 m short of the transition area: a gap; one of its parts has no area.
const jittered = [9, 13, 17, 21].map((x, i) => at(x, 4 + (i % 2 === 0 ? 3 : -2) * METRE.y));
const clockwise = hole(ring(at(5, 4), ...jittered, at(25, 4), at(25, 16 - 4 * METRE.y), at(5, 16 - 4 * METRE.y)));
const collapsed = [at(10, 5), at(12, 5), at(11, 5), at(10, 5)];

// The transition area: a spike on its southern side, a small loop in its north-eastern corner.
const outer = ring(
  at(0, 0),
  at(15, 0),
  at(15, -0.5),
  at(15, 0),
  at(30, 0),
  at(30, 20 - 12 * METRE.y),
  at(30 - 8 * METRE.x, 20 + 4 * METRE.y),
  at(30 + 6 * METRE.x, 20 + 4 * METRE.y),
  at(30 - 14 * METRE.x, 20),
  at(0, 20),
);
const holeOutside = hole(box(32, 2, 32.01, 2.01));

// Beyond the tolerance: a meadow of the transition area that reaches 600 m into the buffer zone.
const meadow = box(24.15, 9, 25, 11);
// A sliver left over from editing: 300 m by 2 m.
const sliver = box(26, 18, 26 + 300 * METRE.x, 18 + 2 * METRE.y);
// A village of the transition area that hangs together with nothing, with a hole outside its ring.
const village = box(33, 8, 35, 10);

const features = [
  feature(1, 'негізгі аймақ', 'Емен', [[openRing]]),
  feature(2, 'ядро', 'Көл', [[repeated]]),
  feature(3, 'ядро', 'Көл', [[repeated]]), // the same feature twice
  feature(4, 'Буфферная зона', null, [[clockwise, hole(oak), hole(lake)], [collapsed]]), // with a slip of spelling
  feature(5, 'өтпелі аймақ', null, [[outer, hole(buffer)]]),
  feature(6, 'шабындық', null, [[meadow]]), // a word that has to be asked for
  feature(7, 'өтпелі аймақ', null, [[sliver]]),
  feature(8, 'өтпелі аймақ', 'Ауыл', [[village, holeOutside]]),
];

const lines = features.map((of) => JSON.stringify(of)).join(',\n');
const file = fileURLToPath(new URL('../data/tutorial/zones.geojson', import.meta.url));
writeFileSync(
  file,
  `{"type":"FeatureCollection","name":"Qiyal, an INVENTED biosphere reserve for the tutorial","features":[\n${lines}\n]}\n`,
);
