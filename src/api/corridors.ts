/** The ecological network of a reserve as its page shows it. */
import { z } from 'zod';
import { localText } from './sites.ts';

/** Longitude and latitude on WGS 84 [deg]. */
const position = z.tuple([z.number(), z.number()]);

const way = z.object({
  /** As it stands on the map. */
  label: z.string(),
  from: z.string(),
  to: z.string(),
  /** Whether it joins two reserves. */
  across: z.boolean(),
  /** [m] */
  distance: z.number(),
  ends: z.tuple([position, position]),
});

export const corridors = z.object({
  /** The run that it was reckoned in, and the day, ISO 8601. */
  run: z.string(),
  computed: z.string().nullable(),
  /** Reserves whose cores were drawn anew since. */
  changed: z.array(localText),
  /** Sentences in the language asked for: how connected the cores are, what would add most, how it was reckoned. */
  state: z.array(z.string()),
  best: z.array(z.string()),
  method: z.array(z.string()),
  /** The most important first; shares are percents of the connected habitat. */
  links: z.array(way.extend({ share: z.number() })),
  stones: z.array(z.object({ name: z.string(), reserve: z.string(), place: position, connector: z.number(), share: z.number() })),
  /** Areas and gains [ha]; `proven` where the gain was found again from the whole network. */
  corridors: z.array(
    way.extend({ area: z.number(), gain: z.number(), gainByArea: z.number(), after: z.number(), proven: z.boolean() }),
  ),
});

export type Corridors = z.infer<typeof corridors>;
