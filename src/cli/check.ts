/** `saryarka check`: a zone map or a dossier held to the rules of zonation. */
import { readGeojson } from '../formats/geojson.ts';
import { listFiles, readShipped, readSource, shippedPath } from '../formats/source-node.ts';
import { pick, t } from '../i18n/index.ts';
import { Problem } from '../problems.ts';
import { closeDossier, isDossier, openDossier } from '../store/dossier.ts';
import { loadSiteFacts } from '../store/site-facts.ts';
import { listSites } from '../store/sites.ts';
import type { Finding, Lang, Repair } from '../types.ts';
import { intake, type ZoneNames } from '../zonation/intake.ts';
import { type Profile, parseProfile } from '../zonation/profile.ts';
import { judge } from '../zonation/rules.ts';
import type { SiteFacts } from '../zonation/site-facts.ts';
import { type ZoneSummary, zoneSummaries } from '../zonation/zone-summary.ts';
import { todayOf } from './options.ts';

interface Options {
  lang: Lang;
  site?: string;
  profile?: string;
  json?: boolean;
  today?: string;
}

interface Checked {
  zones: ZoneSummary[];
  repairs: Repair[];
  findings: Finding[];
}

/** Returns 0 when nothing is worse than a question, else 1. */
export async function check(path: string, { lang, site, profile, json = false, today }: Options): Promise<number> {
  const context = { profile: profile === undefined ? null : profileOf(profile), today: todayOf(today) };
  const known = isDossier(path) ? factsOfDossier(path, site) : [factsOfMap(path, site)];
  const checked: Checked = {
    zones: known.flatMap(zoneSummaries),
    repairs: [],
    findings: known.flatMap((facts) => judge(facts, context)),
  };
  if (json) console.log(JSON.stringify(checked, null, 2));
  else for (const line of told(known, checked, lang)) console.log(line);
  return checked.findings.some((finding) => finding.severity === 'error') ? 1 : 0;
}

function factsOfDossier(path: string, site: string | undefined): SiteFacts[] {
  const db = openDossier(path, { readOnly: true });
  try {
    const ids = site === undefined ? listSites(db, 'biosphere-reserve').map(({ id }) => id) : [site];
    return ids.map((id) => loadSiteFacts(db, id));
  } finally {
    closeDossier(db);
  }
}

/** A map without a dossier: its zones are all that is known of its site. */
function factsOfMap(path: string, site: string | undefined): SiteFacts {
  const file = readSource(path);
  const id = site ?? file.name.replace(/\.[^.]+$/, '');
  const names = JSON.parse(readShipped('data', 'zone-names.json')) as ZoneNames;
  const { zones } = intake(readGeojson(file), names, { site: id, from: { dataset: file.digest, row: '*' }, validFrom: null });
  return {
    site: { id, kind: 'biosphere-reserve', name: { en: id }, countries: [], parent: null, ecosystems: null, note: null },
    designations: [],
    zones,
    observations: [],
    overlaps: [],
    parts: [],
    sources: new Map(),
  };
}

function profileOf(name: string): Profile {
  const known = listFiles(shippedPath('data', 'profiles'), '.json').map((file) => file.replace(/\.json$/, ''));
  if (!known.includes(name)) throw new Problem('choice-wrong', { field: '--profile', found: name, expected: known.join(', ') });
  return parseProfile(JSON.parse(readShipped('data', 'profiles', `${name}.json`)), `${name}.json`);
}

function told(known: SiteFacts[], { zones, findings }: Checked, lang: Lang): string[] {
  const lines = known.flatMap((facts) => {
    const own = findings.filter((finding) => finding.site === facts.site.id);
    if (own.length === 0) return [];
    return [
      '',
      pick(facts.site.name, lang),
      ...zones
        .filter((zone) => facts.zones.some(({ id }) => id === zone.id) && zone.areaHa !== null)
        .map(
          (zone) =>
            `  ${t(lang, 'cli.zone-area', { zone: t(lang, `zone.${zone.kind}`), areaHa: zone.areaHa, parts: zone.parts })}`,
        ),
      ...own.flatMap((finding) => [
        `  ${finding.rule} ${t(lang, `severity.${finding.severity}`)}: ${pick(finding.text, lang)}`,
        ...finding.sources.map((source) => `      ${source}`),
      ]),
    ];
  });
  const count = (severity: Finding['severity']): number => findings.filter((finding) => finding.severity === severity).length;
  return [
    ...lines,
    '',
    t(lang, 'cli.checked', { sites: known.length, errors: count('error'), questions: count('question'), infos: count('info') }),
  ];
}
