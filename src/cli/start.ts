/** `saryarka start`: the shipped Kazakhstan dossier, built, held to the rules, reviewed and served. */
import { join } from 'node:path';
import { fileState, readSource, shippedPath, writeFile } from '../formats/source-node.ts';
import { readTable } from '../formats/tables.ts';
import { languages, pick, t } from '../i18n/index.ts';
import { reviewDocument } from '../review/document.ts';
import { datasetDigest } from '../store/catalogue.ts';
import { judgedClaims, keepVerdicts } from '../store/claims.ts';
import { transaction } from '../store/db.ts';
import { closeDossier, createDossier, openDossier, setHomeCountry } from '../store/dossier.ts';
import type { Changes } from '../store/import-table.ts';
import { lastChange, loadReviewFacts } from '../store/review-facts.ts';
import { loadSiteFacts } from '../store/site-facts.ts';
import { listSites } from '../store/sites.ts';
import type { Lang } from '../types.ts';
import type { SiteFacts } from '../zonation/site-facts.ts';
import { dueState, type SiteStatus, siteStatus } from '../zonation/site-status.ts';
import { claimCounts } from './claims.ts';
import { importTableFile } from './import.ts';
import { todayOf } from './options.ts';
import { progress } from './progress.ts';
import { serve } from './serve.ts';

interface Options {
  lang: Lang;
  folder: string;
  port?: string;
  serve: boolean;
  open?: boolean;
  today?: string;
}

/** The shipped tables, in the order in which their rows point to one another. */
const TABLES = [
  'indicators.csv',
  'kazakhstan/sources.csv',
  'kazakhstan/datasets.csv',
  'kazakhstan/sites.csv',
  'kazakhstan/designations.csv',
  'kazakhstan/overlaps.csv',
  'kazakhstan/zones.csv',
  'kazakhstan/organisations.csv',
  'kazakhstan/activities.csv',
  'kazakhstan/participations.csv',
  'kazakhstan/observations-reserves.csv',
  'kazakhstan/observations-cooperation.csv',
  'kazakhstan/observations-aral.csv',
  'kazakhstan/claims.csv',
];

const COUNTRY = 'KZ';

const SHIPPED = { licence: 'CC-BY-4.0', attribution: 'Saryarka contributors, from the sources named in each row' };

export async function start({ lang, folder, port, serve: wanted, open = false, today }: Options): Promise<number> {
  const day = todayOf(today);
  const dossier = join(folder, 'kazakhstan.gpkg');
  build(dossier, lang, day);
  await reviews(dossier, join(folder, 'reviews'), lang, day);
  return wanted ? serve(dossier, { lang, open, today: day, ...(port === undefined ? {} : { port }) }) : 0;
}

function build(dossier: string, lang: Lang, today: string): void {
  const isNew = fileState(dossier) === 'missing';
  const db = isNew ? createDossier(dossier) : openDossier(dossier);
  const bar = progress(t(lang, 'cli.building'), TABLES.length);
  try {
    const total: Changes = { added: 0, changed: 0, same: 0 };
    transaction(db, () => {
      setHomeCountry(db, COUNTRY);
      for (const [i, table] of TABLES.entries()) {
        const file = readSource(shippedPath('data', table));
        bar.step(i + 1);
        if (datasetDigest(db, `shipped/${table}`) === file.digest) {
          total.same += readTable(file, '').rows.length; // what was changed here since stays changed
          continue;
        }
        const changes = importTableFile(db, file, 'shipped', {
          id: `shipped/${table}`,
          href: `data/${table}`,
          ...SHIPPED,
        });
        for (const change of ['added', 'changed', 'same'] as const) total[change] += changes[change];
        bar.step(i + 1);
      }
    });
    keepVerdicts(db, 'shipped', today, { first: true });
    console.log(t(lang, isNew ? 'cli.built' : 'cli.rebuilt', { file: dossier, ...total }));
    console.log(t(lang, 'cli.claims.started', { file: dossier, ...claimCounts(judgedClaims(db)) }));
  } finally {
    bar.end();
    closeDossier(db);
  }
}

/** Says what the rules found and writes a draft in each language for every reserve that is due. */
async function reviews(dossier: string, folder: string, lang: Lang, today: string): Promise<void> {
  const db = openDossier(dossier, { readOnly: true });
  try {
    const facts = listSites(db, 'biosphere-reserve').map((site) => loadSiteFacts(db, site.id));
    const known: { of: SiteFacts; status: SiteStatus }[] = [];
    for (const of of facts) known.push({ of, status: await siteStatus(of, today) });
    const count = (severity: 'error' | 'question' | 'info'): number =>
      known.reduce((n, { status }) => n + status.findings.filter((finding) => finding.severity === severity).length, 0);
    console.log(
      t(lang, 'cli.checked', { sites: facts.length, errors: count('error'), questions: count('question'), infos: count('info') }),
    );
    const due = known.filter(
      ({ of, status }) => of.site.countries.includes(COUNTRY) && status.due !== null && dueState(status.due, today) !== 'later',
    );
    for (const { of } of due) {
      const review = loadReviewFacts(db, of.site.id, of);
      for (const written of languages) {
        const { bytes } = await reviewDocument(review, 'html', { lang: written, date: lastChange(db) ?? today });
        writeFile(join(folder, `${of.site.id}.${written}.html`), bytes);
      }
    }
    console.log(
      t(lang, 'cli.drafted', {
        folder,
        sites: due.length,
        names: due.map(({ of }) => pick(of.site.name, lang)).join(', ') || '–',
      }),
    );
  } finally {
    closeDossier(db);
  }
}
