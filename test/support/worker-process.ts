import { cli } from './command.ts';
import { type LoggingProcess, startProcess } from './daemon-process.ts';

/** Starts a real `particled worker` with these words of the command line; it and its children are gone after the test. */
export function startWorkerProcess(...words: string[]): LoggingProcess {
  return startProcess([cli, 'worker', ...words]);
}
