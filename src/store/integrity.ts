import { forkDependent } from '../dependent-process.ts';
import { moduleUrl } from '../module-url.ts';

/** What a look at the whole store has found. */
export interface Integrity {
  /** What is damaged and what to do; null while nothing was found. */
  fault(): string | null;
  /** Resolves once all is read. */
  readonly looked: Promise<void>;
  close(): Promise<void>;
}

/** What the process sends before it ends. */
export interface IntegrityFinding {
  readonly fault: string | null;
}

/**
 * Reads the long tables through beside the daemon, once after its start: in a process, as a thread that is deep in a table
 * of gigabytes can be ended by nobody, and a stop would wait for it.
 */
export function startIntegrityCheck(path: string): Integrity {
  let fault: string | null = null;
  const child = forkDependent(moduleUrl('./integrity-process', import.meta.url), path);
  child.on('message', (finding: IntegrityFinding) => {
    fault = finding.fault;
  });
  // One that ends otherwise, as for want of memory, has found nothing; the next start looks again.
  const looked = new Promise<void>((resolve) => {
    child.once('exit', () => resolve()).once('error', () => resolve());
  });
  return {
    fault: () => fault,
    looked,
    async close() {
      child.kill('SIGKILL');
      await looked;
    },
  };
}
