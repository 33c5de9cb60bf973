/** `saryarka check`: a zone map or a dossier held to the rules of zonation. */
import { listFiles, readShipped, shippedPath, writeFile } from '../formats/source-node.ts';
import { pick, t } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import type { CertificateInput } from '../review/certificate.ts';
import { closeDossier, isDossier, openDossier } from '../store/dossier.ts';
import { loadSiteFacts } from '../store/site-facts.ts';
import { listSites } from '../store/sites.ts';
import { currentMap, mapDataset } from '../store/zonations.ts';
import type { Finding, Lang, Repair } from '../types.ts';
import { examine } from '../zonation/examine.ts';
import { zoneWords } from '../zonation/intake.ts';
import { type Profile, parseProfile } from '../zonation/profile.ts';
import type { ReadMap } from '../zonation/read-zone-map.ts';
import { judge } from '../zonation/rules.ts';
import type { SiteFacts } from '../zonation/site-facts.ts';
import { type ZoneSummary, zoneSummaries } from '../zonation/zone-summary.ts';
import { todayOf } from './options.ts';
import { readExemptions, readZoneMap, toldFinding, toldNotes } from './zone-map.ts';

interface Options {
  lang: Lang;
  site?: string;
  profile?: string;
  json?: boolean;
  today?: string;
  map?: string;
  crs?: string;
  border?: string;
  water?: string;
  output?: string;
}

/** What `--json` prints. */
interface Checked {
  zones: ZoneSummary[];
  repairs: Repair[];
  findings: Finding[];
  notes: ReadMap['notes'];
}

/** Returns 0 when nothing is worse than a question, else 1. */
export async function check(path: string, options: Options): Promise<number> {
  const { lang, profile, json = false, today } = options;
  const context = { profile: profile === undefined ? null : profileOf(profile), today: todayOf(today) };
  const exemptions = await readExemptions(options);
  const given = isDossier(path) ? factsOfDossier(path, options.site) : await factsOfMap(path, options);
  const known: SiteFacts[] = [];
  const repairs: Repair[] = [];
  for (const site of given.sites) {
    const examined = await examine(site, exemptions);
    known.push(examined.facts);
    repairs.push(...examined.repairs);
  }
  const checked: Checked = {
    zones: known.flatMap(zoneSummaries),
    repairs,
    findings: known.flatMap((facts) => judge(facts, context)),
    notes: given.notes,
  };
  if (options.output !== undefined) await certify(options.output, known, checked, given.map, context.today, lang);
  if (json) console.log(JSON.stringify(checked, null, 2));
  else for (const line of told(known, checked, lang)) console.log(line);
  return checked.findings.some((finding) => finding.severity === 'error') ? 1 : 0;
}

/** Sites to check, with what was noted while reading and, of a single site, the map its zones came from. */
interface Given {
  sites: SiteFacts[];
  notes: ReadMap['notes'];
  map: (Pick<CertificateInput, 'notes' | 'repairs'> & CertificateInput['file']) | null;
}

function factsOfDossier(path: string, site: string | undefined): Given {
  const db = openDossier(path, { readOnly: true });
  try {
    const ids = site === undefined ? listSites(db, 'biosphere-reserve').map(({ id }) => id) : [site];
    return { sites: ids.map((id) => loadSiteFacts(db, id)), notes: [], map: site === undefined ? null : currentMap(db, site) };
  } finally {
    closeDossier(db);
  }
}

/** A map without a dossier: its zones are all that is known of its site. */
async function factsOfMap(path: string, { lang, site, map, crs }: Options): Promise<Given> {
  const id = site ?? path.replace(/^.*[\\/](?=.)/, '').replace(/\.[^.]+$/, '');
  const words = map === undefined ? new Map() : zoneWords(map);
  const {
    drawn,
    notes,
    files,
    crs: found,
  } = await readZoneMap(path, {
    lang,
    site: id,
    dataset: mapDataset,
    validFrom: null,
    words,
    ...(crs === undefined ? {} : { crs }),
  });
  const facts: SiteFacts = {
    site: { id, kind: 'biosphere-reserve', name: { en: id }, countries: [], parent: null, ecosystems: null, note: null },
    designations: [],
    zones: drawn,
    observations: [],
    overlaps: [],
    parts: [],
    sources: new Map([
      [
        mapDataset(files),
        {
          id: mapDataset(files),
          title: files[0]?.name ?? path,
          href: null,
          lang: null,
          kind: 'dataset',
          licence: null,
          note: null,
        },
      ],
    ]),
    map: null,
  };
  const [first] = files;
  return {
    sites: [facts],
    notes,
    map: { name: first?.name ?? path, digest: first?.digest ?? '', crs: found, notes, repairs: [] },
  };
}

/** The certificate of one site's map: what was read, found, changed and left. */
async function certify(
  output: string,
  known: SiteFacts[],
  { repairs, findings }: Checked,
  map: Given['map'],
  today: string,
  lang: Lang,
): Promise<void> {
  const [facts] = known;
  if (facts === undefined || known.length > 1 || map === null) throw new Problem('certificate-one-map', { file: output });
  const { certificatePage } = await import('../review/certificate.ts');
  const { name, digest, crs, notes } = map;
  writeFile(
    output,
    certificatePage({ facts, repairs: [...map.repairs, ...repairs], findings, file: { name, digest, crs }, notes, today, lang }),
  );
}

function profileOf(name: string): Profile {
  const known = listFiles(shippedPath('data', 'profiles'), '.json').map((file) => file.replace(/\.json$/, ''));
  if (!known.includes(name)) throw new Problem('choice-wrong', { field: '--profile', found: name, expected: known.join(', ') });
  return parseProfile(JSON.parse(readShipped('data', 'profiles', `${name}.json`)), `${name}.json`);
}

function told(known: SiteFacts[], { zones, repairs, findings, notes }: Checked, lang: Lang): string[] {
  const lines = known.flatMap((facts) => {
    const own = findings.filter((finding) => finding.site === facts.site.id);
    const mapped = zones.filter((zone) => facts.zones.some(({ id }) => id === zone.id) && zone.areaHa !== null);
    if (own.length + mapped.length === 0) return [];
    return [
      '',
      pick(facts.site.name, lang),
      ...mapped.map(
        (zone) => `  ${t(lang, 'cli.zone-area', { zone: t(lang, `zone.${zone.kind}`), areaHa: zone.areaHa, parts: zone.parts })}`,
      ),
      ...own.flatMap((finding) => [toldFinding(finding, lang), ...finding.sources.map((source) => `      ${source}`)]),
    ];
  });
  const count = (severity: Finding['severity']): number => findings.filter((finding) => finding.severity === severity).length;
  return [
    ...toldNotes(notes, lang),
    ...(repairs.length === 0
      ? []
      : ['', t(lang, 'cli.repaired', { count: repairs.length }), ...repairs.map((repair) => `  ${pick(repair.text, lang)}`)]),
    ...lines,
    '',
    t(lang, 'cli.checked', { sites: known.length, errors: count('error'), questions: count('question'), infos: count('info') }),
  ];
}
