/** One reserve: its zones as declared and computed, what a reviewer may ask, and its drafts. */
import { html } from 'hono/html';
import { date, languages, number, pick, t } from '../i18n/index.ts';
import type { Finding, Lang } from '../types.ts';
import type { SiteFacts } from '../zonation/site-facts.ts';
import { zoneSummaries } from '../zonation/zone-summary.ts';
import { layout } from './layout.ts';
import type { DatedStatus } from './statuses.ts';

type Html = ReturnType<typeof html>;

export function sitePage({ facts, due, findings }: DatedStatus, lang: Lang): Html {
  const say = (key: string, values = {}): string => t(lang, `page.${key}`, values);
  const name = pick(facts.site.name, lang);
  const path = `/sites/${encodeURIComponent(facts.site.id)}`;
  return layout({
    lang,
    title: `${name} · Saryarka`,
    path,
    body: html`
<p><a href="/?lang=${lang}">${say('back')}</a></p>
<h1>${name}</h1>
<p class="lead">${due === null ? say('due-unknown') : say('due-on', { date: date(lang, due) })}</p>
${facts.parts.length === 0 ? '' : html`<p>${say('parts')} ${facts.parts.map((part) => html`<a href="/sites/${encodeURIComponent(part.site.id)}?lang=${lang}">${pick(part.site.name, lang)}</a> `)}</p>`}
<h2>${say('zones')}</h2>
${zoneTable(facts, lang)}
<h2 id="findings">${say('findings')}</h2>
<p class="hint">${say('findings-note')}</p>
${findings.map((finding) => findingBox(finding, lang))}
<h2>${say('draft')}</h2>
<ul>${languages.map((l) => html`<li lang="${l}">${draftLinks(path, l)}</li>`)}</ul>`,
  });
}

/** A row for each kind of zone, and below it the zones of that kind where a map draws several: only they have areas of their own. */
function zoneTable(facts: SiteFacts, lang: Lang): Html {
  const current = zoneSummaries(facts).filter(({ id }) => facts.zones.some((zone) => zone.id === id && zone.valid.end === null));
  if (current.length === 0) return html`<p>${t(lang, 'page.no-zones')}</p>`;
  const rows = (['core', 'buffer', 'transition'] as const).flatMap((kind) => {
    const zones = current.filter((zone) => zone.kind === kind);
    const drawn = zones.flatMap(({ areaHa }) => areaHa ?? []);
    const declared = zones.find(({ declaredHa }) => declaredHa !== null)?.declaredHa ?? null;
    const computed = drawn.length === 0 ? null : drawn.reduce((sum, areaHa) => sum + areaHa, 0);
    const parts = zones.length < 2 ? [] : zones.filter(({ areaHa }) => areaHa !== null);
    return zones.length === 0
      ? []
      : [
          zoneRow(t(lang, `zone.${kind}`), declared, computed, lang),
          ...parts.map((zone) => zoneRow(`· ${pick(zone.name, lang) || zone.id}`, null, zone.areaHa, lang)),
        ];
  });
  return html`<table><thead><tr><th scope="col">${t(lang, 'review.zone')}</th><th scope="col" class="n">${t(lang, 'review.declared-ha')}</th><th scope="col" class="n">${t(lang, 'review.computed-ha')}</th></tr></thead>
<tbody>${rows}</tbody></table>`;
}

function zoneRow(name: string, declaredHa: number | null, areaHa: number | null, lang: Lang): Html {
  const figure = (value: number | null): string => (value === null ? '–' : number(lang, value));
  return html`<tr><th scope="row">${name}</th>
<td class="n" data-label="${t(lang, 'review.declared-ha')}">${figure(declaredHa)}</td><td class="n" data-label="${t(lang, 'review.computed-ha')}">${figure(areaHa)}</td></tr>`;
}

function findingBox(finding: Finding, lang: Lang): Html {
  return html`<section class="finding ${finding.severity}">
<p><strong>${finding.rule} · ${t(lang, `severity.${finding.severity}`)}</strong> ${pick(finding.text, lang)}</p>
${finding.sources.length === 0 ? '' : html`<ul>${finding.sources.map((source) => html`<li>${/^https?:\/\//.test(source) ? html`<a href="${source}" rel="noreferrer">${source}</a>` : source}</li>`)}</ul>`}
</section>`;
}

/** The draft in one language: as a page, and as files. */
function draftLinks(path: string, lang: Lang): Html {
  const name = t(lang, `language.${lang}`);
  const file = (format: string, label: string): Html =>
    html`<a hreflang="${lang}" href="${path}/review?lang=${lang}&format=${format}" aria-label="${name}, ${label}">${label}</a>`;
  return html`<a hreflang="${lang}" href="${path}/review?lang=${lang}">${name}</a> · ${file('docx', 'Word')} · ${file('pdf', 'PDF')}`;
}
