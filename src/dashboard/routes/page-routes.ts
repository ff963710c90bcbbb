import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../refusal.ts';
import type { App } from '../server-parts.ts';

/** Addresses that the page shows by itself: it is one file, whichever of them is asked for. */
const ownAddresses = ['/', '/samples', '/samples/*', '/shadow'];

/**
 * The page in the browser: its one file under each of its addresses, and what that asks for.
 * @param folder where `npm run page` has put it
 */
export async function pageRoutes(app: App, folder: string): Promise<void> {
  if (existsSync(folder)) {
    await app.register(fastifyStatic, {
      root: folder,
      serve: true,
      index: false,
      wildcard: false,
      dotfiles: 'ignore',
      globIgnore: ['**/index.html'],
      schemaHide: true,
      cacheControl: false,
      setHeaders(reply, path) {
        // Names of these hold what they hold, so that another file has another name.
        const isHashed = path.startsWith(join(folder, 'assets'));
        reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
  const sendPage = async (_: FastifyRequest, reply: FastifyReply) => {
    const html = await readFile(join(folder, 'index.html')).catch(() => {
      throw new Refusal(
        503,
        'the page was not built; run npm run page where particled was checked out, or install the package again',
      );
    });
    return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(html);
  };
  for (const url of ownAddresses) app.get(url, { schema: { hide: true } }, sendPage);
  app.setNotFoundHandler((request, reply) => {
    reply.code(404);
    if (request.url.startsWith('/api'))
      return reply.send({
        message: 'there is nothing at this address; /api/v1/openapi.json lists what there is',
      });
    // Somebody who mistyped an address gets the page, which says so and leads on; a script or picture is asked for otherwise.
    if (request.method === 'GET' && request.headers.accept?.includes('text/html'))
      return sendPage(request, reply);
    return reply.send({ message: 'there is no page at this address' });
  });
}
