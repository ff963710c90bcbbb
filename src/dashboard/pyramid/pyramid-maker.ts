import type { ChildProcess } from 'node:child_process';
import { forkDependent, LEAN_DRAWING } from '../../dependent-process.ts';
import { moduleUrl } from '../../module-url.ts';
import { type PyramidOrder, pyramidReply } from './pyramid-channel.ts';

/** Has a pyramid drawn in a process of its own. */
export interface PyramidMaker {
  /** @throws Error in words, where it could not be made */
  make(order: PyramidOrder, onPlace: (placesDone: number) => void): Promise<void>;
  close(): void;
}

/** A place takes some 50 ms; one that takes so long waits for a share that hangs. */
const PLACE_MS = 60_000;

export function startPyramidMaker(placeMs = PLACE_MS): PyramidMaker {
  const running = new Set<ChildProcess>();
  return {
    make: (order, onPlace) =>
      new Promise((resolve, reject) => {
        const module = moduleUrl('./pyramid-process', import.meta.url);
        const child = forkDependent(module, JSON.stringify(order), { ...LEAN_DRAWING, ...process.env });
        running.add(child);
        let failure: Error | null = new Error('the process that drew it has ended');
        const hang = (): void => {
          failure = new Error(`the export folder did not answer for ${placeMs / 1000} s`);
          child.kill('SIGKILL');
          // A process whose calls hang may not even end by SIGKILL.
          child.unref();
          end();
        };
        let late = setTimeout(hang, placeMs);
        const end = (): void => {
          clearTimeout(late);
          running.delete(child);
          if (failure) reject(failure);
          else resolve();
        };
        child.on('message', (message) => {
          const { success, data: reply } = pyramidReply.safeParse(message);
          if (!success) return;
          clearTimeout(late);
          late = setTimeout(hang, placeMs);
          if (reply.kind === 'drawn') onPlace(reply.placesDone);
          else failure = reply.kind === 'failed' ? new Error(reply.reason) : null;
        });
        child.on('error', () => {}); // it exits as well
        child.once('exit', end);
      }),
    close() {
      for (const child of running) child.kill('SIGKILL');
    },
  };
}
