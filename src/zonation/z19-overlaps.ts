/**
 * Z19: other designations of the same ground are listed, and their areas are the same as those of the reserve.
 *
 * Areas of the other place count even when the dossier marks them as doubtful: that two are printed is what is asked about.
 */
import { inAll, pick } from '../i18n/index.ts';
import type { Finding, LocalText } from '../types.ts';
import { type Figure, figure, principal, unique, zoneArea } from './figures.ts';
import { finding, hectares, inEach, inRow, type Rule } from './rule.ts';
import { declared, type SiteFacts, sourceText } from './site-facts.ts';
import { agree } from './z11-sources.ts';

type Other = SiteFacts['overlaps'][number];

export const z19: Rule = {
  id: 'Z19',
  check(facts) {
    if (facts.overlaps.length === 0) return [];
    const others = facts.overlaps.filter((o, i) => facts.overlaps.findIndex((p) => p.other.id === o.other.id) === i);
    return [list(facts, others), ...others.flatMap((other) => [...compareParts(facts, other), ...compareAreas(facts, other)])];
  },
};

/** One note that names every designation the reserve overlaps with. */
function list(facts: SiteFacts, others: Other[]): Finding {
  const sources = facts.overlaps.map(({ overlap }) => sourceText(facts, overlap.from));
  const names = inRow(others.map(title));
  return finding(facts, {
    rule: 'Z19',
    variant: 'listed',
    severity: 'info',
    numbers: { overlaps: others.length },
    words: { names },
    sources,
  });
}

/** "Western Tien-Shan (World Heritage, 1490, 2016)" */
function title({ other, designations }: Other): LocalText {
  const codes = unique(designations.map(({ code }) => code)).filter((code) => code !== null);
  const years = unique(designations.map(({ year }) => year)).filter((year) => year !== null);
  return inEach(
    (lang) => `${pick(other.name, lang)} (${[pick(inAll(`rules.kinds.${other.kind}`), lang), ...codes, ...years].join(', ')})`,
  );
}

/** The part of the other place that lies here against the zone that should be the same ground. */
function compareParts(facts: SiteFacts, other: Other): Finding[] {
  const pairs = [
    { variant: 'part', kind: 'core', indicator: 'property-part-area' },
    { variant: 'part', kind: 'buffer', indicator: 'property-part-buffer-area' },
  ] as const;
  return pairs.flatMap(({ variant, kind, indicator }) => {
    const part = principal(areas(facts, other, indicator, facts.site.id));
    const zone = zoneArea(facts, kind);
    if (part === null || zone === null || agree({ ...part, period: null }, zone)) return [];
    return [
      finding(facts, {
        rule: 'Z19',
        variant,
        severity: 'info',
        numbers: { [`${kind}Ha`]: zone.value, partHa: part.value, differenceHa: Math.abs(zone.value - part.value) },
        figures: [zone, { ...part, features: [] }],
        words: {
          other: other.other.name,
          zone: inAll(`zone.${kind}`),
          declared: hectares(zone),
          what: inAll(`rules.Z19.${indicator}`),
          part: hectares(part),
        },
      }),
    ];
  });
}

/** Two areas that are declared for the other place as a whole. */
function compareAreas(facts: SiteFacts, other: Other): Finding[] {
  const [first, ...rest] = areas(facts, other, 'area');
  const second = first === undefined ? undefined : rest.find((f) => !agree(first, f));
  if (first === undefined || second === undefined) return [];
  return [
    finding(facts, {
      rule: 'Z19',
      variant: 'two-areas',
      severity: 'info',
      numbers: { firstHa: first.value, secondHa: second.value, differenceHa: Math.abs(first.value - second.value) },
      figures: [first, second].map((f) => ({ ...f, features: [] })),
      words: { other: other.other.name, first: hectares(first), second: hectares(second) },
    }),
  ];
}

/** Areas declared for the other place, or for its part in the reserve [ha]. */
function areas(facts: SiteFacts, { other, observations }: Other, indicator: string, part?: string): Figure[] {
  const theirs: SiteFacts = {
    ...facts,
    site: other,
    observations: observations.map((o) => ({ ...o, quality: o.quality === 'doubtful' ? 'unconfirmed' : o.quality })),
  };
  return declared(theirs, other.id, indicator, 'har')
    .filter(({ observation }) => observation.by.class === part)
    .map((d) => figure(d, 'har'));
}
