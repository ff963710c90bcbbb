import { z } from 'zod';
import { chartNames, chartQuerySchema, chartReplySchema } from '../api/chart.ts';
import { chartOf } from '../charts/chart-of.ts';
import { createChartedRuns } from '../charts/charted-runs.ts';
import { Refusal } from '../refusal.ts';
import type { App, ServerParts } from '../server-parts.ts';
import { foundRun } from '../shown/found-run.ts';
import { answers } from './answers.ts';
import { runParams } from './params.ts';

const params = runParams.extend({ name: z.enum(chartNames) });

/** The report's charts, for browsers to draw. */
export function chartRoutes(app: App, { store }: ServerParts): void {
  const charted = createChartedRuns(store);
  app.get(
    '/api/v1/runs/:sampleId/:run/charts/:name',
    {
      schema: {
        ...{
          summary: 'A chart of a run, as Vega-Lite',
          tags: ['runs'],
          params,
          querystring: chartQuerySchema,
        },
        response: answers(chartReplySchema, 400, 404, 409, 410),
      },
    },
    async ({ params: { sampleId, run, name }, query }) => {
      const others = name === 'comparison' ? query.with.map(idsOf) : [];
      const runs = [{ sampleId, run }, ...others].map((one) => foundRun(store, one.sampleId, one.run));
      return chartOf(
        runs.flatMap((one) => {
          const found = charted.of(one);
          return found ? [found] : [];
        }),
        { name, theme: query.theme, widthPx: query.widthPx },
      );
    },
  );
}

/** Ids in topics hold no slash. */
function idsOf(text: string): { readonly sampleId: string; readonly run: string } {
  const [sampleId, run, ...more] = text.split('/');
  if (!sampleId || !run || more.length > 0) {
    throw new Refusal(400, `with=${text} names no run; it is written sampleId/run, as in GET /api/v1/runs`);
  }
  return { sampleId, run };
}
