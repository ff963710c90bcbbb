import type { FaultLine } from './fault-line.ts';
import { files, images, metadata } from './input-lines.ts';
import { inference, mqtt, stateTimeMail } from './operation-lines.ts';

/** All that the daemon must survive, each line with the tests that prove it. */
export const faultLines: readonly FaultLine[] = [
  ...files,
  ...images,
  ...metadata,
  ...inference,
  ...mqtt,
  ...stateTimeMail,
];
