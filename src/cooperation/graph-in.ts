/**
 * A network of another program as organisations, activities and who took part in what.
 *
 *     const found = graphNouns(readGraph(file).graph, { dataset, findOrganisation, findActivity, freeId, ties: null });
 *     found.participations, found.skipped   // { 'tie-no-activity': 12, 'self': 1 }
 *
 * A graph with nodes of two kinds (organisations and activities) comes in as it is. A tie between two organisations names no activity:
 * it is left out and counted, unless somebody says as what kind of activity ties are to be taken; then each becomes one of its own.
 * What the dossier knows already stays as it is.
 */
import type { Graph, GraphEdge, GraphNode, GraphSpell } from '../formats/graph-model.ts';
import { periodOf } from '../periods.ts';
import type { Activity, ActivityKind, Id, Organisation, Participation } from '../types.ts';

export const TIE_KINDS = [
  'programme',
  'project',
  'training',
  'event',
  'award',
  'agreement',
  'chair',
  'centre',
  'designation',
  'curriculum',
  'transfer',
  'membership',
  'policy',
] as const satisfies readonly ActivityKind[];
const ROLES: readonly string[] = [
  'funding',
  'accountable',
  'extending',
  'implementing',
  'host',
  'partner',
  'participant',
  'beneficiary',
];

/** Titles of attributes that say which of two modes a node is of, and their words. */
const MODE = /^(mode|node[ _-]?type|type|kind|class|category|bipartite|set)$/i;
const ORGANISATION = /^(org|organi[sz]ations?|institutions?|partners?|actors?|agency|agencies|организаци[яи]|ұйым|kuruluş|0)$/i;
const ACTIVITY =
  /^(activit(y|ies)|events?|projects?|programmes?|programs?|meetings?|affiliations?|мероприяти[ея]|деятельность|проекты?|іс-шара|жоба|faaliyet|etkinlik|proje|1)$/i;

/** Why something was left out, or taken with less than it had. */
export type GraphLoss = 'tie-no-activity' | 'activities-tied' | 'self' | 'twice' | 'weight' | 'kind' | 'period';

export interface GraphInOptions {
  dataset: Id;
  /** The organisation that an id or a name means, `null` where the dossier has none. @throws for a name of several */
  findOrganisation(node: { id: string; label: string }): Id | null;
  findActivity(node: { id: string; label: string }): Id | null;
  /** An id for something new. */
  freeId(label: string): Id;
  /** As what ties between organisations are taken; `null`: they are left out. */
  ties: ActivityKind | null;
}

export interface GraphNouns {
  /** New ones only. */
  organisations: Organisation[];
  activities: Activity[];
  /** `stated`: the graph says the role; otherwise any role that is known already says as much. */
  participations: (Participation & { stated: boolean })[];
  /** Organisations and activities that the dossier has already. */
  known: { organisations: Id[]; activities: Id[] };
  /** Whether nodes of two kinds were told apart, and by which attribute. */
  modes: string | null;
  losses: Partial<Record<GraphLoss, number>>;
}

