import { precisionSchema } from '../api/precision.ts';
import { runDetailSchema, runListSchema, runQuerySchema } from '../api/run.ts';
import type { App, ServerParts } from '../server-parts.ts';
import { foundRun } from '../shown/found-run.ts';
import { createKeptAnswers } from '../shown/kept-answers.ts';
import { runDetail } from '../shown/run-detail.ts';
import { runPrecision } from '../shown/run-precision.ts';
import { answers, sendText } from './answers.ts';
import { runParams } from './params.ts';

export function runRoutes(app: App, { store, index, settings }: ServerParts): void {
  const details = createKeptAnswers<string>(store);
  const precisions = createKeptAnswers<string>(store);
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
    async ({ params: { sampleId, run } }, reply) => {
      const text = details(`${sampleId}/${run}`, () => {
        const detail = runDetail(store, foundRun(store, sampleId, run), settings);
        return JSON.stringify(runDetailSchema.parse(detail));
      });
      return sendText(reply, text);
    },
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
    async ({ params: { sampleId, run } }, reply) => {
      const text = precisions(`${sampleId}/${run}`, () => {
        const precision = runPrecision(store, foundRun(store, sampleId, run));
        return JSON.stringify(precisionSchema.parse(precision));
      });
      return sendText(reply, text);
    },
  );
}
