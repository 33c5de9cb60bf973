/** The first page: the reserves of the dossier, when their reviews are due, what the rules find. */
import { html } from 'hono/html';
import { countryName, date, number, pick, t } from '../i18n/index.ts';
import { daysUntil } from '../periods.ts';
import type { Db } from '../store/db.ts';
import { homeCountry } from '../store/dossier.ts';
import { listSites } from '../store/sites.ts';
import type { Finding, Id, Lang, LocalText } from '../types.ts';
import { designationYear } from '../zonation/designation-year.ts';
import { declared } from '../zonation/site-facts.ts';
import { dueState } from '../zonation/site-status.ts';
import { layout } from './layout.ts';
import type { DatedStatus, StatusOf } from './statuses.ts';

type Html = ReturnType<typeof html>;

export interface SiteOverview {
  id: Id;
  name: LocalText;
  countries: string[];
  designated: number | null;
  totalHa: number | null;
  due: string | null;
  dueState: 'overdue' | 'soon' | 'later' | null;
  /** Days to the deadline; negative when it has passed. */
  days: number | null;
  findings: Record<Finding['severity'], number>;
}

export interface Overview {
  /** ISO 3166-1 alpha-2; `null` for a dossier that is not of one country. */
  country: string | null;
  sites: SiteOverview[];
}

/** The reserves of the dossier's country, or all; the parts that lie wholly in another are shown with their whole. */
export async function overview(status: StatusOf, db: Db): Promise<Overview> {
  const country = homeCountry(db);
  const sites: SiteOverview[] = [];
  for (const site of listSites(db, 'biosphere-reserve')) {
    if (country === null || site.countries.includes(country)) sites.push(siteOverview(await status(site.id)));
  }
  return { country, sites: sites.toSorted((a, b) => (a.due ?? '9999').localeCompare(b.due ?? '9999')) };
}

function siteOverview({ facts, due, findings, today }: DatedStatus): SiteOverview {
  const count = (severity: Finding['severity']): number => findings.filter((finding) => finding.severity === severity).length;
  return {
    id: facts.site.id,
    name: facts.site.name,
    countries: facts.site.countries,
    designated: designationYear(facts)?.year ?? null,
    totalHa: declared(facts, facts.site.id, 'area', 'har')[0]?.value ?? null,
    due,
    dueState: due === null ? null : dueState(due, today),
    days: due === null ? null : daysUntil(due, today),
    findings: { error: count('error'), question: count('question'), info: count('info') },
  };
}

export function countryPage({ country, sites }: Overview, lang: Lang): Html {
  const say = (key: string, values = {}): string => t(lang, `page.${key}`, values);
  const title = country === null ? say('title') : say('title-country', { country: countryName(country, lang) });
  const overdue = sites.filter((site) => site.dueState === 'overdue').length;
  const soon = sites.filter((site) => site.dueState === 'soon').length;
  return layout({
    lang,
    title: `Saryarka · ${title}`,
    path: '/',
    body: html`
<h1>${title}</h1>
<p class="lead">${say('lead', { sites: sites.length, overdue, soon })}</p>
<p><a class="button" href="/dossier.gpkg">${say('download')}</a></p>
<div class="scroll" tabindex="0" role="region" aria-label="${title}">
<table>
<thead><tr><th scope="col">${say('reserve')}</th><th scope="col">${say('designated')}</th><th scope="col" class="n">${say('total')}</th><th scope="col">${say('due')}</th><th scope="col">${say('findings')}</th><th scope="col">${say('draft')}</th></tr></thead>
<tbody>${sites.map((site) => row(site, country, lang))}</tbody>
</table>
</div>
<p class="hint">${say('due-note')}</p>`,
  });
}

function row(site: SiteOverview, home: string | null, lang: Lang): Html {
  const say = (key: string, values = {}): string => t(lang, `page.${key}`, values);
  const href = `/sites/${encodeURIComponent(site.id)}`;
  return html`<tr>
<th scope="row"><a href="${href}?lang=${lang}">${pick(site.name, lang)}</a>${site.countries.some((code) => code !== home) ? html` <small>${site.countries.join(', ')}</small>` : ''}</th>
<td data-label="${say('designated')}">${site.designated === null ? '–' : String(site.designated)}</td>
<td data-label="${say('total')}" class="n">${site.totalHa === null ? '–' : number(lang, site.totalHa)}</td>
<td data-label="${say('due')}">${dueCell(site, lang)}</td>
<td data-label="${say('findings')}"><a href="${href}?lang=${lang}#findings">${badges(site.findings, lang)}</a></td>
<td data-label="${say('draft')}"><a href="${href}/review?lang=${lang}">${say('read-draft')}</a></td>
</tr>`;
}

function dueCell(site: SiteOverview, lang: Lang): Html {
  if (site.due === null || site.days === null) return html`${t(lang, 'page.due-unknown')}`;
  const key = site.dueState === 'overdue' ? 'page.days-over' : 'page.days-left';
  return html`${date(lang, site.due)} <span class="due ${site.dueState}">${t(lang, key, { days: Math.abs(site.days) })}</span>`;
}

function badges(findings: SiteOverview['findings'], lang: Lang): Html {
  const shown = (['error', 'question', 'info'] as const).filter((severity) => findings[severity] > 0);
  return html`${shown.map((severity) => html`<span class="badge ${severity}">${t(lang, `page.count-${severity}`, { count: findings[severity] })}</span> `)}`;
}
