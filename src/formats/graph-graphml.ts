/**
 * GraphML: keys with their defaults, nodes, edges; hyperedges and ports are left out. Labels and weights are found by name.
 */
import { type GraphEdge, type GraphNode, type GraphReader, type GraphReading, scalarOf } from './graph-model.ts';

interface Key {
  name: string;
  type: string;
  on: string;
  fallback: string | null;
}

const LABEL = /^(label|name|title|d_label)$/i;

export function graphmlReader(file: string, reading: GraphReading): GraphReader {
  const { graph, issues } = reading;
  const keys = new Map<string, Key>();
  const seen = new Set<string>();
  const open: (GraphNode | GraphEdge | null)[] = [];
  let key: Key | null = null;
  let datum: { key: string; text: string; line: number; depth: number } | null = null;
  let fallback: string | null = null;
  const declare = (id: string, { name, type, on }: Key): void => {
    for (const kind of ['node', 'edge'] as const)
      if (on === kind || on === 'all') graph[`${kind}Attributes`].push({ id, title: name, type });
  };
  const begin = (name: string, attributes: Record<string, string>, line: number): void => {
    if (datum !== null) {
      datum.depth += 1; // drawings of an editor inside data
      return;
    }
    switch (name) {
      case 'key': {
        const { id = '' } = attributes;
        key = {
          name: attributes['attr.name'] ?? id,
          type: attributes['attr.type'] ?? 'string',
          on: attributes.for ?? 'all',
          fallback: null,
        };
        keys.set(id, key);
        declare(id, key);
        return;
      }
      case 'default':
        fallback = '';
        return;
      case 'graph':
        graph.directed = attributes.edgedefault === 'directed';
        return;
      case 'node':
        open.push(nodeOf(attributes.id ?? '', line));
        return;
      case 'edge':
        open.push(edgeOf(attributes, line));
        return;
      case 'hyperedge':
        open.push(null);
        issues.add('warning', 'graph-value', {
          file,
          line: String(line),
          name: 'hyperedge',
          found: attributes.id ?? '',
          expected: 'edge',
        });
        reading.skipped += 1;
        return;
      case 'data':
        datum = { key: attributes.key ?? '', text: '', line, depth: 0 };
        return;
    }
  };
  const nodeOf = (id: string, line: number): GraphNode | null => {
    if (seen.has(id)) {
      issues.add('error', 'graph-node-twice', { file, line: String(line), found: id });
      reading.skipped += 1;
      return null;
    }
    seen.add(id);
    const node: GraphNode = { id, label: null, period: null, spells: [], values: {} };
    graph.nodes.push(node);
    return node;
  };
  const edgeOf = ({ id, source = '', target = '', directed }: Record<string, string>, line: number): GraphEdge => {
    const edge: GraphEdge = {
      id: id ?? null,
      source,
      target,
      directed: directed === undefined ? graph.directed : directed === 'true',
      weight: null,
      label: null,
      period: null,
      spells: [],
      values: {},
      line,
    };
    graph.edges.push(edge);
    return edge;
  };
  const put = (of: GraphNode | GraphEdge, id: string, text: string, line: number): void => {
    const { name = id, type = 'string' } = keys.get(id) ?? {};
    const value = scalarOf(text, type);
    if (value === null) {
      issues.add('error', 'graph-value', { file, line: String(line), name, found: text.trim().slice(0, 60), expected: type });
      return;
    }
    if ('source' in of && name === 'weight' && Number.isFinite(Number(value))) of.weight = Number(value);
    else if (name === 'start' || name === 'end') of.period = { start: null, end: null, ...of.period, [name]: String(value) };
    else if (LABEL.test(name) && of.label === null) of.label = String(value).trim();
    else of.values[id] = value;
  };
  return {
    open: begin,
    text: (more) => {
      if (datum !== null) datum.text += more;
      else if (fallback !== null) fallback += more;
    },
    close: (name) => {
      if (datum !== null && datum.depth > 0) datum.depth -= 1;
      else if (name === 'data' && datum !== null) {
        const of = open.at(-1);
        if (of !== null && of !== undefined) put(of, datum.key, datum.text, datum.line);
        datum = null;
      } else if (name === 'default') {
        if (key !== null) key.fallback = fallback;
        fallback = null;
      } else if (name === 'key') key = null;
      else if (name === 'node' || name === 'edge' || name === 'hyperedge') {
        const done = open.pop();
        if (done === null || done === undefined) return;
        for (const [id, { on, fallback: text, name: title }] of keys)
          if (text !== null && (on === name || on === 'all') && missing(done, id, title)) put(done, id, text, 0);
      } else if (name === 'graphml') dropTaken();
    },
  };
  /** Attributes that became labels, weights or periods need no column of their own. */
  function dropTaken(): void {
    const used = {
      node: new Set(graph.nodes.flatMap(({ values }) => Object.keys(values))),
      edge: new Set(graph.edges.flatMap(({ values }) => Object.keys(values))),
    };
    const taken = (title: string): boolean => LABEL.test(title) || ['weight', 'start', 'end'].includes(title);
    graph.nodeAttributes = graph.nodeAttributes.filter(({ id, title }) => used.node.has(id) || !taken(title));
    graph.edgeAttributes = graph.edgeAttributes.filter(({ id, title }) => used.edge.has(id) || !taken(title));
  }
}

function missing(of: GraphNode | GraphEdge, id: string, name: string): boolean {
  if (of.values[id] !== undefined) return false;
  if ('source' in of && name === 'weight') return of.weight === null;
  if (name === 'start' || name === 'end') return of.period?.[name] == null;
  return !(LABEL.test(name) && of.label !== null);
}
