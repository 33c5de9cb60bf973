/**
 * How much of a region is protected and connected: ProtConn and its fractions.
 *
 *     protectedConnectivity(network, { regionArea: 173_707, distance: 10_000, designated: [11_020, 121, …] })
 *     // { protected: 40, connected: 24.7, unconnected: 15.3, relative: 61.8, … } percent of the region
 *
 * @see Saura et al. 2017, Protected areas in the world's ecoregions: how well connected are they?, Ecol. Indic. 76, 144-158,
 * doi 10.1016/j.ecolind.2016.12.047
 * @see Saura et al. 2018, Protected area connectivity: shortfalls in global targets and country-level priorities, Biol. Conserv. 219,
 * 53-67, doi 10.1016/j.biocon.2017.12.020 (transboundary, and what is bound to be unconnected)
 */
import { type ConnectivityOptions, connectivity } from './connectivity.ts';
import { type HabitatNetwork, habitatNetwork } from './habitat-network.ts';

export interface ProtectedOptions extends Pick<ConnectivityOptions, 'distance' | 'probability' | 'leastProbability'> {
  /** Area of the region, in the unit of patches. */
  regionArea: number;
  /** Patches outside the region: they let pass, and have area 0 in the network. */
  transboundary?: readonly boolean[];
  /** Areas as designated, before those that touch or overlap were made one patch; the patches themselves where none are given. */
  designated?: readonly number[];
  /** The same network with the unprotected land of the region as patches of area 0, joined at distance 0: what no corridor can mend. */
  joined?: HabitatNetwork;
}

/** Percent of the region, or of what is connected where the name says so. */
export interface ProtectedConnectivity {
  /** √Σ a_i a_j p*_ij [unit of areas]. */
  equivalentArea: number;
  protected: number;
  unprotected: number;
  /** Protected and connected (ProtConn), and not. */
  connected: number;
  unconnected: number;
  /** ProtConn by what is protected (RelConn). */
  relative: number;
  /** Of what is connected: by moving inside patches, through land that is not protected, through patches outside the region. */
  ofConnected: {
    within: number;
    contiguous: number;
    patches: number;
    unprotected: number;
    transboundary: number;
  };
  /** Where no design could connect more, because the sea or another land lies between; `null` without `joined`. */
  bound: { unconnectedByDesign: number; connectable: number } | null;
}

/** @throws RangeError where the region is smaller than what is protected in it, or a patch outside has an area */
export function protectedConnectivity(
  network: HabitatNetwork,
  { regionArea, transboundary = [], designated, joined, ...scale }: ProtectedOptions,
): ProtectedConnectivity {
  const { areas } = network;
  const protectedArea = sum(areas);
  if (!(regionArea >= protectedArea * (1 - 1e-9)))
    throw new RangeError(`a region of ${regionArea} holds ${protectedArea} protected`);
  const outside = transboundary.findIndex((abroad, i) => abroad && (areas[i] as number) > 0);
  if (outside >= 0)
    throw new RangeError(`patch ${outside + 1} lies outside the region and has area ${areas[outside]}; 0 is needed`);
  const equivalent = (of: HabitatNetwork): number => connectivity(of, { metric: 'PC', ...scale }).equivalentArea;
  const percent = (area: number): number => (100 * area) / regionArea;
  const equivalentArea = equivalent(network);
  const connected = percent(equivalentArea);
  const alone = equivalent(withoutPatches(network, transboundary));
  const ofConnected = (share: number): number => (connected === 0 ? 0 : (100 * share) / connected);
  const patches = ofConnected(percent(Math.sqrt(squares(areas))));
  const abroad = ofConnected(percent(equivalentArea - alone));
  const own = designated ?? areas;
  const within = ofConnected(percent(Math.sqrt(squares(own)) * Math.sqrt(protectedArea / sum(own))));
  const byDesign = joined ? percent(equivalent(joined) - equivalentArea) : null;
  return {
    equivalentArea,
    protected: percent(protectedArea),
    unprotected: 100 - percent(protectedArea),
    connected,
    unconnected: percent(protectedArea) - connected,
    relative: protectedArea === 0 ? 0 : (100 * equivalentArea) / protectedArea,
    ofConnected: { within, contiguous: 100 - within, patches, unprotected: 100 - patches - abroad, transboundary: abroad },
    bound: byDesign === null ? null : { unconnectedByDesign: byDesign, connectable: percent(protectedArea) - byDesign },
  };
}

function withoutPatches(network: HabitatNetwork, gone: readonly boolean[]): HabitatNetwork {
  if (!gone.some(Boolean)) return network;
  const links = network.links.filter(({ from, to }) => !gone[from] && !gone[to]);
  return habitatNetwork(network.areas, links);
}

const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((total, value) => total + value, 0);
const squares = (values: ArrayLike<number>): number => Array.from(values).reduce((total, value) => total + value * value, 0);
