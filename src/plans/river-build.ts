/**
 * A model of one combination of scenarios, ready to run: nodes as a network, parameters in the order in which they need one
 * another, recorders.
 *
 *     const built = buildRiver(model, 0);
 */
import { isJson, shown } from '../formats/pywr-document.ts';
import { Problem } from '../problems.ts';
import { type Assembly, newAssembly } from './river-assembly.ts';
import { fieldsOf } from './river-fields.ts';
import type { RiverModel } from './river-model.ts';
import type { NodePart } from './river-node-part.ts';
import { NODES } from './river-nodes.ts';
import { newParts, type Parts } from './river-parts.ts';
import { WRITING_RECORDERS } from './river-recorders.ts';
import { VIRTUALS, type VirtualPart } from './river-virtual.ts';

export interface BuiltRiver extends Parts {
  model: RiverModel;
  combination: number;
  assembly: Assembly;
  /** By index of the node. */
  nodes: (NodePart | VirtualPart)[];
}

/** @throws Problem `river-type`, `river-field`, `river-reference`, `river-ring` or `river-table`, with the place. */
export function buildRiver(model: RiverModel, combination: number): BuiltRiver {
  const { document } = model;
  const { file } = document;
  const nodes: (NodePart | VirtualPart)[] = [];
  const parts = newParts(model, combination, nodes);
  const { builder } = parts;
  const assembly = newAssembly();
  const real = new Map<string, NodePart>();
  for (const [node, { name, type, written, data }] of document.nodes.entries()) {
    const make = NODES[type];
    if (make === undefined) {
      if (VIRTUALS[type] !== undefined) continue;
      const expected = [...Object.keys(NODES), ...Object.keys(VIRTUALS)].join(', ');
      throw new Problem('river-type', { file, place: `nodes.${name}`, found: written, expected });
    }
    const fields = fieldsOf(data, { file, place: `nodes.${name}` });
    const part = make({ fields, builder, assembly, name, node });
    nodes[node] = part;
    real.set(name, part);
    parts.note(fields);
  }
  for (const [node, { name, type, data }] of document.nodes.entries()) {
    const make = VIRTUALS[type];
    if (make === undefined) continue;
    const fields = fieldsOf(data, { file, place: `nodes.${name}` });
    nodes[node] = make({ fields, builder, assembly, name, node }, (other) => {
      const part = real.get(String(isJson(other) ? other.name : other));
      if (part === undefined) throw new Problem('river-reference', { ...fields.where, found: shown(other) });
      const component =
        isJson(other) && typeof other.component === 'string' ? part.inner?.[other.component.toLowerCase()] : undefined;
      return component === undefined ? part : { ...part, flow: component };
    });
    parts.note(fields);
  }
  for (const [i, { from, to, fromSlot, toSlot }] of document.edges.entries()) {
    const place = `edges[${i}]`;
    const [start, end] = [from, to].map((name) => {
      const part = real.get(name);
      if (part === undefined) throw new Problem('river-reference', { file, place, found: name });
      return part;
    }) as [NodePart, NodePart];
    const [out, into] = [start.outlet(fromSlot), end.inlet(toSlot)];
    if (out === null || into === null)
      throw new Problem('river-field', {
        file,
        place,
        found: shown([from, to, fromSlot, toSlot]),
        expected: '["A", "B", slot, slot]',
      });
    assembly.edge(out, into, `${from} → ${to}`);
  }
  assembly.close();
  const loose = looseNode(assembly, nodes);
  if (loose !== null) throw new Problem('river-loose', { file, place: `nodes.${loose}` });
  for (const [node, { data }] of document.nodes.entries()) {
    if (data.level !== undefined) builder.levelOf(node);
    if (data.area !== undefined && nodes[node]?.type !== 'keatingaquifer') builder.areaOf(node);
  }
  parts.makeRest();
  for (const { name, type, written } of document.recorders) {
    if (WRITING_RECORDERS.has(type)) parts.notes.push({ place: `recorders.${name}`, fields: [written] });
    else builder.recorder(name, { file, place: `recorders.${name}` });
  }
  return { ...parts, model, combination, assembly, nodes };
}

/** A node through which nothing can ever flow, as no way from a source to a use or a store leads over it. */
function looseNode(assembly: Assembly, nodes: readonly (NodePart | VirtualPart)[]): string | null {
  const { arcs, points } = assembly.network();
  const reach = (from: 'from' | 'to', to: 'from' | 'to'): Set<number> => {
    const found = new Set<number>();
    const next = Map.groupBy(arcs.keys(), (j) => arcs[j]?.[from] as number);
    const open = [...(next.get(-1) ?? []), ...stores];
    for (let j = open.pop(); j !== undefined; j = open.pop()) {
      const point = (stores.has(j) ? arcs[j]?.from : arcs[j]?.[to]) as number;
      if (point === -1 || found.has(point)) continue;
      found.add(point);
      open.push(...(next.get(point) ?? []));
    }
    return found;
  };
  const stores = new Set(nodes.flatMap((node) => ('store' in node && node.store !== undefined ? [node.store.arc] : [])));
  if (points.length === 0) return null;
  const [fed, used] = [reach('from', 'to'), reach('to', 'from')];
  const open = (j: number): boolean => {
    const { from, to } = arcs[j] as (typeof arcs)[number];
    return stores.has(j) || ((from === -1 || fed.has(from)) && (to === -1 || used.has(to)));
  };
  const closed = nodes.find((node) => 'inlet' in node && !node.flow.some(({ arc }) => open(arc)));
  return closed?.name ?? null;
}
