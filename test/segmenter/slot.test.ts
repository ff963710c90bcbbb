import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { silentLogger } from '../../src/logger.ts';
import type { SegmentTask } from '../../src/segmenter/port.ts';
import { SegmenterSlot } from '../../src/segmenter/slot.ts';
import { describeNeeding, program } from '../support/needs.ts';
import { premises } from '../support/premises.ts';
import { stateOf } from '../support/process-state.ts';
import { until } from '../support/until.ts';

function counting(timeoutMs = 60_000) {
  const { folder } = premises();
  const slot = new SegmenterSlot({
    entry: new URL('./counting-segmenter.ts', import.meta.url),
    ...{ threadsPerProcess: 1, modelsFolder: folder, polarity: 'bright', timeoutMs, logger: silentLogger },
  });
  onTestFinished(() => slot.stop());
  const said = (file: string): number => {
    const path = join(folder, file);
    return existsSync(path) ? Number(readFileSync(path, 'utf8')) : 0;
  };
  return {
    slot,
    count: () => said('count'),
    pid: () => said('pid'),
    segment: (path: string) => slot.segment({ path } as SegmentTask).catch((error: Error) => error.message),
  };
}

describeNeeding(program('setpriv', 'util-linux'))('a segmenter that is held', () => {
  it('computes nothing until it may go on, and then the rest, however long that was', async () => {
    // It needs 1 s of its time limit of 5 s, and is held for 6 s.
    const { slot, count, pid, segment } = counting(5_000);
    const done = segment('a.tif');
    await until('it to count', () => count() >= 3);
    slot.hold();
    slot.hold();
    await until('it to be stopped', () => stateOf(pid()) === 'T');
    const then = count();
    await delay(6_000);
    expect(count()).toBe(then);
    expect(stateOf(pid())).toBe('T');
    slot.goOn();
    expect(await done).toBe('a.tif: has counted');
    expect(count()).toBe(20);
  });

  it('is killed after the running time that it has', async () => {
    const { slot, count, pid, segment } = counting(2_000);
    const startMs = performance.now();
    const done = segment('endless');
    await until('it to count', () => count() >= 1);
    slot.hold();
    await delay(3_000);
    expect(stateOf(pid())).toBe('T');
    slot.goOn();
    expect(await done).toBe('endless: segmenting took over 2000 ms, process killed');
    // 2 s of its own, and 3 s held; timers may be a millisecond early.
    expect(performance.now() - startMs).toBeGreaterThan(4_990);
  });

  it('before its process began has it begin later', async () => {
    const { slot, count, segment } = counting();
    slot.hold();
    const done = segment('a.tif');
    await delay(3_000);
    expect(count()).toBe(0);
    slot.goOn();
    expect(await done).toBe('a.tif: has counted');
  });

  it('is gone when it is to stop, without being waited for', async () => {
    const { slot, count, pid, segment } = counting();
    const done = segment('endless');
    await until('it to count', () => count() >= 1);
    slot.hold();
    await until('it to be stopped', () => stateOf(pid()) === 'T');
    await slot.stop();
    expect(stateOf(pid())).toBe('gone');
    expect(await done).toBe('endless: segmenter process died (SIGKILL)');
  });

  it('and is killed by somebody else is replaced, held as well', async () => {
    const { slot, count, pid, segment } = counting();
    const done = segment('endless');
    await until('it to count', () => count() >= 1);
    slot.hold();
    await until('it to be stopped', () => stateOf(pid()) === 'T');
    process.kill(pid(), 'SIGKILL');
    expect(await done).toBe('endless: segmenter process died (SIGKILL)');
    const next = segment('a.tif');
    const then = count();
    await delay(2_000);
    expect(count()).toBe(then);
    slot.goOn();
    expect(await next).toBe('a.tif: has counted');
  });
});
