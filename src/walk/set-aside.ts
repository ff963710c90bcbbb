import { type Stats, statSync } from 'node:fs';
import { messageOf, UnusableFileError } from '../errors.ts';
import { type Sender, setAsideMessage } from '../publish/compose.ts';
import type { PipelineParts } from './walk-parts.ts';

/** Sets a file aside with what was thrown as the reason: listed, announced once, and left where it is. */
export function createSetAside(
  { store, logger, onMessage, observer }: Pick<PipelineParts, 'store' | 'logger' | 'onMessage' | 'observer'>,
  sender: () => Sender,
): (path: string, error: unknown) => void {
  return (path, error) => {
    const fault =
      error instanceof UnusableFileError
        ? error
        : new UnusableFileError(path, 'unreadable', messageOf(error), true);
    const { code, mayRecover } = fault;
    const reason = fault.message.slice(fault.path.length + 2);
    const stats = statsOf(path);
    const file = { path, sizeBytes: stats?.size ?? 0, modifiedAtMs: stats?.mtimeMs ?? 0 };
    const message = setAsideMessage(sender(), fault, reason);
    if (!store.unusable.setAside({ ...file, code, reason, mayRecover }, message)) return;
    logger.warn({ path, code, reason }, 'file set aside');
    observer?.fileSetAside(code);
    onMessage();
  };
}

/** Why a tile that was given up counts as a file set aside. */
export function segmentingFault(path: string, error: unknown): UnusableFileError {
  return error instanceof UnusableFileError
    ? error
    : new UnusableFileError(path, 'segmenter-failed', messageOf(error));
}

/** Undefined where the file is gone or its share does not answer. */
function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
