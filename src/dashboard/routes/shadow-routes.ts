import { runShadowSchema, shadowOverviewSchema, tileShadowSchema } from '../api/shadow.ts';
import { Refusal } from '../refusal.ts';
import type { App, ServerParts } from '../server-parts.ts';
import { comparedPieces } from '../shadow/compared-pieces.ts';
import { rememberedOverview, runShadow } from '../shadow/overview.ts';
import { foundRun, foundTile } from '../shown/found-run.ts';
import { answers } from './answers.ts';
import { runParams, tileParams } from './params.ts';

const tags = ['shadow model'];

/** What the model on probation found beside the serving one. */
export function shadowRoutes(app: App, { store, settings }: ServerParts): void {
  const overview = rememberedOverview(store, settings);
  app.get(
    '/api/v1/shadow',
    {
      schema: {
        ...{ summary: 'How the shadow model compares, over all runs', tags },
        response: answers(shadowOverviewSchema),
      },
    },
    () => overview(),
  );
  app.get(
    '/api/v1/runs/:sampleId/:run/shadow',
    {
      schema: {
        ...{ summary: 'How the shadow model compares in a run', tags, params: runParams },
        response: answers(runShadowSchema, 404),
      },
    },
    async ({ params: { sampleId, run } }) => runShadow(store, foundRun(store, sampleId, run), settings),
  );
  app.get(
    '/api/v1/tiles/:contentHash/shadow',
    {
      schema: {
        ...{ summary: 'What both models found in a tile', tags, params: tileParams },
        response: answers(tileShadowSchema, 404),
      },
    },
    async ({ params: { contentHash } }) => {
      const compared = comparedPieces(store, foundTile(store, contentHash));
      if (compared) return compared;
      throw new Refusal(
        404,
        'no shadow model has segmented this tile; GET /api/v1/shadow tells of which runs there are some',
      );
    },
  );
}
