/** Zones that somebody drew or changed on the map: taken as they are where they are sound, else shown as they were mended. */
import { z } from 'zod';
import { accepted, zoneMapReply } from './zone-maps.ts';

export const drawnQuery = z.object({
  /** ISO 8601: zones that were valid before are kept and end there. */
  validFrom: z.iso.date().optional(),
  /** `always`: nothing is written before somebody has looked at what would change. */
  ask: z.literal('always').optional(),
});

/** Written, with the version of what stands there now; or what has to be looked at first, as with a map that was handed in. */
export const drawnReply = z.union([
  z.object({ state: z.literal('saved'), changes: accepted, version: z.string() }),
  zoneMapReply,
]);

export type DrawnReply = z.infer<typeof drawnReply>;
