import type { Config } from '../config/schema.ts';
import { sinceMs } from '../config/since.ts';
import type { Logger } from '../logger.ts';
import { type Share, startShare } from '../watcher/share.ts';

/** The export folder as the configuration has it watched. */
export function shareOf({ watch, instrument }: Config, logger: Logger): Share {
  const { answerTimeoutS, rescanIntervalS, since, ...patternsAndPace } = watch;
  return startShare({
    ...patternsAndPace,
    rescanIntervalMs: rescanIntervalS * 1000,
    answerTimeoutMs: answerTimeoutS * 1000,
    displayWidthDefaultM: instrument.displayWidthM,
    pixelSizeNm: instrument.pixelSizeNm,
    sinceMs: since === null ? null : sinceMs(since, Date.now()),
    logger,
  });
}
