import type { SecureContextOptions } from 'node:tls';
import { fileURLToPath } from 'node:url';
import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyServerOptions, LogController } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { readTlsFiles } from '../config/tls-files.ts';
import type { Logger } from '../logger.ts';
import { guard } from './access/guard.ts';
import { protectingHeaders } from './access/headers.ts';
import { compressTexts } from './compressed.ts';
import { answerFaults } from './fault-answers.ts';
import { describeRoutes } from './openapi.ts';
import { allRoutes } from './routes/all-routes.ts';
import { pageRoutes } from './routes/page-routes.ts';
import { serverLogger } from './server-logger.ts';
import type { App, ServerParts } from './server-parts.ts';
import type { DashboardSettings } from './settings.ts';

/** Of this program as developed and as shipped. */
const PAGE_FOLDER = fileURLToPath(new URL('../../page/', import.meta.url));

/**
 * Requests of one address a minute, against programs that run wild. A whole grid with its thumbnails and outlines is some 600; a
 * laboratory of 20 behind one address, each of whom opens five grids a minute, asks 60,000 times.
 */
const MOST_A_MINUTE = 100_000;
/** An outline of a large particle has thousands of corners. */
const LARGEST_BODY_BYTES = 1024 * 1024;
const REQUEST_MS = 30_000;
const MOST_CONNECTIONS = 2_000;

/**
 * The server of the live page, which does not listen yet.
 * @param pageFolder where the built page lies
 * @throws ConfigError where key or certificate cannot be used
 */
export async function createServer(
  parts: ServerParts,
  logger: Logger,
  pageFolder = PAGE_FOLDER,
): Promise<App> {
  const { page } = parts.settings;
  const options = { ...serverOptions(page), loggerInstance: serverLogger(logger) };
  // With TLS it is a server of another class, which does the same.
  const app: App = fastify(options).withTypeProvider<ZodTypeProvider>();
  app.server.maxConnections = MOST_CONNECTIONS;
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  // Only JSON is read: a form of another site's page sends none without asking first.
  app.removeContentTypeParser('text/plain');
  answerFaults(app);
  await app.register(cookie);
  await protectingHeaders(app, page.certFile !== null);
  guard(app, { hostNames: page.hostNames, ...parts });
  await app.register(rateLimit, {
    max: MOST_A_MINUTE,
    timeWindow: 60_000,
    errorResponseBuilder: (_, { after }) =>
      Object.assign(new Error(`too many requests; try again in ${after}`), { statusCode: 429 }),
  });
  compressTexts(app);
  await describeRoutes(app);
  allRoutes(app, parts);
  await pageRoutes(app, pageFolder);
  return app;
}

function serverOptions({
  trustedProxies,
  certFile,
  keyFile,
}: DashboardSettings['page']): FastifyServerOptions {
  const tls = certFile === null || keyFile === null ? {} : { https: ownTls(certFile, keyFile) };
  return {
    ...tls,
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    bodyLimit: LARGEST_BODY_BYTES,
    requestTimeout: REQUEST_MS,
    connectionTimeout: 0, // events flow for hours
    keepAliveTimeout: 10_000,
    forceCloseConnections: true,
    logController: new LogController({ disableRequestLogging: true }),
    routerOptions: { maxParamLength: 400 },
    return503OnClosing: true,
  } as FastifyServerOptions;
}

function ownTls(certFile: string, keyFile: string): SecureContextOptions {
  const { cert, key } = readTlsFiles(certFile, keyFile);
  return { cert, key, minVersion: 'TLSv1.2' };
}
