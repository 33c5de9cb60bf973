/**
 * GEXF 1.1 to 1.3: nodes (nested ones too), edges, attributes with defaults, periods and spells.
 */
import {
  type GraphAttribute,
  type GraphEdge,
  type GraphNode,
  type GraphReader,
  type GraphReading,
  type GraphSpell,
  scalarOf,
} from './graph-model.ts';

export function gexfReader(file: string, reading: GraphReading): GraphReader {
  const { graph, issues } = reading;
  const seen = new Set<string>();
  const open: (GraphNode | GraphEdge | null)[] = [];
  const types = { node: new Map<string, string>(), edge: new Map<string, string>() };
  const defaults = { node: new Map<string, string>(), edge: new Map<string, string>() };
  let kind: 'node' | 'edge' = 'node';
  let attribute: GraphAttribute | null = null;
  let text: string | null = null;
  const bad = (line: number, name: string, found: string, expected: string): void => {
    issues.add('error', 'graph-value', { file, line: String(line), name, found, expected });
  };
  const begin = (name: string, attributes: Record<string, string>, line: number): void => {
    switch (name) {
      case 'graph':
        graph.directed = attributes.defaultedgetype === 'directed';
        graph.timeFormat = attributes.timeformat ?? attributes.timetype ?? (attributes.mode === 'dynamic' ? 'double' : null);
        return;
      case 'attributes':
        kind = attributes.class === 'edge' ? 'edge' : 'node';
        return;
      case 'attribute': {
        const { id = '', title = id, type = 'string' } = attributes;
        attribute = { id, title, type };
        types[kind].set(id, type);
        graph[kind === 'node' ? 'nodeAttributes' : 'edgeAttributes'].push(attribute);
        return;
      }
      case 'default':
        text = '';
        return;
      case 'node':
        open.push(nodeOf(attributes, line));
        return;
      case 'edge':
        open.push(edgeOf(attributes, line));
        return;
      case 'spell':
        open.at(-1)?.spells.push(spellOf(attributes) ?? { start: null, end: null });
        return;
      case 'attvalue':
        addValue(open.at(-1), attributes, line);
        return;
    }
  };
  const nodeOf = (attributes: Record<string, string>, line: number): GraphNode | null => {
    const { id = attributes.label ?? '' } = attributes;
    if (seen.has(id)) {
      issues.add('error', 'graph-node-twice', { file, line: String(line), found: id });
      reading.skipped += 1;
      return null;
    }
    seen.add(id);
    const node: GraphNode = { id, label: attributes.label ?? null, period: spellOf(attributes), spells: [], values: {} };
    graph.nodes.push(node);
    return node;
  };
  const edgeOf = (attributes: Record<string, string>, line: number): GraphEdge => {
    const { id = null, source = '', target = '', type, label = null } = attributes;
    const weight = attributes.weight === undefined ? null : Number(attributes.weight);
    if (weight !== null && !Number.isFinite(weight)) bad(line, 'weight', attributes.weight ?? '', '1.0');
    const directed = type === undefined ? graph.directed : type !== 'undirected';
    const edge: GraphEdge = {
      id,
      source,
      target,
      directed,
      weight: weight === null || !Number.isFinite(weight) ? null : weight,
      label,
      period: spellOf(attributes),
      spells: [],
      values: {},
      line,
    };
    graph.edges.push(edge);
    return edge;
  };
  const addValue = (of: GraphNode | GraphEdge | null | undefined, attributes: Record<string, string>, line: number): void => {
    if (of === null || of === undefined) return;
    const id = attributes.for ?? attributes.id ?? '';
    const type = types['source' in of ? 'edge' : 'node'].get(id) ?? 'string';
    const value = scalarOf(attributes.value ?? '', type);
    if (value === null) {
      bad(line, id, attributes.value ?? '', type);
      return;
    }
    const spell = spellOf(attributes);
    if (spell === null) of.values[id] = value;
    else {
      const before = of.values[id];
      of.values[id] = [...(Array.isArray(before) ? before : []), { ...spell, value }];
    }
  };
  return {
    open: begin,
    text: (more) => {
      if (text !== null) text += more;
    },
    close: (name) => {
      if (name === 'default' && attribute !== null && text !== null) {
        defaults[kind].set(attribute.id, text);
        text = null;
      } else if (name === 'node' || name === 'edge') {
        const done = open.pop();
        if (done === null || done === undefined) return;
        for (const [id, value] of defaults[name]) {
          const scalar = scalarOf(value, types[name].get(id) ?? 'string');
          if (scalar !== null) done.values[id] ??= scalar;
        }
      }
    },
  };
}

/** `start` and `end`, or the open ends of GEXF 1.2 (`startopen`); `null` where neither stands. */
function spellOf(attributes: Record<string, string>): GraphSpell | null {
  const start = attributes.start ?? attributes.startopen ?? null;
  const end = attributes.end ?? attributes.endopen ?? null;
  return start === null && end === null ? null : { start, end };
}
