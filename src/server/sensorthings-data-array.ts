/** Observations as short rows by Datastream: the data array extension. OGC 18-088, 14. */
import { propertiesOf } from './sensorthings-entities.ts';
import type { Entity } from './sensorthings-entity.ts';
import { entityAddress, ID_NAMES, shownId } from './sensorthings-model.ts';
import type { Query } from './sensorthings-query.ts';
import type { World } from './sensorthings-world.ts';

/** Columns where `$select` names none. */
const COMPONENTS = ['id', 'phenomenonTime', 'resultTime', 'result'];

export function dataArrays(world: World, entities: readonly Entity[], { select }: Query): object[] {
  const components = (select ?? COMPONENTS).filter(
    (name) => name !== 'Datastream' && name !== 'FeatureOfInterest' && name !== '@iot.selfLink',
  );
  return [...Map.groupBy(entities, ({ stream }) => stream ?? '')].map(([stream, own]) => ({
    'Datastream@iot.navigationLink': entityAddress(world.root, 'Datastreams', stream),
    components,
    'dataArray@iot.count': own.length,
    dataArray: own.map((one) =>
      components.map((name) => (ID_NAMES.includes(name) ? shownId(one.id) : (propertiesOf(world, one)[name] ?? null))),
    ),
  }));
}
