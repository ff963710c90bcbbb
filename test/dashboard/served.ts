import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Config, configSchema } from '../../src/config/schema.ts';
import { readCredentials } from '../../src/dashboard/access/credentials.ts';
import { createSessions } from '../../src/dashboard/access/sessions.ts';
import { createDaemonLink } from '../../src/dashboard/daemon-link.ts';
import { createEventRing } from '../../src/dashboard/events/event-ring.ts';
import { createStoreWatch } from '../../src/dashboard/events/store-watch.ts';
import { startPyramids } from '../../src/dashboard/pyramid/pyramids.ts';
import { createServer } from '../../src/dashboard/server.ts';
import type { ServerParts } from '../../src/dashboard/server-parts.ts';
import { createRunIndex } from '../../src/dashboard/shown/run-index.ts';
import { settingsOf } from '../../src/dashboard/start-dashboard.ts';
import { startTilePictures } from '../../src/dashboard/tile-pictures/tile-pictures.ts';
import { type Logger, silentLogger } from '../../src/logger.ts';
import { openStoreReadOnly } from '../../src/store/database.ts';
import { type Premises, settingsFor } from '../support/premises.ts';
import { statusExample } from './status-example.ts';

export interface Served {
  readonly url: string;
  readonly parts: ServerParts;
  /** Looks at the store, as happens a few times a second. */
  look(): void;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  json(path: string): Promise<{ readonly status: number; readonly body: never }>;
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
}

/** The server of the live page over the premises' store, listening on a free port until the test ends. */
export async function served(
  place: Premises,
  page: Partial<Config['dashboard']> = {},
  { logger = silentLogger }: { readonly logger?: Logger } = {},
): Promise<Served> {
  const config = configSchema.parse(settingsFor(place, { dashboard: { port: 0, ...page } }));
  const settings = settingsOf(config);
  if (settings === null) throw new Error('the page has no port');
  const store = openStoreReadOnly(place.storeFile);
  const index = createRunIndex(store, settings);
  const events = createEventRing('test', 50);
  const daemon = createDaemonLink(
    () => {},
    () => {},
  );
  daemon.hear({ kind: 'status', status: statusExample });
  const pictures = startTilePictures(settings, logger);
  const credentials = readCredentials(settings.page);
  const pyramids = startPyramids(settings, store, logger);
  const reading = { settings, store, index, events, daemon, pictures, pyramids };
  const parts = { ...reading, credentials, sessions: createSessions() };
  const app = await createServer(parts, logger, builtPage(place.folder));
  await app.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(async () => {
    await app.close();
    pictures.close();
    pyramids.close();
    store.close();
  });
  const address = app.server.address();
  const scheme = settings.page.certFile === null ? 'http' : 'https';
  const url = `${scheme}://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  const get: Served['get'] = (path, headers = {}) => fetch(`${url}${path}`, { headers });
  const watch = createStoreWatch(store, index, events.push);
  return {
    ...{ url, parts, get },
    look: () => watch.look(),
    async json(path) {
      const answer = await get(path);
      return { status: answer.status, body: (await answer.json()) as never };
    },
    send: (method, path, body, headers = {}) =>
      fetch(`${url}${path}`, {
        method,
        headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
  };
}

/** What `npm run page` makes, as small as it can be, beside a file that is nobody's business. */
function builtPage(folder: string): string {
  const page = join(mkdtempSync(join(folder, 'built-')), 'page');
  mkdirSync(join(page, 'assets'), { recursive: true });
  writeFileSync(join(page, 'index.html'), '<!doctype html><title>particled</title><div id="page"></div>');
  writeFileSync(join(page, 'assets/index-abc.js'), 'export {};\n');
  writeFileSync(join(page, '../secret.txt'), 'secret\n');
  return page;
}
