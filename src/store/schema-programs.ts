/** What programs keep beside the dossier through SensorThings: things, properties and values that are no row of its own tables. */

/**
 * `links` names other entities by set or link, of this table or of the dossier. A value stands for itself: it is no figure of the dossier,
 * and no review reads it. `starts` and `ends` are the phenomenon's time in UTC, by which values are sorted; `body` has it as it was written.
 */
export const PROGRAMS = `
create table program_entities (
  fid integer primary key autoincrement not null,
  id text not null unique,
  kind text not null check (kind in ('Things', 'Locations', 'HistoricalLocations', 'Datastreams', 'Sensors', 'ObservedProperties',
    'FeaturesOfInterest')),
  links text not null default '{}',
  body text not null
);
create table program_values (
  fid integer primary key autoincrement not null,
  id text not null unique,
  datastream text not null references program_entities (id),
  place text not null,
  starts text not null,
  ends text not null,
  body text not null
);
create index program_values_starts on program_values (datastream, starts);
create index program_values_ends on program_values (datastream, ends);
create index program_values_place on program_values (place);
`;

export const PROGRAM_NOUNS = ['program_entities', 'program_values'] as const;
