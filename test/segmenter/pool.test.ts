import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startSegmenterPool } from '../../src/segmenter/pool.ts';
import type { SegmentTask } from '../../src/segmenter/port.ts';
import { recorder } from '../publish/sending.ts';
import { premises } from '../support/premises.ts';

const task = { path: 'a.tif' } as SegmentTask;

async function pool(processes: number, ...behaviour: string[]) {
  const { folder } = premises();
  const logger = recorder();
  for (const file of behaviour) writeFileSync(join(folder, file), '');
  const segmenter = await startSegmenterPool({
    entry: new URL('./spoilt-segmenter.ts', import.meta.url),
    ...{
      processes,
      threadsPerProcess: 1,
      modelsFolder: folder,
      polarity: 'bright',
      timeoutMs: 10_000,
      logger,
    },
  });
  onTestFinished(() => segmenter.close());
  return { segmenter, logger, now: (file: string) => writeFileSync(join(folder, file), '') };
}

describe('known answers of a pool of segmenters', () => {
  it('are computed by each process when it starts, and what is off is said once', async () => {
    const { segmenter } = await pool(2, 'deviates');
    expect(segmenter.deviations()).toEqual(['low is off']);
    expect(segmenter.distrust()).toEqual([]);
  });

  it('are computed again when asked for, and what is off since then is said', async () => {
    const { segmenter, now } = await pool(2);
    expect(segmenter.deviations()).toEqual([]);
    expect(segmenter.arithmeticOf('low')).toBe('as-shipped');
    now('deviates');
    await segmenter.check();
    expect(segmenter.deviations()).toEqual(['low is off']);
    expect(segmenter.arithmeticOf('low')).toBe('exact');
  });

  it('wait for the tile in hand, and go before those that wait', async () => {
    const { segmenter } = await pool(1);
    const first = expect(segmenter.segment(task)).rejects.toThrow('before any check');
    const second = expect(segmenter.segment(task)).rejects.toThrow('after a check');
    await segmenter.check();
    await first;
    await second;
  });

  it('that come out all wrong end the process, and where the next is no better tiles wait', async () => {
    const { segmenter } = await pool(1, 'spoils');
    await segmenter.check();
    expect(segmenter.distrust()).toEqual(['no segmenter process: still wrong']);
    await expect(segmenter.segment(task)).rejects.toMatchObject({ name: 'SegmenterUnavailableError' });
  });
});
