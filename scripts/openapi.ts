import { dashboardSchema } from '../src/config/dashboard.ts';
import { openApiDocument } from '../src/dashboard/openapi.ts';
import { createServer } from '../src/dashboard/server.ts';
import type { ServerParts } from '../src/dashboard/server-parts.ts';
import { silentLogger } from '../src/logger.ts';

/** `docs/openapi.json`: what the live page answers to programs, as it answers itself under `/api/v1/openapi.json`. */
export async function openApiJson(): Promise<string> {
  const page = { ...dashboardSchema.parse({}), port: 0 };
  // Nothing is asked, so that nothing has to be there to answer from.
  const app = await createServer({ settings: { page } } as ServerParts, silentLogger, '/nowhere');
  await app.ready();
  const document = openApiDocument(app);
  await app.close();
  return `${JSON.stringify(document, null, 1)}\n`;
}
