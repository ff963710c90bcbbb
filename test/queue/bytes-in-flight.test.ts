import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBytesInFlight } from '../../src/queue/bytes-in-flight.ts';

const never = new AbortController().signal;

describe('bytes in flight', () => {
  it('are never more than the most, but for one file that is larger alone, and all pass in their order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 150 }), { maxLength: 20 }), async (sizes) => {
        const room = createBytesInFlight(100);
        const order: number[] = [];
        let [within, files] = [0, 0];
        await Promise.all(
          sizes.map(async (size, index) => {
            const leave = await room.enter(size, never);
            order.push(index);
            [within, files] = [within + size, files + 1];
            expect(within <= 100 || files === 1).toBe(true);
            await Promise.resolve();
            [within, files] = [within - size, files - 1];
            leave();
          }),
        );
        expect(order).toEqual(sizes.map((_, index) => index));
      }),
    );
  });

  it('let the next pass where one that waits is waited for no longer', async () => {
    const room = createBytesInFlight(100);
    const leave = await room.enter(60, never);
    const tired = new AbortController();
    const large = room.enter(90, tired.signal);
    const small = room.enter(40, never);
    tired.abort(new Error('no longer'));
    await expect(large).rejects.toThrow('no longer');
    (await small)();
    leave();
    await room.enter(100, never);
  });
});
