import { Readable } from 'node:stream';
import { particleListSchema, particleQuerySchema, runOutlinesSchema } from '../api/particle.ts';
import type { App, ServerParts } from '../server-parts.ts';
import { createCountedRuns } from '../shown/counted-runs.ts';
import { foundRun, requireParticles } from '../shown/found-run.ts';
import { searchParticles } from '../shown/particle-search.ts';
import { countedPieces } from '../shown/tile-pieces.ts';
import { answers, sendText } from './answers.ts';
import { runParams } from './params.ts';

const tags = ['particles'];

export function particleRoutes(app: App, { store, settings }: ServerParts): void {
  const counted = createCountedRuns(store, settings.storeFile);
  app.get(
    '/api/v1/runs/:sampleId/:run/particles',
    {
      schema: {
        ...{ summary: 'Particles as they are counted, joined over the borders of tiles', tags },
        params: runParams,
        querystring: particleQuerySchema,
        response: answers(particleListSchema, 400, 404, 409, 410),
      },
    },
    async ({ params, query }, reply) => {
      const run = foundRun(store, params.sampleId, params.run);
      requireParticles(run);
      const list = searchParticles(await counted.of(run), query);
      // Thousands of entries are not held against the schema one by one.
      return sendText(reply, JSON.stringify(list));
    },
  );
  app.get(
    '/api/v1/runs/:sampleId/:run/outlines',
    {
      schema: {
        ...{ summary: 'All pieces of all tiles of a run as they count, with their outlines', tags },
        params: runParams,
        response: answers(runOutlinesSchema, 404, 410),
      },
    },
    async ({ params }, reply) => {
      const run = foundRun(store, params.sampleId, params.run);
      requireParticles(run);
      const tiles = store.tiles.ofRun(run.id);
      // Others are answered between two tiles.
      function* text(): Generator<string> {
        yield '{"tiles":[';
        for (const [at, tile] of tiles.entries()) {
          yield `${at === 0 ? '' : ','}${JSON.stringify(countedPieces(store, tile))}`;
        }
        yield ']}';
      }
      return reply.type('application/json; charset=utf-8').send(Readable.from(text()) as never);
    },
  );
}
