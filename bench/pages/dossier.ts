/**
 * The dossier of the bench of the pages: one reserve with zones of many corners, 2,000 places, 100,000 observations, 100,000
 * occurrences and a text in every section of its review. The same at every run.
 */
import { encodePoint } from '../../src/formats/geopackage-binary.ts';
import { sectionsOf } from '../../src/review/sections.ts';
import { shippedForm } from '../../src/review/shipped-form.ts';
import { saveAnswer } from '../../src/store/answers.ts';
import { putDataset, putIndicator, putSource } from '../../src/store/catalogue.ts';
import { refreshAreas } from '../../src/store/computed.ts';
import { type Db, run, transaction } from '../../src/store/db.ts';
import { closeDossier, createDossier } from '../../src/store/dossier.ts';
import { shippedIndicators } from '../../src/store/keep-computed.ts';
import { putTaxon } from '../../src/store/occurrences.ts';
import { putEntry } from '../../src/store/records.ts';
import { putSite } from '../../src/store/sites.ts';
import { putZone } from '../../src/store/zones.ts';
import { nestedZones } from '../../test/drawing/map-shapes.ts';

export const SITE = 'large';
/** Places of the register that the layers of the map are made of. */
export const PLACES = 2000;
/** Observations, and occurrences. */
export const ROWS = 100_000;

const CENTRE: [number, number] = [69.2, 50.4];
const FROM = { source: 'bench' };
/** As much as is often written: about 250 words. */
const PROSE = Array.from({ length: 25 }, (_, i) => `Уровень озера в ${2001 + i} году держался у прежней отметки.`).join(' ');

/** Writes it to a new file. */
export function buildLarge(path: string): void {
  const db = createDossier(path);
  transaction(db, () => {
    putSource(db, 'bench', { id: 'bench', title: 'Bench', href: null, lang: 'en', kind: 'own', licence: null, note: null });
    for (const indicator of shippedIndicators()) putIndicator(db, 'bench', indicator);
    putDataset(db, 'bench', {
      id: 'series',
      title: { en: 'Series' },
      kind: 'series',
      href: 'series.csv',
      mediaType: 'text/csv',
      digest: null,
      crs: null,
      period: null,
      licence: 'CC0-1.0',
      attribution: 'Bench',
    });
    putSite(db, 'bench', {
      id: SITE,
      kind: 'biosphere-reserve',
      name: { ru: 'Большой', en: 'Large' },
      countries: ['KZ'],
      parent: null,
      ecosystems: null,
      note: null,
    });
    for (const { kind, geometry } of nestedZones(CENTRE, 60, 4000))
      putZone(db, 'bench', {
        id: `${SITE}/${kind}`,
        site: SITE,
        kind,
        name: { ru: kind },
        valid: { start: '2014-01-01', end: null },
        geometry,
        from: FROM,
      });
    putTaxon(db, 'bench', {
      id: 'taxon',
      name: 'Otis tarda',
      rank: 'species',
      parent: null,
      vernacular: {},
      categories: {},
      sensitivity: null,
      sensitivityReason: null,
    });
    for (let n = 0; n < PLACES; n += 1) {
      const [longitude, latitude] = placed(n);
      const fields = { variable: `Уровень воды, пост ${n}`, place: n % 3 === 0 ? 'озеро' : 'река', longitude, latitude };
      putEntry(db, 'bench', {
        id: `${SITE}/monitoring/${n}`,
        site: SITE,
        register: 'monitoring',
        fields,
        confidential: false,
        from: FROM,
      });
    }
    addObservations(db);
    addOccurrences(db);
    addTexts(db);
  });
  refreshAreas(db, 'bench', '2026-01-01T00:00:00.000Z');
  db.exec('analyze');
  closeDossier(db);
}

function placed(n: number): [number, number] {
  return [CENTRE[0] + Math.sin(n * 1.7) * 0.6, CENTRE[1] + Math.cos(n * 2.3) * 0.4];
}

/** Days of eight gauges at three zones and the whole. */
function addObservations(db: Db): void {
  const indicators = [
    'lake-level',
    'lake-area',
    'salinity',
    'inflow',
    'outflow',
    'lake-precipitation',
    'lake-evaporation',
    'fish-catch',
  ];
  const features = [SITE, `${SITE}/core`, `${SITE}/buffer`, `${SITE}/transition`];
  const units = new Map(shippedIndicators().map(({ id, unit }) => [id, unit]));
  const each = indicators.length * features.length;
  for (let n = 0; n < ROWS; n += 1) {
    const indicator = indicators[n % indicators.length] ?? '';
    const feature = features[Math.floor(n / indicators.length) % features.length] ?? '';
    const day = Math.floor(n / each);
    const [start, end] = [day, day + 1].map((d) => new Date(Date.UTC(2016, 0, 1 + d)).toISOString().slice(0, 10));
    run(
      db,
      `insert into observations (id, indicator, feature, period_start, period_end, value, unit, role, quality, from_dataset, from_row)
       values (?, ?, ?, ?, ?, ?, ?, 'observed', 'ok', 'series', ?)`,
      [
        `${indicator}-${n}`,
        indicator,
        feature,
        start ?? '',
        end ?? '',
        100 + Math.sin(day / 20),
        units.get(indicator) ?? '1',
        String(n),
      ],
    );
  }
}

function addOccurrences(db: Db): void {
  for (let n = 0; n < ROWS; n += 1)
    run(
      db,
      `insert into occurrences (geom, id, site, taxon, period_start, period_end, count, basis, from_dataset, from_row, from_source)
       values (?, ?, ?, 'taxon', '2024-05-01', '2024-05-02', ?, 'HumanObservation', 'series', ?, null)`,
      [encodePoint(placed(n)), `seen-${n}`, SITE, 1 + (n % 9), String(n)],
    );
}

function addTexts(db: Db): void {
  const form = shippedForm();
  for (const { section } of sectionsOf(form).filter((one) => one.section.kinds.includes('written')))
    saveAnswer(
      db,
      'bench',
      { site: SITE, form: form.id, section: section.id, lang: 'ru' },
      { text: PROSE, author: 'Bench', written: '2026-01-01', confidential: false },
    );
}
