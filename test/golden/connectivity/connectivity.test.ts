/**
 * Connectivity of habitat as Makurhini computes it, kept beside the project. See README.md.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { connectivity } from '../../../src/science/connectivity.ts';
import { habitatNetwork, patchLinks } from '../../../src/science/habitat-network.ts';
import { protectedConnectivity } from '../../../src/science/protected-connectivity.ts';

const folder = join(process.env.SARYARKA_GOLDEN ?? join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'golden'), 'life', 'connectivity');
const present = existsSync(folder);
if (!present) console.warn(`no golden data at ${folder}: connectivity is not compared with Makurhini in this run (set SARYARKA_GOLDEN)`);

// biome-ignore lint/suspicious/noExplicitAny: files of many shapes, each known to its test
const json = (file: string): any => JSON.parse(readFileSync(join(folder, file), 'utf8'));

describe.skipIf(!present)('as Makurhini', () => {
  const rows = present ? readFileSync(join(folder, 'habitat_nodes_centroids.csv'), 'utf8').trim().split(/\r?\n/).slice(1).map((line) => line.split(',').map(Number) as [number, number, number, number]) : [];
  const network = habitatNetwork(rows.map((row) => row[3]), patchLinks(rows.map((row) => [row[1], row[2]] as const)));

  test.each(['PC_d10000', 'PC_d10000_nopijmin', 'PC_d30000', 'PC_d30000_nopijmin', 'IIC_d10000', 'IIC_d30000'])('%s', (file) => {
    const { metric, distance_threshold: distance, pij_min, LA: landscapeArea, result } = json(`makurhini_${file}.json`);
    const leastProbability = metric === 'PC' && typeof pij_min === 'number' ? pij_min : 0;
    const found = connectivity(network, { metric, distance, landscapeArea, leastProbability, patches: true });
    const [nodes, overall] = Object.values(result) as [Record<string, number>[], { Index: string; Value: number }[]];
    const apart = file === 'IIC_d10000';
    const of = (name: string): number => overall.find(({ Index }) => Index === name)?.Value as number;
    expect(Math.abs(found.sum / of(`${metric}num`) - 1)).toBeLessThan(apart ? 1e-6 : 1e-12);
    expect(Math.abs(found.equivalentArea / of(`EC(${metric})`) - 1)).toBeLessThan(apart ? 1e-6 : 1e-12);
    expect(Math.abs((found.index as number) / of(metric) - 1)).toBeLessThan(apart ? 1e-6 : 1e-12);
    expect(nodes.length).toBe(found.patches.length);
    nodes.forEach((node, i) => {
      const worth = found.patches[i];
      for (const [value, name] of [
        [worth?.share, ''],
        [worth?.intra, 'intra'],
        [worth?.flux, 'flux'],
        [worth?.connector, 'connector'],
      ] as const)
        expect(Math.abs((value as number) - (node[`d${metric}${name}`] as number))).toBeLessThan(apart ? 5e-5 : 6e-8);
    });
  });

  test.each(['5000', '10000', '50000'])('ProtConn of 60 patches, 8 of them across a border, at %s m', (distance) => {
    const { nodes, nondissolved_areas, LA, probability, result } = json('makurhini_protconn_60nodes.json');
    const [expected] = result[distance];
    const region = habitatNetwork(
      nodes.map((node: { attribute: number }) => node.attribute),
      patchLinks(nodes.map((node: { x: number; y: number }) => [node.x, node.y] as const)),
    );
    const found = protectedConnectivity(region, {
      regionArea: LA,
      distance: Number(distance),
      probability,
      designated: nondissolved_areas,
      transboundary: nodes.map((node: { type: string }) => node.type === 'Transboundary'),
    });
    const near = (value: number, print: number): void => expect(Math.abs(value / print - 1)).toBeLessThan(1e-6);
    near(found.equivalentArea, expected.ECA);
    near(found.protected, expected.Prot);
    near(found.connected, expected.ProtConn);
    near(found.unconnected, expected.ProtUnconn);
    near(found.relative, expected.RelConn);
    near(found.ofConnected.patches, expected.ProtConn_Prot);
    near(found.ofConnected.unprotected, expected.ProtConn_Unprot);
    near(found.ofConnected.within, expected.ProtConn_Within);
    near(found.ofConnected.contiguous, expected.ProtConn_Contig);
    expect(found.ofConnected.transboundary).toBe(0);
  });
});
