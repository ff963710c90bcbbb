import { messageOf } from '../../errors.ts';
import { lowerPriority } from '../../process-priority.ts';
import { openStoreReadOnly } from '../../store/database.ts';
import { planOfRun } from './plan-of-run.ts';
import { type PyramidReply, pyramidOrder } from './pyramid-channel.ts';
import { writePyramid } from './pyramid-files.ts';

/** A process that draws the pyramid of one run and ends, so that its memory is given back. */
const { storeFile, runId, runFolder, exportFolder } = pyramidOrder.parse(JSON.parse(process.argv[2] ?? '{}'));

// Tiles come first, and those who look at what is there.
lowerPriority('low');

async function write(): Promise<void> {
  const store = openStoreReadOnly(storeFile);
  try {
    const { plan, revision } = planOfRun(store, runId, runFolder);
    await writePyramid(runFolder, plan, revision, exportFolder, (placesDone) =>
      say({ kind: 'drawn', placesDone }),
    );
  } finally {
    store.close();
  }
}

function say(reply: PyramidReply, then: () => void = () => {}): void {
  process.send?.(reply, undefined, undefined, then);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL')); // an exit would wait for calls that hang
write().then(
  () => say({ kind: 'written' }, () => process.exit()),
  (error: unknown) => say({ kind: 'failed', reason: messageOf(error) }, () => process.exit()),
);
