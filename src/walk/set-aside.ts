import { messageOf, UnusableFileError } from '../errors.ts';
import type { GroupedWarnings } from '../grouped-warnings.ts';
import { type Sender, setAsideMessage } from '../publish/compose.ts';
import type { FileState } from '../watcher/file-state.ts';
import { KeptOutError } from './kept-out.ts';
import type { PipelineParts } from './walk-parts.ts';

/**
 * Sets a file aside with what was thrown as the reason: listed, announced once, and left where it is. Gives the reason.
 * `state` is the file as it was seen last, null where it cannot be seen.
 */
export function createSetAside(
  { store, onMessage, observer }: Pick<PipelineParts, 'store' | 'onMessage' | 'observer'>,
  warnings: Pick<GroupedWarnings, 'warn'>,
  sender: () => Sender,
): (path: string, error: unknown, state: FileState | null) => UnusableFileError {
  return (path, error, state) => {
    const fault =
      error instanceof UnusableFileError
        ? error
        : new UnusableFileError(path, 'unreadable', messageOf(error), true);
    const { code, mayRecover } = fault;
    const reason = fault.message.slice(fault.path.length + 2);
    const file = { path, sizeBytes: state?.sizeBytes ?? 0, modifiedAtMs: state?.modifiedAtMs ?? 0 };
    const message = setAsideMessage(sender(), fault, reason);
    const keptOut = fault instanceof KeptOutError ? fault.keptOut : undefined;
    if (!store.unusable.setAside({ ...file, code, reason, mayRecover, keptOut }, message)) return fault;
    warnings.warn(code, path, { path, code, reason });
    observer?.fileSetAside(code);
    onMessage();
    return fault;
  };
}

/** Why a tile that was given up counts as a file set aside. */
export function segmentingFault(path: string, error: unknown): UnusableFileError {
  return error instanceof UnusableFileError
    ? error
    : new UnusableFileError(path, 'segmenter-failed', messageOf(error));
}
