import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { pyramidPictureQuerySchema, pyramidSchema } from '../api/pyramid.ts';
import { Refusal } from '../refusal.ts';
import type { App, ServerParts } from '../server-parts.ts';
import { foundRun } from '../shown/found-run.ts';
import { answers } from './answers.ts';
import { runParams } from './params.ts';

const tags = ['runs'];
const place = z.coerce.number().int().min(0).max(100_000);

export function pyramidRoutes(app: App, { store, pyramids }: Pick<ServerParts, 'store' | 'pyramids'>): void {
  app.get(
    '/api/v1/runs/:sampleId/:run/pyramid',
    {
      schema: {
        ...{ summary: 'The whole grid as pictures that a viewer zooms in', tags, params: runParams },
        description: 'Asking for it has it made where it is missing, or older than the tiles.',
        response: answers(pyramidSchema, 404),
      },
    },
    async ({ params }) => pyramids.state(foundRun(store, params.sampleId, params.run)),
  );
  app.get(
    '/api/v1/runs/:sampleId/:run/pyramid/:level/:row/:column.jpg',
    {
      schema: {
        ...{ summary: 'One picture of the whole grid, as JPEG', tags },
        params: runParams.extend({ level: place, row: place, column: place }),
        querystring: pyramidPictureQuerySchema,
        produces: ['image/jpeg'],
        response: answers(z.any().describe('a JPEG'), 400, 404),
      },
    },
    async ({ params, query: { key } }, reply) => {
      const run = foundRun(store, params.sampleId, params.run);
      const path = pyramids.pictureFile(run, key, params);
      const jpeg = path === null ? null : await readFile(path).catch(() => null);
      if (jpeg === null) {
        throw new Refusal(404, 'there is no such picture, or no longer; GET .../pyramid says what there is');
      }
      // Its key says what it shows, so that it never changes.
      return reply
        .header('cache-control', 'private, max-age=31536000, immutable')
        .type('image/jpeg')
        .send(jpeg);
    },
  );
}
