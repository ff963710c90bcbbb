import type { ChildProcess } from 'node:child_process';
import { reportSchema } from '../config/output.ts';
import { forkDependent, LEAN_DRAWING } from '../dependent-process.ts';
import { moduleUrl } from '../module-url.ts';
import type { TableSettings } from '../report/tables/table-settings.ts';

/** A finished run whose files are due. */
export interface ReportOrder {
  readonly runId: number;
  /** Of the run: its overlays are there. */
  readonly folder: string;
}

/** What the report process sends before it ends. */
export interface ReportReply {
  readonly error: string | null;
}

/** Writes the files of finished samples beside the daemon. */
export interface Reporter {
  /** Writes the files of the run's latest summary. */
  write(order: ReportOrder): Promise<void>;
  /** Ends what is under way; half-written files are begun anew at the next start. */
  close(): Promise<void>;
}

/**
 * A process for each order, not a thread: pictures of a full grid take seconds of all cores and hundreds of
 * megabytes, which an ended process gives back, and which one of low priority takes from nobody.
 * @param storeFile an existing store; the process only reads it.
 * @param tables how tables are written.
 */
export function startReporter(storeFile: string, tables: TableSettings = reportSchema.parse({})): Reporter {
  const running = new Map<ChildProcess, Promise<void>>();
  const { csvSeparator, csvDecimalMark } = tables;
  const settings = { tables: tables.tables, csvSeparator, csvDecimalMark };
  let closed = false;

  function ended(child: ChildProcess): Promise<void> {
    return new Promise((resolve, reject) => {
      let reply: ReportReply | null = null;
      child.on('message', (message: ReportReply) => {
        reply = message;
      });
      child.on('error', reject);
      child.on('exit', (code, signal) => {
        if (reply === null) {
          reject(new Error(`the report process has ended (${signal ?? `exit code ${code}`})`));
        } else if (reply.error === null) resolve();
        else reject(new Error(reply.error));
      });
    });
  }

  return {
    async write(order) {
      if (closed) throw new Error('the reporter is closed');
      const words = JSON.stringify({ storeFile, tables: settings, ...order });
      const child = forkDependent(moduleUrl('./report-process', import.meta.url), words, {
        ...LEAN_DRAWING,
        ...process.env,
      });
      const done = ended(child).finally(() => running.delete(child));
      running.set(child, done);
      await done;
    },
    async close() {
      closed = true;
      for (const child of running.keys()) child.kill('SIGKILL');
      await Promise.allSettled(running.values());
    },
  };
}
