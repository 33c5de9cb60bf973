/**
 * A network as a graph for files: organisations tied by shared activities, or organisations and activities as they are (two-mode).
 *
 *     writeGexf(graphOf(found, { mode: 'two', lang: 'en', activities }));   // with periods, opens in Gephi with its time line
 */
import type { Graph, GraphNode } from '../formats/graph-model.ts';
import { pick } from '../i18n/index.ts';
import { tiesOf } from '../science/network.ts';
import type { Activity, Lang } from '../types.ts';
import type { CooperationNetwork } from './network.ts';

export interface GraphOptions {
  mode: 'one' | 'two';
  lang: Lang;
  /** For the periods of activities. */
  activities: readonly Activity[];
}

export function graphOf(found: CooperationNetwork, { mode, lang, activities }: GraphOptions): Graph {
  const organisations = found.nodes.map(
    (one): GraphNode => ({
      id: one.id,
      label: pick(one.name, lang) || one.id,
      period: null,
      spells: [],
      values: {
        mode: 'organisation',
        ...(one.country === null ? {} : { country: one.country }),
        degree: one.degree,
        strength: one.strength,
        betweenness: one.betweenness,
        core: one.core,
        community: one.community,
      },
    }),
  );
  const nodeAttributes = [
    { id: 'mode', title: 'mode', type: 'string' },
    { id: 'country', title: 'country', type: 'string' },
    { id: 'degree', title: 'degree', type: 'integer' },
    { id: 'strength', title: 'strength', type: 'double' },
    { id: 'betweenness', title: 'betweenness', type: 'double' },
    { id: 'core', title: 'core', type: 'integer' },
    { id: 'community', title: 'community', type: 'integer' },
  ];
  const none = { directed: false, label: null, period: null, spells: [], values: {} };
  const head = { directed: false, nodeAttributes, edgeAttributes: [] };
  if (mode === 'one') {
    const edges = tiesOf(found.net).map(({ a, b, weight }, i) => ({ ...none, id: `e${i}`, source: a, target: b, weight }));
    return { ...head, timeFormat: null, nodes: organisations, edges };
  }
  const byId = new Map(activities.map((one) => [one.id, one]));
  const taken = [...new Set(found.taken.map(({ activity }) => activity))];
  const ids = new Set(organisations.map(({ id }) => id));
  const nodeId = (activity: string): string => (ids.has(activity) ? `activity/${activity}` : activity);
  const done = taken.map((id): GraphNode => {
    const { title = {}, period = null, kind = '' } = byId.get(id) ?? {};
    const dated = period !== null && (period.start !== null || period.end !== null);
    return {
      id: nodeId(id),
      label: pick(title, lang) || id,
      period: dated ? { start: day(period.start), end: lastDay(period.end) } : null,
      spells: [],
      values: { mode: 'activity', kind },
    };
  });
  const edges = found.taken.map(({ activity, partner }, i) => ({
    ...none,
    id: `e${i}`,
    source: partner,
    target: nodeId(activity),
    weight: 1,
  }));
  return {
    ...head,
    nodeAttributes: [...nodeAttributes, { id: 'kind', title: 'kind', type: 'string' }],
    timeFormat: 'date',
    nodes: [...organisations, ...done],
    edges,
  };
}

const day = (text: string | null): string | null => text?.slice(0, 10) ?? null;

/** GEXF includes the end, our periods do not. */
function lastDay(text: string | null): string | null {
  return text === null ? null : new Date(Date.parse(text.slice(0, 10)) - 86_400_000).toISOString().slice(0, 10);
}
