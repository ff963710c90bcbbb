import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Segmenter } from '../segmenter/port.ts';
import { counted } from '../statistics/numeric/figure-digits.ts';
import type { QueueLink } from './link.ts';
import type { RemoteSegmenter } from './remote-segmenter.ts';
import type { WorkersSeen } from './workers.ts';

/** What is wrong with the queue, for the health: ends in `; ` and the advice. */
export interface QueueFault {
  readonly code: 'queue-away' | 'workers-refuse';
  readonly text: string;
}

export interface Fallback extends Segmenter {
  /** Whether tiles are segmented on this computer now. */
  isLocal(): boolean;
  faults(): readonly QueueFault[];
}

export interface FallbackOptions {
  readonly link: Pick<QueueLink, 'isReady' | 'awaySinceMs' | 'fault' | 'close'>;
  readonly remote: RemoteSegmenter;
  readonly local: Pick<Segmenter, 'segment'>;
  /** For what is said of it. */
  readonly url: string;
  readonly localAfterMs: number;
  workers(): Promise<WorkersSeen>;
  readonly logger: Logger;
}

const TICK_MS = 1000;
/** Workers that were there and answered nothing are tried again after pauses that grow up to this. */
const TRIAL_PAUSE_MOST_MS = 600_000;

/** Tiles go to workers; to this computer once those have not answered for too long, until they can be had again. */
export function createFallback(options: FallbackOptions): Fallback {
  const { link, remote, local, url, localAfterMs, logger } = options;
  const underWay = new Set<AbortController>();
  let workers: WorkersSeen | null = null;
  let isLocal = false;
  let isClosed = false;
  let sinceMs = performance.now();
  let pauseMs = 0;

  function silentForMs(): number {
    const away = link.awaySinceMs();
    return Math.max(away === null ? 0 : performance.now() - away, remote.silentForMs());
  }

  function goLocal(): void {
    isLocal = true;
    // A queue that comes back is used at once; workers that did not answer are given time.
    pauseMs = link.isReady() ? Math.min(Math.max(2 * pauseMs, localAfterMs), TRIAL_PAUSE_MOST_MS) : 0;
    sinceMs = performance.now();
    logger.warn({ queue: url, reason: reason() }, 'tiles are segmented on this computer');
    for (const flight of underWay) flight.abort(new Error('segmented on this computer'));
  }

  function goRemote(): void {
    isLocal = false;
    logger.info({ queue: url }, 'tiles go to the queue again');
  }

  async function look(): Promise<void> {
    try {
      workers = link.isReady() ? await options.workers() : null;
    } catch (error) {
      logger.debug({ err: messageOf(error) }, 'the workers of the queue could not be listed');
    }
    if (isClosed) return;
    if (!isLocal && silentForMs() > localAfterMs) goLocal();
    else if (isLocal && canReturn()) goRemote();
    if (!isLocal && remote.silentForMs() === 0 && link.isReady()) pauseMs = 0;
  }

  function canReturn(): boolean {
    return link.isReady() && (workers?.fitting.length ?? 0) > 0 && performance.now() - sinceMs >= pauseMs;
  }

  function reason(): string {
    if (!link.isReady()) return `it is not connected${link.fault() ? ` (${link.fault()})` : ''}`;
    if (workers === null || workers.fitting.length > 0) return 'its workers answer nothing';
    return workers.others.length > 0 ? 'all of its workers are of another version' : 'it has no worker';
  }

  function faults(): QueueFault[] {
    const found: QueueFault[] = [];
    const isEmpty = workers !== null && workers.fitting.length === 0;
    if (isLocal || !link.isReady() || isEmpty) {
      const meanwhile = isLocal ? 'tiles are segmented on this computer' : 'tiles wait for it';
      const advice = 'check the server, its network and particled worker (segmenter.queue)';
      found.push({ code: 'queue-away', text: `the queue ${url}: ${reason()}; ${meanwhile}; ${advice}` });
    }
    const [first, ...others] = refusals();
    if (first !== undefined) {
      const more = others.length > 0 ? `, and ${counted(others.length, 'other worker')}` : '';
      const [what, advice = 'see its log'] = first.split(/; (?!.*; )/s);
      found.push({
        code: 'workers-refuse',
        text: `a worker takes no tiles: ${what}${more}; ${advice}`,
      });
    }
    return found;
  }

  function refusals(): string[] {
    const heard = [...remote.refusals()].map(([worker, message]) => `${worker}: ${message}`);
    const unlike = (workers?.others ?? [])
      .filter(({ worker }) => !remote.refusals().has(worker))
      .map(
        ({ worker, softwareVersion }) =>
          `${worker}: it is particled ${softwareVersion}; install the same particled there`,
      );
    return [...heard, ...unlike];
  }

  let looking: Promise<void> | null = null;
  const tick = setInterval(() => {
    // A look that hangs is not waited for: silence is judged all the same.
    if (looking && !isLocal && silentForMs() > localAfterMs) goLocal();
    looking ??= look().finally(() => {
      looking = null;
    });
  }, TICK_MS);

  return {
    async segment(task) {
      if (isLocal) return local.segment(task);
      const flight = new AbortController();
      underWay.add(flight);
      try {
        return await remote.segment(task, flight.signal);
      } catch (error) {
        if (!flight.signal.aborted) throw error;
      } finally {
        underWay.delete(flight);
      }
      return local.segment(task);
    },
    isLocal: () => isLocal,
    faults,
    async close() {
      isClosed = true;
      clearInterval(tick);
      await remote.close();
      await link.close();
    },
  };
}
