/** What is looked up in a dossier of a million rows. */

/**
 * Zones by site leave the geometries unread. What was declared or computed is apart from the readings of gauges, of which there may
 * be a thousand times as many. Figures are sought by the run or the table they came from, when either is listed,
 * replaced or taken back, which would otherwise read all of them.
 */
export const INDEXES = `
create index zones_site on zones (site, kind, valid_start, valid_end, id);
create index observations_told on observations (feature, indicator) where role <> 'observed';
create index observations_run on observations (from_run) where from_run is not null;
create index observations_dataset on observations (from_dataset) where from_dataset is not null;
create index participations_activity on participations (activity);
create index occurrences_dataset on occurrences (from_dataset) where from_dataset is not null;
`;
