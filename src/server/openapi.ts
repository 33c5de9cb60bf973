/**
 * The description of the interface, made of the routes themselves: OpenAPI 3.1, whose schemas are JSON Schema 2020-12.
 * https://spec.openapis.org/oas/v3.1.1
 */
import { z } from 'zod';
import { softwareVersion } from '../formats/source-node.ts';
import { isMedia, type Route } from './route.ts';

interface Operation {
  summary: string;
  tags: string[];
  parameters: object[];
  requestBody?: object;
  responses: Record<string, object>;
  'x-rule': string;
}

const problem = z.object({ code: z.string(), message: z.string() });

const ONCE = {
  name: 'idempotency-key',
  in: 'header',
  required: false,
  description: 'Of your choice: what is sent again with the same key is carried out once; the repetition is answered with 204.',
  schema: { type: 'string', pattern: '^[\\w-]{16,64}$' },
};

/** What a client must know of `routes`. */
export function openapi(routes: readonly Route[]): object {
  const paths: Record<string, Record<string, Operation>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)(\{[^}]*\})?\??/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Saryarka',
      version: softwareVersion(),
      description: 'A dossier of biosphere reserves: sites, zones, figures with their origin, records, reviews.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths,
    components: { schemas: { problem: schemaOf(problem, 'output') } },
  };
}

function operation(route: Route): Operation {
  return {
    summary: route.summary,
    tags: [route.path.split('/').find((part) => part !== '' && part !== 'api') ?? 'api'],
    parameters: [...pathParameters(route), ...queryParameters(route), ...(route.once === true ? [ONCE] : [])],
    ...(route.body === undefined ? {} : { requestBody: { required: true, content: content(route.body, 'input') } }),
    responses: {
      '200': { description: route.summary, content: content(route.reply, 'output') },
      default: {
        description: 'What stands in the way, in the language asked for',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/problem' } } },
      },
    },
    'x-rule': route.rule,
  };
}

function pathParameters({ path }: Route): object[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
}

function queryParameters({ query }: Route): object[] {
  const { properties = {}, required = [] } = query === undefined ? {} : schemaOf(query, 'input');
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', required: required.includes(name), schema }));
}

function content(shape: NonNullable<Route['body']>, way: 'input' | 'output'): object {
  if (isMedia(shape)) return { [shape.media]: { schema: { type: 'string', format: 'binary' } } };
  return { 'application/json': { schema: schemaOf(shape, way) } };
}

interface Schema {
  properties?: Record<string, object>;
  required?: string[];
}

/** JSON Schema of a shape; what JSON cannot say (a test, a change of form) is left open. */
function schemaOf(shape: z.ZodType, io: 'input' | 'output'): Schema {
  const { $schema: _, ...schema } = z.toJSONSchema(shape, { io, unrepresentable: 'any' });
  return schema as Schema;
}
