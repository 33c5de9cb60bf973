/**
 * From the datum of a map to WGS 84: the published shifts used where a map states none itself, with their accuracy.
 *
 *     datumNamed('D_Pulkovo_1942')   // { name: 'Pulkovo 1942', shift: [23.57, -140.95, …], accuracy: 3, source: 'EPSG:5044' }
 */

export interface Datum {
  name: string;
  /** Position vector transformation: translations [m], rotations [arc second], scale [ppm]. */
  shift: readonly number[];
  /** [m] as its source states it. */
  accuracy: number;
  source: string;
}

const NONE = [0, 0, 0] as const;

/**
 * Pulkovo 1942 by EPSG:5044 (GOST R 51794-2008), which PROJ, GDAL and QGIS use in Kazakhstan too. Its stated area of use is
 * Russia; EPSG:15865, stated for the whole of the former Union (30 stations, 4.5 m), differs from it by about 2.5 m there.
 */
const PULKOVO_1942: Datum = {
  name: 'Pulkovo 1942',
  shift: [23.57, -140.95, -79.8, 0, 0.35, 0.79, -0.22],
  accuracy: 3,
  source: 'EPSG:5044',
};

const DATUMS: { match: RegExp; datum: Datum }[] = [
  {
    match: /^(wgs?_?(19)?84.*|world_geodetic_system_1984.*|g(730|873|1150|1674|1762|2139))$/,
    datum: { name: 'WGS 84', shift: NONE, accuracy: 0, source: '' },
  },
  { match: /^(pulkovo_1942|pulkovo_42|s_?1942|s_?42|sk_?42|ск_?42|pulkovo_1942_adj_1942)$/, datum: PULKOVO_1942 },
  {
    match: /^(pulkovo_1995|pulkovo_95|s_?1995|s_?95|sk_?95|ск_?95)$/,
    datum: { name: 'Pulkovo 1995', shift: [24.47, -130.89, -81.56, 0, 0, 0.13, -0.22], accuracy: 1, source: 'EPSG:5043' },
  },
  { match: /gsk_?2011|geodezicheskaya_sistema/, datum: { name: 'GSK-2011', shift: NONE, accuracy: 1, source: 'EPSG:9773' } },
  {
    match: /^etrs_?(19)?89|european_terrestrial_reference_system_1989/,
    datum: { name: 'ETRS89', shift: NONE, accuracy: 1, source: 'EPSG:1149' },
  },
  {
    match: /^(nad_?(19)?83$|north_american_(datum_)?1983$)/,
    datum: { name: 'NAD83', shift: NONE, accuracy: 4, source: 'EPSG:1188' },
  },
  {
    match:
      /^(itrf|international_terrestrial|gda_?(94|2020)|geocentric_datum_of_australia|cgcs_?2000|china_2000|sirgas_?2000|sistema_de_referencia|jgd_?(2000|2011)|qaztrf)/,
    datum: { name: '', shift: NONE, accuracy: 2, source: 'EPSG' },
  },
];

/** Radius and flattening of Krassowsky's ellipsoid; what was surveyed on it in the Soviet Union is Pulkovo 1942 unless it says otherwise. */
const KRASSOWSKY = { a: 6_378_245, rf: 298.3 };

/** The datum that a WKT or PROJ text names; `null` where the name is not known. */
export function datumNamed(name: string): Datum | null {
  const plain = name
    .trim()
    .toLowerCase()
    .replace(/^(d|gcs)_/, '')
    .replace(/[\s().:-]+/g, '_')
    .replace(/^_|_$/g, '');
  const known = DATUMS.find(({ match }) => match.test(plain))?.datum;
  if (known === undefined) return null;
  return known.name === '' ? { ...known, name: name.trim() } : known;
}

/** The datum that is likeliest for an ellipsoid whose datum has no telling name; `null` where the ellipsoid does not tell. */
export function datumOfEllipsoid(a: number, rf: number): Datum | null {
  const near = (x: number, y: number, by: number): boolean => Math.abs(x - y) <= by;
  if (near(a, KRASSOWSKY.a, 0.5) && near(rf, KRASSOWSKY.rf, 0.001)) return PULKOVO_1942;
  if (near(a, 6_378_137, 0.5) && near(rf, 298.2572, 0.0002)) return { name: 'WGS 84', shift: NONE, accuracy: 2, source: '' };
  return null;
}
