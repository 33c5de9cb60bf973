/** What a rule is, and how it asks: a finding in four languages with its numbers, sources, zones and place. */
import { inAll, languages, number, pick, t, type Value } from '../i18n/index.ts';
import type { Finding, Geometry, Id, Lang, LocalText } from '../types.ts';
import { type Figure, tidy, unique } from './figures.ts';
import type { Profile } from './profile.ts';
import type { SiteFacts } from './site-facts.ts';

export interface RuleContext {
  /** The national profile to hold figures against, or none. */
  profile: Profile | null;
  /** ISO 8601 date. */
  today: string;
}

/** A question that can be put to a zonation. */
export interface Rule {
  id: string;
  /** What there is to ask; nothing (`[]`) where the figures agree; `null` where the figures that the rule needs are missing. */
  check(facts: SiteFacts, context: RuleContext): Finding[] | null;
}

export interface Asked {
  rule: string;
  /** The sentence is `rules.<rule>.<variant>`. */
  variant: string;
  severity: Finding['severity'];
  numbers: Finding['numbers'];
  /** The figures compared: they bring the sources and the zones. */
  figures?: Figure[];
  /** Words for `{name}` in the sentence, where a number should not be written as it is. */
  words?: Record<string, Value>;
  /** Sentences that follow, by key. */
  more?: string[];
  /** The sentences suggested for the report, by key; `rules.<rule>.<variant>-report` unless told, `null` where none makes sense. */
  report?: string[] | null;
  /** The zones asked about, beside those that the figures are of. */
  zones?: Id[];
  sources?: string[];
  place?: Geometry | null;
}

/** The finding that says what was asked about the site of `facts`. */
export function finding(facts: SiteFacts, asked: Asked): Finding {
  const { rule, variant, severity, figures = [], words = {}, more = [], sources = [], place = null, zones = [] } = asked;
  const { report = [`rules.${rule}.${variant}-report`] } = asked;
  const numbers = Object.fromEntries(
    Object.entries(asked.numbers).map(([name, n]) => [name, typeof n === 'number' ? tidy(n) : n]),
  );
  const values = { ...numbers, site: facts.site.name, ...words };
  return {
    rule,
    severity,
    site: facts.site.id,
    zones: unique([...figures.flatMap((f) => f.features), ...zones]).filter((feature) => isZone(facts, feature)),
    place,
    numbers,
    sources: unique([...figures.flatMap((f) => f.sources), ...sources]),
    text: paragraph([`rules.${rule}.${variant}`, ...more], values),
    suggestion: report === null ? null : paragraph(report, values),
  };
}

/** The sentences of `keys`, one after another, in four languages. */
function paragraph(keys: string[], values: Record<string, Value>): LocalText {
  return inEach((lang) => keys.map((key) => t(lang, key, values)).join(' '));
}

/** A text made anew for each language. */
export function inEach(write: (lang: Lang) => string): LocalText {
  return Object.fromEntries(languages.map((lang) => [lang, write(lang)]));
}

/** `items` as a list in each language: "a, b and c". */
export function listed(items: LocalText[]): LocalText {
  return inEach((lang) => new Intl.ListFormat(lang, { type: 'conjunction' }).format(items.map((item) => pick(item, lang))));
}

/** `items` side by side, told apart by semicolons. */
export function inRow(items: LocalText[]): LocalText {
  return inEach((lang) => items.map((item) => pick(item, lang)).join('; '));
}

/** A figure in hectares as it is declared: "about 500,000 ha". */
export function hectares(figure: Figure): LocalText {
  return inAll(figure.about > 0 ? 'rules.words.aboutHectares' : 'rules.words.hectares', { value: figure.value });
}

/** "850 m", or "12.4 km" from ten kilometres on. */
export function lengthText(metres: number): LocalText {
  return metres < 10_000
    ? inAll('rules.words.metres', { value: Math.round(metres) })
    : inAll('rules.words.kilometres', { value: Math.round(metres / 100) / 10 });
}

/** A share in percent with one decimal; never 0 or 100 where there is something, or something is missing. */
export function percentOf(share: number): number {
  const rounded = Math.round(share * 1000) / 10;
  return share > 0 && rounded === 0 ? 0.1 : share < 1 && rounded === 100 ? 99.9 : rounded;
}

/** "49.3514° N": four decimals are some 10 m on the ground. */
export function latitude(value: number): LocalText {
  return angle(value < 0 ? 'atSouth' : 'atNorth', value);
}

/** "86.7361° E" */
export function longitude(value: number): LocalText {
  return angle(value < 0 ? 'atWest' : 'atEast', value);
}

function angle(key: string, value: number): LocalText {
  return inEach((lang) => t(lang, `rules.words.${key}`, { value: `${number(lang, Math.abs(value), 4)}°` }));
}

/** Sentences that say why figures that do not fit are only asked about. */
export function caution(...figures: Figure[]): string[] {
  const about = figures.some((f) => f.about > 0) ? ['rules.words.approximate'] : [];
  return new Set(figures.flatMap((f) => f.origins)).size > 1 ? [...about, 'rules.words.differentSources'] : about;
}

function isZone(facts: SiteFacts, feature: Id): boolean {
  return feature !== facts.site.id && facts.parts.every((part) => feature !== part.site.id);
}
