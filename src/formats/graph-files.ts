/**
 * Networks in and out: GEXF 1.2 and 1.3 (with periods of nodes, edges and attributes) and GraphML.
 *
 *     const { graph, issues } = readGraph(file);
 *     graph.edges[0]          // { source: 'unesco', target: 'mab-kz', weight: 2, period: { start: '2014', end: '2019' }, … }
 *     writeGexf(graph)        // opens in Gephi, with its time line
 *
 * Periods: GEXF's `end` is included; it is kept as written. A weight is a strength unless whoever computes says otherwise.
 *
 * Reference: GEXF 1.3 schema (gexf.net); GraphML primer (graphml.graphdrawing.org).
 */
import { Problem } from '../problems.ts';
import { gexfReader } from './graph-gexf.ts';
import { graphmlReader } from './graph-graphml.ts';
import type { Graph, GraphReading } from './graph-model.ts';
import { issueLists } from './import-issue.ts';
import { localName, readXml } from './xml.ts';
import { element, writeXml, type XmlElement } from './xml-tree.ts';
import type { Bytes } from './zip.ts';

export type { Graph, GraphAttribute, GraphEdge, GraphNode, GraphReading, GraphSpell, GraphValue } from './graph-model.ts';

/**
 * A GEXF or GraphML file, told by its root.
 * @throws Problem `graph-unknown`, `xml-broken`, `xml-entities`, `xml-too-deep`.
 */
export function readGraph(file: Bytes): GraphReading {
  const graph: Graph = { directed: false, timeFormat: null, nodeAttributes: [], edgeAttributes: [], nodes: [], edges: [] };
  const reading: GraphReading = { graph, skipped: 0, issues: issueLists() };
  let reader: ReturnType<typeof gexfReader> | null = null;
  readXml(file, {
    open: (name, attributes, line) => {
      const local = localName(name);
      if (reader === null) {
        if (local === 'gexf') reader = gexfReader(file.name, reading);
        else if (local === 'graphml') reader = graphmlReader(file.name, reading);
        else throw new Problem('graph-unknown', { file: file.name, found: local.slice(0, 60) });
      }
      reader.open(local, attributes, line);
    },
    text: (text) => reader?.text(text),
    close: (name) => reader?.close(localName(name)),
  });
  dropLooseEdges(file.name, reading);
  return reading;
}

/** Edges whose ends no node is, left out and told. */
function dropLooseEdges(file: string, reading: GraphReading): void {
  const ids = new Set(reading.graph.nodes.map(({ id }) => id));
  reading.graph.edges = reading.graph.edges.filter((edge) => {
    const loose = [edge.source, edge.target].find((end) => !ids.has(end));
    if (loose === undefined) return true;
    reading.issues.add('error', 'graph-edge-end', { file, line: String(edge.line ?? 0), found: loose });
    reading.skipped += 1;
    return false;
  });
}

