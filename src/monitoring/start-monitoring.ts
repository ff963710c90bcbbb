import type { Config } from '../config/schema.ts';
import type { Logger } from '../logger.ts';
import { type Answer, openEndpoint } from './http-endpoint.ts';
import { createMetrics, type MetricSources, type Metrics } from './metrics.ts';

/** What must be there for tiles to become results; false names what is not. */
export interface Readiness {
  readonly models: boolean;
  readonly store: boolean;
  readonly folder: boolean;
  /** Nothing holds up tiles that wait. */
  readonly tiles: boolean;
}

export interface MonitoringSources extends MetricSources {
  readiness(): Readiness;
}

/** How others look at the daemon over HTTP, where the configuration wants that. */
export interface Monitoring
  extends Pick<Metrics, 'tileSegmented' | 'tileFailed' | 'fileSetAside' | 'shadowTile'> {
  /** The daemon is up, and asked from now on. */
  show(sources: MonitoringSources): void;
  /** Why nothing listens, in words, for the health's reasons. */
  faults(): string[];
  close(): Promise<void>;
}

const notYet: Readiness = { models: false, store: false, folder: false, tiles: false };

/** Listens before the daemon is up: it lives then, and is not ready. Never throws. */
export async function startMonitoring(
  { port, host, hostNames }: Config['monitoring'],
  logger: Logger,
): Promise<Monitoring> {
  if (port === null) return nobodyLooks;
  let sources: MonitoringSources | null = null;
  const metrics = createMetrics(() => sources, logger);
  const endpoint = await openEndpoint(
    { host, port, hostNames },
    {
      // A loop that does not turn gives no answer.
      '/healthz': () => json(200, { alive: true }),
      '/readyz': () => {
        const readiness = sources?.readiness() ?? notYet;
        const ready = Object.values(readiness).every(Boolean);
        return json(ready ? 200 : 503, { ready, ...readiness });
      },
      '/metrics': async () => ({ status: 200, type: metrics.contentType, body: await metrics.text() }),
    },
    logger,
  );
  const { tileSegmented, tileFailed, fileSetAside, shadowTile } = metrics;
  return {
    ...{ tileSegmented, tileFailed, fileSetAside, shadowTile },
    show(now) {
      sources = now;
    },
    faults: () => [endpoint.fault()].filter((fault) => fault !== null),
    close: () => endpoint.close(),
  };
}

const nobodyLooks: Monitoring = {
  tileSegmented() {},
  tileFailed() {},
  fileSetAside() {},
  shadowTile() {},
  show() {},
  faults: () => [],
  close: () => Promise.resolve(),
};

function json(status: Answer['status'], body: object): Answer {
  return { status, type: 'application/json', body: `${JSON.stringify(body)}\n` };
}
