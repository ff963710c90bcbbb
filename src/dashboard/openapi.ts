import swagger from '@fastify/swagger';
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { changeSchema, outlineSchema } from '../measure/correction.ts';
import { statusSchema } from '../publish/schema/status.ts';
import { summarySchema } from '../publish/schema/summary.ts';
import { softwareVersion } from '../version.ts';
import { correctionSchema } from './api/correction.ts';
import { liveEventSchema } from './api/event.ts';
import { particleEntrySchema, tilePiecesSchema } from './api/particle.ts';
import { refusalSchema } from './api/refusal.ts';
import { runEntrySchema, tileEntrySchema } from './api/run.ts';
import type { App } from './server-parts.ts';

const description = `What the live page is made of, for programs: read-only but for corrections. Times are ISO 8601 in UTC, sizes in the unit of their name. An answer other than 2xx is JSON with a \`message\` in words. Where \`dashboard.passwordFile\` or \`dashboard.tokenFile\` is set, programs send the token as \`Authorization: Bearer\`. Whatever asks for something to be changed sends JSON, and no Origin of another site. docs/live-page.md says how to turn it on.`;

/** What is described once, under its name. */
const named = z.registry<{ readonly id: string }>();
for (const [id, schema] of Object.entries({
  Refusal: refusalSchema,
  Run: runEntrySchema,
  Tile: tileEntrySchema,
  Summary: summarySchema,
  Status: statusSchema,
  Particle: particleEntrySchema,
  Outline: outlineSchema,
  TilePieces: tilePiecesSchema,
  Change: changeSchema,
  Correction: correctionSchema,
  LiveEvent: liveEventSchema,
})) {
  named.add(schema, { id });
}

const withSchemas = z.looseObject({
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()) }),
});

/** The whole description: of each schema only as something refers to it, as asked or as answered. */
export function openApiDocument(app: App): object {
  const { components, ...document } = withSchemas.parse(app.swagger());
  const { schemas, ...others } = components;
  const reached = new Set<string>();
  const reach = (part: unknown): void => {
    for (const [, name = ''] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (reached.has(name)) continue;
      reached.add(name);
      reach(schemas[name] ?? {});
    }
  };
  reach(document);
  const kept = Object.fromEntries(Object.entries(schemas).filter(([name]) => reached.has(name)));
  return { ...document, components: { ...others, schemas: kept } };
}

/** Describes every route that is registered after it, by the schemas that its answers are held against. */
export async function describeRoutes(app: App): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'particled, the live page',
        version: softwareVersion,
        description,
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [{ url: '/' }],
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer' },
          session: { type: 'apiKey', in: 'cookie', name: '__Host-particled' },
        },
      },
      security: [{ token: [] }, { session: [] }, {}],
    },
    transform: createJsonSchemaTransform({ schemaRegistry: named }),
    transformObject: createJsonSchemaTransformObject({ schemaRegistry: named }),
  });
  app.get('/api/v1/openapi.json', { schema: { hide: true } }, async () => openApiDocument(app));
}