/** GEXF 1.3, dynamic where anything has a period. */
export function writeGexf(graph: Graph, { creator }: { creator?: string } = {}): string {
  const all = [...graph.nodes, ...graph.edges];
  const dynamic = all.some(
    ({ period, spells, values }) => period !== null || spells.length > 0 || Object.values(values).some(Array.isArray),
  );
  const declared = (kind: 'node' | 'edge', attributes: Graph['nodeAttributes']): XmlElement[] => {
    const items = kind === 'node' ? graph.nodes : graph.edges;
    const isDynamic = (id: string): boolean => items.some(({ values }) => Array.isArray(values[id]));
    return (['static', 'dynamic'] as const).flatMap((mode) => {
      const own = attributes.filter(({ id }) => isDynamic(id) === (mode === 'dynamic'));
      const inside = own.map(({ id, title, type }) => element('attribute', { id, title, type }));
      return own.length === 0 ? [] : [element('attributes', { class: kind, mode }, inside)];
    });
  };
  const values = (of: Graph['nodes'][number]['values']): XmlElement | null => {
    const inside = Object.entries(of).flatMap(([id, value]) =>
      Array.isArray(value)
        ? value.map((one) => element('attvalue', { for: id, value: String(one.value), start: one.start, end: one.end }))
        : [element('attvalue', { for: id, value: String(value) })],
    );
    return inside.length === 0 ? null : element('attvalues', {}, inside);
  };
  const spells = (of: Pick<Graph['nodes'][number], 'spells'>): XmlElement | null =>
    of.spells.length === 0
      ? null
      : element(
          'spells',
          {},
          of.spells.map(({ start, end }) => element('spell', { start, end })),
        );
  const nodes = graph.nodes.map((node) =>
    element('node', { id: node.id, label: node.label, start: node.period?.start, end: node.period?.end }, [
      values(node.values),
      spells(node),
    ]),
  );
  const edges = graph.edges.map((edge, i) => {
    const type = edge.directed === graph.directed ? null : edge.directed ? 'directed' : 'undirected';
    const { source, target, weight, label, period } = edge;
    const attributes = { id: edge.id ?? String(i), source, target, type, label, weight, start: period?.start, end: period?.end };
    return element('edge', attributes, [values(edge.values), spells(edge)]);
  });
  const body = element(
    'graph',
    {
      defaultedgetype: graph.directed ? 'directed' : 'undirected',
      mode: dynamic ? 'dynamic' : 'static',
      timeformat: dynamic ? (graph.timeFormat ?? 'date') : null,
    },
    [
      ...declared('node', graph.nodeAttributes),
      ...declared('edge', graph.edgeAttributes),
      element('nodes', {}, nodes),
      element('edges', {}, edges),
    ],
  );
  const meta = creator === undefined ? null : element('meta', {}, [element('creator', {}, [creator])]);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${writeXml(element('gexf', { xmlns: 'http://gexf.net/1.3', version: '1.3' }, [meta, body]))}`;
}

const GRAPHML_TYPES: Record<string, string> = { integer: 'int', date: 'string', liststring: 'string', anyURI: 'string' };

/** GraphML; it has no time, so periods become the texts `start` and `end`, and values that change with time are left to GEXF. */
export function writeGraphml(graph: Graph): string {
  const keys: XmlElement[] = [];
  const key = (id: string, on: string, name: string, type: string): void => {
    keys.push(element('key', { id, for: on, 'attr.name': name, 'attr.type': GRAPHML_TYPES[type] ?? type }));
  };
  const datum = (id: string, value: string | number | boolean | null | undefined): XmlElement[] =>
    value === null || value === undefined ? [] : [element('data', { key: id }, [String(value)])];
  key('n-label', 'node', 'label', 'string');
  key('e-weight', 'edge', 'weight', 'double');
  if (graph.edges.some(({ label }) => label !== null)) key('e-label', 'edge', 'label', 'string');
  const dated = {
    node: graph.nodes.some(({ period }) => period !== null),
    edge: graph.edges.some(({ period }) => period !== null),
  };
  for (const on of ['node', 'edge'] as const)
    if (dated[on]) for (const end of ['start', 'end']) key(`${on[0]}-${end}`, on, end, 'string');
  for (const { id, title, type } of graph.nodeAttributes) key(`n-${id}`, 'node', title, type);
  for (const { id, title, type } of graph.edgeAttributes) key(`e-${id}`, 'edge', title, type);
  const data = (of: Pick<Graph['nodes'][number], 'period' | 'values'>, sign: 'n' | 'e'): XmlElement[] => [
    ...datum(`${sign}-start`, of.period?.start),
    ...datum(`${sign}-end`, of.period?.end),
    ...Object.entries(of.values).flatMap(([id, value]) => (Array.isArray(value) ? [] : datum(`${sign}-${id}`, value))),
  ];
  const nodes = graph.nodes.map((node) =>
    element('node', { id: node.id }, [...datum('n-label', node.label), ...data(node, 'n')]),
  );
  const edges = graph.edges.map((edge) => {
    const directed = edge.directed === graph.directed ? null : String(edge.directed);
    const attributes = { id: edge.id, source: edge.source, target: edge.target, directed };
    return element('edge', attributes, [...datum('e-weight', edge.weight), ...datum('e-label', edge.label), ...data(edge, 'e')]);
  });
  const body = element('graph', { id: 'G', edgedefault: graph.directed ? 'directed' : 'undirected' }, [...nodes, ...edges]);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${writeXml(element('graphml', { xmlns: 'http://graphml.graphdrawing.org/xmlns' }, [...keys, body]))}`;
}
