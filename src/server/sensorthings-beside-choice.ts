/**
 * What of a program's entities goes into the dossier, and what stays beside it. In: stations of a site, series of an indicator at a place,
 * their sensors and values. Beside, for who may edit the whole dossier: all else.
 */
import type { Id } from '../types.ts';
import { backOf } from './sensorthings-beside-kept.ts';
import { createBeside, type Desk, moveThing } from './sensorthings-beside-write.ts';
import { type Body, isEntityLike, linkIn } from './sensorthings-body.ts';
import type { Entity } from './sensorthings-entity.ts';
import { isBeside, type SetName } from './sensorthings-model.ts';
import { knownProperty } from './sensorthings-register.ts';
import type { World } from './sensorthings-world.ts';

/** @param above what the address leads through */
export function goesBeside(world: World, set: SetName, given: unknown, above: Entity | null): boolean {
  if (above !== null && isBeside(above.id)) return true;
  if (!isEntityLike(given)) return false;
  if (set === 'Things') return above === null && !saysSite(given);
  if (set === 'Locations') return above === null;
  if (set === 'HistoricalLocations' || set === 'ObservedProperties' || set === 'FeaturesOfInterest') return true;
  if (set === 'Sensors') return ![...world.places.values()].some(({ noun }) => noun === 'sites');
  if (set === 'Observations') return keptBeside(world, 'Datastreams', linkIn(given, 'Datastream'));
  const { Thing, ObservedProperty } = given;
  const isNew = isEntityLike(Thing) && linkIn(given, 'Thing') === null && !saysSite(Thing);
  const linked = (['Thing', 'Sensor', 'ObservedProperty'] as const).some((link) =>
    keptBeside(world, link === 'ObservedProperty' ? 'ObservedProperties' : `${link}s`, linkIn(given, link)),
  );
  const isUnknown =
    isEntityLike(ObservedProperty) && linkIn(given, 'ObservedProperty') === null && above?.set !== 'ObservedProperties';
  return linked || isNew || (isUnknown && knownProperty(world, given) === undefined);
}

function saysSite({ properties }: Body): boolean {
  return isEntityLike(properties) && properties.site !== undefined;
}

/** A number, or its digits, of what lies beside the dossier. */
function keptBeside({ beside }: World, set: SetName, id: Id | null): boolean {
  if (id === null) return false;
  return [id, `#${id}`].some((one) => beside.entities.get(one)?.kind === set);
}

/** Makes an entity beside the dossier where the address says. @throws Problem as `createBeside` */
export function createBesideAt(desk: Desk, set: SetName, given: unknown, above: Entity | null): Id {
  if (above === null) return createBeside(desk, set, given);
  if (above.set === 'Things' && set === 'Locations') {
    const id = createBeside(desk, set, given);
    moveThing(desk, above.id, [id]);
    return id;
  }
  const observed = above.set === 'Datastreams' ? 'Datastream' : 'FeatureOfInterest';
  const link = set === 'Observations' ? observed : (backOf(above.set, set)?.link ?? set);
  return createBeside(desk, set, given, { [link]: above.id });
}
