/** What a network is made of, in the files of `graph-files.ts`: plain data. */
import type { IssueLists } from './import-issue.ts';

export interface GraphSpell {
  /** As written; `null` where open. */
  start: string | null;
  end: string | null;
}

export type GraphScalar = string | number | boolean;

/** A value, or values that change with time. */
export type GraphValue = GraphScalar | (GraphSpell & { value: GraphScalar })[];

export interface GraphAttribute {
  id: string;
  title: string;
  /** `string`, `integer`, `long`, `float`, `double`, `boolean` or another word of the format. */
  type: string;
}

export interface GraphNode {
  id: string;
  label: string | null;
  period: GraphSpell | null;
  /** Several periods, where there is more than one. */
  spells: GraphSpell[];
  /** By the id of the attribute. */
  values: Record<string, GraphValue>;
}

export interface GraphEdge {
  id: string | null;
  source: string;
  target: string;
  directed: boolean;
  /** `null` where the file states none. */
  weight: number | null;
  label: string | null;
  period: GraphSpell | null;
  spells: GraphSpell[];
  values: Record<string, GraphValue>;
  /** Line of the file. */
  line?: number;
}

export interface Graph {
  directed: boolean;
  /** Of GEXF: `date`, `dateTime`, `double`, `integer`. */
  timeFormat: string | null;
  nodeAttributes: GraphAttribute[];
  edgeAttributes: GraphAttribute[];
  nodes: GraphNode[];
  edges: GraphEdge[];
}

export interface GraphReading {
  graph: Graph;
  /** Nodes and edges that were left out. */
  skipped: number;
  issues: IssueLists;
}

/** What handles the elements of one format. */
export interface GraphReader {
  open(name: string, attributes: Record<string, string>, line: number): void;
  text(text: string): void;
  close(name: string): void;
}

/** A text as a value of `type`; `null` where it is none. */
export function scalarOf(text: string, type: string): GraphScalar | null {
  const plain = text.trim();
  if (/^(int|integer|long|short|byte|float|double|bigdecimal|biginteger)$/i.test(type)) {
    const number = Number(plain);
    return plain === '' || !Number.isFinite(number) ? null : number;
  }
  if (/^bool(ean)?$/i.test(type)) return /^(true|1)$/i.test(plain) ? true : /^(false|0)$/i.test(plain) ? false : null;
  return text;
}
