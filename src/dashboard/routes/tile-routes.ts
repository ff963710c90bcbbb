import { z } from 'zod';
import { piecesQuerySchema, tilePiecesSchema } from '../api/particle.ts';
import { pictureQuerySchema } from '../api/picture.ts';
import type { App, ServerParts } from '../server-parts.ts';
import { foundTile, requireParticles } from '../shown/found-run.ts';
import { createKeptTexts } from '../shown/kept-texts.ts';
import { countedPieces, tilePieces } from '../shown/tile-pieces.ts';
import { answers } from './answers.ts';
import { tileParams } from './params.ts';

const tags = ['tiles'];

export function tileRoutes(app: App, { store, pictures }: ServerParts): void {
  const kept = createKeptTexts(store);
  app.get(
    '/api/v1/tiles/:contentHash/pieces',
    {
      schema: {
        ...{ summary: 'What was found in a tile, or counts of it, with outlines', tags, params: tileParams },
        querystring: piecesQuerySchema,
        response: answers(tilePiecesSchema, 400, 404, 410),
      },
    },
    async ({ params: { contentHash }, query }, reply) => {
      const text = kept(`${contentHash} ${query.as}`, () => {
        const tile = foundTile(store, contentHash);
        const run = store.runs.get(tile.runId);
        if (run) requireParticles(run);
        const pieces = query.as === 'found' ? tilePieces(store, tile) : countedPieces(store, tile);
        return JSON.stringify(tilePiecesSchema.parse(pieces));
      });
      // The text is the answer: it has been held against the schema.
      return reply.type('application/json; charset=utf-8').send(text as never);
    },
  );
  app.get(
    '/api/v1/tiles/:contentHash/picture',
    {
      schema: {
        ...{ summary: 'A tile as photographed, without its data bar, as JPEG', tags },
        params: tileParams,
        querystring: pictureQuerySchema,
        response: {
          ...answers(z.any(), 400, 404),
          200: { description: 'the picture', content: { 'image/jpeg': { schema: z.any() } } },
          304: z.null().describe('the one that is there already'),
        },
      },
    },
    async ({ params: { contentHash }, query: { widthPx }, headers }, reply) => {
      const tile = foundTile(store, contentHash);
      const etag = `"${contentHash}-${widthPx}"`;
      // It is named by what it shows, so that it never changes.
      reply.header('cache-control', 'private, max-age=31536000, immutable').header('etag', etag);
      if (headers['if-none-match'] === etag) return reply.code(304).send(null);
      try {
        return reply.type('image/jpeg').send(await pictures.picture(tile, widthPx));
      } catch (error) {
        reply.removeHeader('etag').removeHeader('cache-control').removeHeader('content-type');
        throw error;
      }
    },
  );
}
