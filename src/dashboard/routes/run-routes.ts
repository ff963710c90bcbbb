import { precisionSchema } from '../api/precision.ts';
import { runDetailSchema, runListSchema, runQuerySchema } from '../api/run.ts';
import type { App, ServerParts } from '../server-parts.ts';
import { foundRun } from '../shown/found-run.ts';
import { runDetail } from '../shown/run-detail.ts';
import { runPrecision } from '../shown/run-precision.ts';
import { answers } from './answers.ts';
import { runParams } from './params.ts';

export function runRoutes(app: App, { store, index, settings }: ServerParts): void {
  app.get(
    '/api/v1/runs',
    {
      schema: {
        summary: 'Runs, the latest first',
        tags: ['runs'],
        querystring: runQuerySchema,
        response: answers(runListSchema, 400),
      },
    },
    async ({ query }) => {
      await index.ready();
      return index.search(query);
    },
  );
  app.get(
    '/api/v1/runs/:sampleId/:run',
    {
      schema: {
        summary: 'A run: its grid, its tiles, its latest summary',
        tags: ['runs'],
        params: runParams,
        response: answers(runDetailSchema, 404),
      },
    },
    async ({ params }) => runDetail(store, foundRun(store, params.sampleId, params.run), settings),
  );
  app.get(
    '/api/v1/runs/:sampleId/:run/precision',
    {
      schema: {
        summary: 'How the intervals of its sizes narrowed as tiles came',
        tags: ['runs'],
        params: runParams,
        response: answers(precisionSchema, 404),
      },
    },
    async ({ params }) => runPrecision(store, foundRun(store, params.sampleId, params.run)),
  );
}
