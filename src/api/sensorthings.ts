/** What of SensorThings goes over HTTP in one shape whatever was asked for; entities have those of OGC 18-088. */
import { z } from 'zod';

export const serviceRoot = z.object({
  value: z.array(z.object({ name: z.string(), url: z.string() })),
  serverSettings: z.looseObject({ conformance: z.array(z.string()) }),
});

/** Addresses of what was made; `error: …` in the place of what was not. */
export const createdObservations = z.array(z.string());

export type ServiceRoot = z.infer<typeof serviceRoot>;
