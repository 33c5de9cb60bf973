/** What the interface is. */
import { z } from 'zod';
import { openapi } from './openapi.ts';
import { type Route, route } from './route.ts';

/** @param all the routes that are described, themselves among them */
export function descriptionRoutes(all: () => readonly Route[]): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/openapi.json',
      rule: 'anyone',
      summary: 'This interface, described (OpenAPI 3.1)',
      reply: z.looseObject({ openapi: z.literal('3.1.0') }),
      handle: () => openapi(all()),
    }),
  ];
}
