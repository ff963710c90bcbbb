import { expect, it } from 'vitest';
import { recorder } from '../publish/sending.ts';
import { premises } from '../support/premises.ts';
import { until } from '../support/until.ts';
import { BUSY_MS, worker } from './parts.ts';

it(
  'a worker whose queue is away, and that has no tile, says what to do and ends without its grace',
  async () => {
    const logger = recorder();
    // Nobody listens on port 1.
    const idle = await worker(premises(), 'redis://127.0.0.1:1', { graceMs: 60_000, logger });
    await until('the reason', () =>
      logger.lines.some(({ message }) => message.startsWith('the queue does not answer')),
    );
    const toldMs = performance.now();
    await idle.stop();
    // 3 s for the queue to take back what it has; the rest is a busy computer's.
    expect(performance.now() - toldMs).toBeLessThan(40_000);
  },
  BUSY_MS,
);
