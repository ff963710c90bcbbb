import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { softwareVersion } from '../version.ts';
import { isExpectedHost } from './expected-host.ts';

export interface Answer {
  readonly status: 200 | 503;
  readonly type: string;
  readonly body: string;
}

/** What each path answers; nothing of it may name a path of the file system. */
export type Pages = Readonly<Record<string, () => Answer | Promise<Answer>>>;

export interface HttpEndpoint {
  /** Why nothing listens, and what to do; null where it does. */
  fault(): string | null;
  close(): Promise<void>;
}

export interface EndpointSettings {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  readonly hostNames: readonly string[];
}

const RETRY_MS = 30_000;
/** Of a request's headers, and of the whole request: all of it comes at once, or from nobody who means well. */
const REQUEST_MS = 5_000;
const mostConnections = 32;
const largestHeaderBytes = 8_192;

/**
 * Answers GET and HEAD on a few paths. A port that cannot be had is said, and tried again: the daemon's work does not
 * depend on who looks at it.
 */
export async function openEndpoint(
  settings: EndpointSettings,
  pages: Pages,
  logger: Logger,
  retryMs = RETRY_MS,
): Promise<HttpEndpoint> {
  const { host, port, hostNames } = settings;
  let server: Server | null = null;
  let fault: string | null = null;
  let closed = false;
  let retry: NodeJS.Timeout | undefined;

  async function open(): Promise<void> {
    const fresh = httpServer(pages, hostNames, logger);
    try {
      fresh.listen(port, host);
      await once(fresh, 'listening');
    } catch (error) {
      return refuse(error);
    }
    if (closed) return void fresh.close();
    fresh.on('error', (error) => logger.warn({ err: messageOf(error) }, 'monitoring: connection failed'));
    server = fresh;
    fault = null;
    logger.info({ url: urlOf(fresh, host) }, 'monitoring listens');
  }

  function refuse(error: unknown): void {
    const reason =
      `monitoring cannot listen on ${host} port ${port} (${messageOf(error)}) and tries again: ` +
      'end the program that has the port, or choose another (monitoring.host, monitoring.port)';
    if (reason !== fault) logger.error({ host, port }, reason);
    fault = reason;
    if (!closed) retry = setTimeout(() => void open(), retryMs).unref();
  }

  await open();
  return {
    fault: () => fault,
    async close() {
      closed = true;
      clearTimeout(retry);
      if (!server) return;
      const ended = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await ended;
    },
  };
}

function httpServer(pages: Pages, hostNames: readonly string[], logger: Logger): Server {
  const server = createServer(
    {
      maxHeaderSize: largestHeaderBytes,
      headersTimeout: REQUEST_MS,
      requestTimeout: REQUEST_MS,
      keepAliveTimeout: REQUEST_MS,
      connectionsCheckingInterval: 1_000,
    },
    (request, response) => {
      respond(request, response, pages, hostNames).catch((error: unknown) => {
        // The reason may hold a path: it is for the log alone.
        logger.warn({ err: messageOf(error) }, 'monitoring: a request could not be answered');
        if (!response.headersSent) plain(response, 500, 'could not be answered; the log says why');
      });
    },
  );
  server.maxConnections = mostConnections;
  server.setTimeout(2 * REQUEST_MS);
  return server;
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  pages: Pages,
  hostNames: readonly string[],
): Promise<void> {
  response.setHeader('Server', `particled/${softwareVersion}`);
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  if (!isExpectedHost(request.headers.host, hostNames)) {
    return plain(response, 421, 'this host name is not served here; add it to monitoring.hostNames');
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    return plain(response, 405, 'only GET and HEAD');
  }
  const path = request.url?.split('?', 1)[0] ?? '';
  const page = Object.hasOwn(pages, path) ? pages[path] : undefined;
  if (!page) return plain(response, 404, `there are ${Object.keys(pages).join(', ')}`);
  const { status, type, body } = await page();
  send(response, status, type, body);
}

/** A body that was sent along is not read: the connection ends with the answer. */
function plain(response: ServerResponse, status: number, text: string): void {
  response.setHeader('Connection', 'close');
  send(response, status, 'text/plain; charset=utf-8', `${text}\n`);
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': bytes.length });
  response.end(bytes);
}

function urlOf(server: Server, host: string): string {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
