/** A network in sentences, with what each figure means; and as a drawing. */
import { networkDrawing } from '../drawing/network.ts';
import { number, pick, t } from '../i18n/index.ts';
import { tiesOf } from '../science/network.ts';
import type { Lang, Organisation } from '../types.ts';
import type { CooperationNetwork } from './network.ts';

/** Sentences about the network as a whole, the meaning of the weight among them. */
export function networkSentences(found: CooperationNetwork, lang: Lang): string[] {
  const say = (key: string, values: Record<string, string | number> = {}): string =>
    t(lang, `cooperation.network.${key}`, values);
  const { options, net, balance, ei, communities, parts } = found;
  const three = (value: number | null): string => (value === null ? '–' : number(lang, value, 3));
  return [
    say('size', { organisations: net.nodes.length, ties: net.ties, activities: found.activities, alone: found.alone }),
    say(options.rollUp ? 'rolled-up' : 'as-written'),
    say(`weight-${options.weight}`),
    say(`meaning-${options.meaning}`),
    ...(found.persons > 0 ? [say('persons', { count: found.persons })] : []),
    say('parts', { count: parts.length, largest: parts[0] ?? 0, density: three(found.density) }),
    ...(found.eigenvector.why === undefined ? [] : [say(`eigenvector-${found.eigenvector.why}`)]),
    say(communities.stable ? 'communities' : 'communities-unstable', {
      count: communities.sizes.length,
      modularity: three(communities.modularity),
      agreement: three(communities.agreement.mean),
      runs: options.runs,
      seed: options.seed,
    }),
    say('ei', { value: three(ei.value), across: ei.across, within: ei.within, unknown: ei.unknown }),
    say('balance', { ...balance }),
  ];
}

/** The drawing, its circles numbered like the rows of the table. Groups are coloured only where they are no matter of chance. */
export function networkSvg(
  found: CooperationNetwork,
  { lang, organisations, width }: { lang: Lang; organisations: ReadonlyMap<string, Organisation>; width?: number },
): string {
  const place = new Map(found.nodes.map(({ id }, i) => [id, i]));
  const { stable } = found.communities;
  const say = (key: string, values: Record<string, string | number> = {}): string =>
    t(lang, `cooperation.network.${key}`, values);
  return networkDrawing({
    nodes: found.nodes.map((one, i) => ({
      number: i + 1,
      name: organisations.get(one.id)?.acronym ?? (pick(one.name, lang) || one.id),
      degree: one.degree,
      group: stable ? one.community : null,
    })),
    ties: tiesOf(found.net).map(({ a, b, weight }) => ({ a: place.get(a) ?? 0, b: place.get(b) ?? 0, weight })),
    title: say('title'),
    description: say('size', {
      organisations: found.nodes.length,
      ties: found.net.ties,
      activities: found.activities,
      alone: found.alone,
    }),
    notes: [
      say('drawing'),
      say(stable ? 'drawing-groups' : 'drawing-no-groups'),
      say(found.options.rollUp ? 'rolled-up' : 'as-written'),
    ],
    lang,
    seed: found.options.seed,
    ...(width === undefined ? {} : { width }),
  });
}