export function graphNouns(graph: Graph, { dataset, findOrganisation, findActivity, freeId, ties }: GraphInOptions): GraphNouns {
  const found: GraphNouns = {
    organisations: [],
    activities: [],
    participations: [],
    known: { organisations: [], activities: [] },
    modes: null,
    losses: {},
  };
  const lose = (why: GraphLoss): void => {
    found.losses[why] = (found.losses[why] ?? 0) + 1;
  };
  const mode = modeOf(graph);
  found.modes = mode?.title ?? null;
  const place = new Map<string, { id: Id; of: 'organisation' | 'activity' }>();
  for (const node of graph.nodes) {
    const label = labelOf(node, graph);
    const of = mode?.isActivity(node) === true ? 'activity' : 'organisation';
    const own = { id: node.id.replace(/^activity\//, ''), label };
    const known = of === 'activity' ? findActivity(own) : findOrganisation(own);
    const id = known ?? freeId(label);
    place.set(node.id, { id, of });
    if (known !== null) found.known[of === 'activity' ? 'activities' : 'organisations'].push(known);
    else if (of === 'organisation') found.organisations.push(organisationOf(id, node, label, graph));
    else found.activities.push(activityOf(id, node, label, { graph, dataset, lose }));
  }
  const taken = new Set<string>();
  const part = (activity: Id, organisation: Id, edge: GraphEdge, i: number): void => {
    const role = String(attributeOf(edge.values, graph.edgeAttributes, /^role$/i) ?? edge.label ?? '');
    const stated = ROLES.includes(role);
    const as = (stated ? role : 'partner') as Participation['role'];
    const key = `${activity}+${organisation}+${as}`;
    if (taken.has(key)) {
      lose('twice');
      return;
    }
    taken.add(key);
    found.participations.push({ activity, organisation, person: null, role: as, stated, from: { dataset, row: rowOf(edge, i) } });
  };
  for (const [i, edge] of graph.edges.entries()) {
    const [a, b] = [place.get(edge.source), place.get(edge.target)];
    if (a === undefined || b === undefined) continue; // told by the reader
    if (a.id === b.id && a.of === b.of) lose('self');
    else if (a.of === 'activity' && b.of === 'activity') lose('activities-tied');
    else if (a.of === 'activity' || b.of === 'activity') {
      part(a.of === 'activity' ? a.id : b.id, a.of === 'activity' ? b.id : a.id, edge, i);
      if (edge.weight !== null && edge.weight !== 1) lose('weight');
    } else if (ties === null) lose('tie-no-activity');
    else {
      const names = [edge.source, edge.target].map((end) =>
        labelOf(graph.nodes.find(({ id }) => id === end) as GraphNode, graph),
      );
      const title = edge.label ?? names.join(' – ');
      const known = findActivity({ id: '', label: title });
      const id = known ?? freeId(title);
      if (known !== null) found.known.activities.push(known);
      else
        found.activities.push(
          newActivity(id, title, { kind: ties, period: periodIn(edge, lose), from: { dataset, row: rowOf(edge, i) } }),
        );
      for (const end of [a, b]) part(id, end.id, edge, i);
      if (edge.weight !== null && edge.weight !== 1) lose('weight');
    }
  }
  return found;
}

/** The attribute by which nodes are organisations or activities; `null` where none tells all of them apart. */
function modeOf({ nodes, nodeAttributes }: Graph): { title: string; isActivity(node: GraphNode): boolean } | null {
  for (const { id, title } of nodeAttributes.filter((one) => MODE.test(one.title) || MODE.test(one.id))) {
    const word = (node: GraphNode): string => String(node.values[id] ?? '');
    const activities = nodes.filter((node) => ACTIVITY.test(word(node)));
    if (activities.length > 0 && nodes.every((node) => ACTIVITY.test(word(node)) || ORGANISATION.test(word(node))))
      return { title, isActivity: (node) => ACTIVITY.test(word(node)) };
  }
  return null;
}

function organisationOf(id: Id, node: GraphNode, label: string, graph: Graph): Organisation {
  const country = String(attributeOf(node.values, graph.nodeAttributes, /^country$/i) ?? '');
  return {
    id,
    name: { en: label },
    acronym: null,
    kind: null,
    country: /^[A-Z]{2}$/.test(country) ? country : null,
    parent: null,
    ids: {},
    aliases: [],
  };
}

function activityOf(
  id: Id,
  node: GraphNode,
  label: string,
  { graph, dataset, lose }: { graph: Graph; dataset: Id; lose(why: GraphLoss): void },
): Activity {
  const kinds = [/^kind$/i, /^type$/i].map((title) => String(attributeOf(node.values, graph.nodeAttributes, title) ?? ''));
  const kind = kinds.find((word): word is ActivityKind => (TIE_KINDS as readonly string[]).includes(word));
  if (kind === undefined) lose('kind');
  return newActivity(id, label, {
    kind: kind ?? 'project',
    period: periodIn(node, lose),
    from: { dataset, row: `node ${node.id}` },
  });
}

function newActivity(id: Id, title: string, known: Pick<Activity, 'kind' | 'period' | 'from'>): Activity {
  const empty = {
    parent: null,
    description: null,
    sites: [],
    themes: [],
    functions: [],
    category: null,
    result: null,
    note: null,
  };
  return { id, title: { en: title }, quality: 'ok', ...empty, ...known };
}

/** The end of a spell is included there and excluded here; what is no date is lost. */
function periodIn(
  { period, spells }: { period: GraphSpell | null; spells: GraphSpell[] },
  lose: (why: GraphLoss) => void,
): Activity['period'] {
  const spell = period ?? spells[0] ?? null;
  if (spell === null) return { start: null, end: null };
  const read = (text: string | null): ReturnType<typeof periodOf> =>
    text === null ? null : periodOf(text.replace(/T.*$|\.0+$/, ''));
  const [start, end] = [read(spell.start), read(spell.end)];
  if ((spell.start !== null && start === null) || (spell.end !== null && end === null) || spells.length > 1) lose('period');
  return { start: start?.start ?? null, end: end?.end ?? null };
}

/** What a node is called: its label, an attribute of that name, its id. */
function labelOf(node: GraphNode, { nodeAttributes }: Pick<Graph, 'nodeAttributes'>): string {
  const named = node.label ?? attributeOf(node.values, nodeAttributes, /^(label|name|title)$/i);
  return String(named ?? node.id).trim() || node.id;
}

function attributeOf(
  values: GraphNode['values'],
  attributes: Graph['nodeAttributes'],
  title: RegExp,
): string | number | boolean | null {
  const id = attributes.find((one) => title.test(one.title))?.id;
  const value = id === undefined ? undefined : values[id];
  return value === undefined || Array.isArray(value) ? null : value;
}

const rowOf = ({ id, line }: GraphEdge, i: number): string => `edge ${id ?? i}${line === undefined ? '' : `, line ${line}`}`;
