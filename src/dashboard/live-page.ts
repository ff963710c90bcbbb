import { setTimeout as pause } from 'node:timers/promises';
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { openStoreReadOnly } from '../store/database.ts';
import { readCredentials } from './access/credentials.ts';
import { createSessions } from './access/sessions.ts';
import type { FromPage } from './channel.ts';
import type { DaemonLink } from './daemon-link.ts';
import type { EventRing } from './events/event-ring.ts';
import { createStoreWatch } from './events/store-watch.ts';
import { startPyramids } from './pyramid/pyramids.ts';
import { createServer } from './server.ts';
import type { App } from './server-parts.ts';
import type { DashboardSettings } from './settings.ts';
import { createRunIndex } from './shown/run-index.ts';
import { startTilePictures } from './tile-pictures/tile-pictures.ts';

/** Looks at the store a few times a second at most, and takes a tenth of the time at most. */
const LOOK_MS = 250;
const LOOK_SHARE = 10;
const RETRY_MS = 30_000;

interface LivePage {
  readonly settings: DashboardSettings;
  readonly events: EventRing;
  readonly daemon: DaemonLink;
  readonly logger: Logger;
}

/**
 * Serves the page until the process ends. A port that cannot be had is said, and tried again.
 * @param tell what the daemon is told of it
 * @throws Error where the store cannot be opened
 */
export async function serveLivePage(
  { settings, events, daemon, logger }: LivePage,
  tell: (message: FromPage) => void,
): Promise<void> {
  const store = openStoreReadOnly(settings.storeFile);
  const index = createRunIndex(store, settings);
  const pictures = startTilePictures(settings, logger);
  const pyramids = startPyramids(settings, store, logger);
  const watch = createStoreWatch(store, index, (event) => {
    events.push(event);
    if (event.type === 'summary') pyramids.due(event.sampleId, event.run);
  });
  const parts = { settings, store, index, events, daemon, pictures, pyramids, sessions: createSessions() };
  void follow(() => watch.look(), logger);
  const read = (): Promise<void> => index.ready();
  read().catch((error: unknown) =>
    logger.warn({ err: messageOf(error) }, 'live page: runs cannot be read yet'),
  );
  for (let told = ''; ; ) {
    try {
      // Anew each time: key and certificate may have been mended.
      const app = await createServer({ ...parts, credentials: readCredentials(settings.page) }, logger);
      const url = await listen(app, settings.page);
      tell({ kind: 'listens', url });
      return;
    } catch (error) {
      const reason = whyNot(error, settings.page);
      if (reason !== told) logger.error({}, reason);
      told = reason;
      tell({ kind: 'away', reason });
    }
    await pause(RETRY_MS);
  }
}

async function listen(app: App, { host, port }: DashboardSettings['page']): Promise<string> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    throw error;
  }
  const address = app.server.address();
  const own = typeof address === 'object' && address !== null ? address.port : port;
  const scheme = 'setSecureContext' in app.server ? 'https' : 'http';
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${own}`;
}

function whyNot(error: unknown, { host, port }: DashboardSettings['page']): string {
  const said = messageOf(error).replaceAll(/\s*\n\s*/g, ' ');
  const isOfPort = error instanceof Error && 'syscall' in error && error.syscall === 'listen';
  return isOfPort
    ? `the live page cannot listen on ${host} port ${port} (${said}) and tries again; end the program that has the port, or choose another (dashboard.host, dashboard.port)`
    : `the live page cannot be served (${said}) and is tried again; mend what dashboard.passwordFile, tokenFile, certFile or keyFile names`;
}

async function follow(look: () => void, logger: Logger): Promise<never> {
  for (let told = ''; ; ) {
    const sinceMs = performance.now();
    try {
      look();
      told = '';
    } catch (error) {
      const err = messageOf(error);
      if (err !== told) logger.warn({ err }, 'live page: the store cannot be looked at');
      told = err;
    }
    await pause(Math.max(LOOK_MS, LOOK_SHARE * (performance.now() - sinceMs)));
  }
}
