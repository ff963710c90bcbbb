import { constants, setPriority } from 'node:os';
import { z } from 'zod';
import { reportSchema } from '../config/output.ts';
import { messageOf } from '../errors.ts';
import { sampleSummary } from '../report/sample/sample-summary.ts';
import { writeSampleFiles } from '../report/sample/sample-writing.ts';
import { openStoreReadOnly } from '../store/database.ts';
import type { ReportReply } from './reporter.ts';

/** A process that draws and writes the files of one finished sample and ends. */
const order = z
  .object({
    ...{ storeFile: z.string(), runId: z.number(), folder: z.string() },
    tables: reportSchema.pick({ tables: true, csvSeparator: true, csvDecimalMark: true }),
  })
  .parse(JSON.parse(process.argv[2] ?? '{}'));

// The daemon answers brokers and the watchdog meanwhile, and the next sample's tiles come first.
// Of its main thread alone: somebody waits for it, and with all threads at the lowest it starves beside two busy cores.
setPriority(constants.priority.PRIORITY_LOW);

async function write(): Promise<void> {
  const { runId, folder } = order;
  const store = openStoreReadOnly(order.storeFile);
  try {
    const { summary, ...run } = store.snapshot(() => ({
      summary: store.summaries.latest(runId),
      tiles: store.tiles.ofRun(runId),
      columns: [...store.particles.columnsOfRun(runId)],
    }));
    if (!summary) throw new Error(`the store has no summary of run ${runId}`);
    const pieces = store.particles.rowsOfRun(runId);
    const record = { ...run, summary: sampleSummary(summary.payload), pieces };
    await writeSampleFiles(folder, record, order.tables);
  } finally {
    store.close();
  }
}

function end(reply: ReportReply): void {
  // Whoever asked may be gone: then nobody wants an answer.
  process.send?.(reply, undefined, undefined, () => process.exit());
}

// Ctrl-C and systemd signal the daemon's whole group; the daemon alone decides when its processes end.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
// The next daemon writes these files anew: two at once would write over each other.
process.on('disconnect', () => process.exit());
write().then(
  () => end({ error: null }),
  (error: unknown) => end({ error: messageOf(error) }),
);
