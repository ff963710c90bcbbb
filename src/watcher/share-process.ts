import { lstat } from 'node:fs/promises';
import { messageOf, UnusableFileError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { isListed, requireFolder } from './folder-condition.ts';
import type { ShareReply, ShareRequest, ShareSettings } from './share-channel.ts';
import { localTileFiles } from './tile-files.ts';
import { type FolderWatch, followFolder } from './watch-folder.ts';

/**
 * The process that touches the export folder: calls on a share that hangs never return and cannot be ended, so they hold
 * this process and not the daemon's.
 */
const settings = JSON.parse(process.argv[2] ?? '{}') as ShareSettings;
const { folder, probeIntervalMs } = settings;
const files = localTileFiles({ ...settings, patterns: settings });
let watch: FolderWatch | null = null;

function reply(message: ShareReply): void {
  // A daemon that is gone wants no answer.
  process.send?.(message, undefined, undefined, () => {});
}

const say =
  (level: keyof Logger): Logger[keyof Logger] =>
  (facts, message) =>
    reply({ kind: 'log', level, facts, message });
const logger: Logger = { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') };

async function startWatch(knownFiles: number): Promise<null> {
  watch ??= await followFolder(
    { ...settings, knownFiles, logger, onMisnamed: (paths) => reply({ kind: 'misnamed', paths }) },
    (path) => reply({ kind: 'finished', path }),
  );
  answers();
  return null;
}

async function rescan(): Promise<null> {
  await watch?.rescan();
  answers();
  return null;
}

/** Gone before and after the folder was found to be there. */
async function goneFor(paths: readonly string[]): Promise<string[]> {
  const gone = await files.gone(paths);
  if (gone.length === 0) return [];
  await rescan();
  const condition = watch?.condition();
  return condition !== undefined && isListed(condition) ? files.gone(gone) : [];
}

function work(request: ShareRequest): Promise<unknown> {
  switch (request.call) {
    case 'watch':
      return startWatch(request.asked.knownFiles);
    case 'rescan':
      return rescan();
    case 'isStill':
      return files.isStill(request.asked.known, request.asked.path);
    case 'read':
      return files.read(request.asked);
    case 'twinOf':
      return files.twinOf(request.asked);
    case 'states':
      return files.states(request.asked);
    case 'contentHash':
      return files.contentHash(request.asked);
    case 'areInverse':
      return files.areInverse(...request.asked);
    case 'gone':
      return goneFor(request.asked);
  }
}

async function answer(request: ShareRequest): Promise<void> {
  const { id } = request;
  try {
    reply({ kind: 'given', id, given: await work(request) });
  } catch (error) {
    if (error instanceof UnusableFileError) {
      const { path, code, message, mayRecover } = error;
      reply({
        kind: 'unusable',
        id,
        fault: { path, code, reason: message.slice(path.length + 2), mayRecover },
      });
    } else reply({ kind: 'failed', id, message: messageOf(error) });
  }
}

function answers(): void {
  reply({ kind: 'answers', condition: watch?.condition() ?? null });
}

let isProbing = false;
async function probe(): Promise<void> {
  if (isProbing) return;
  isProbing = true;
  // Also one that is gone has answered.
  await lstat(folder).catch(() => {});
  isProbing = false;
  answers();
}

// Ctrl-C and systemd signal the daemon's whole group; the daemon alone decides when its processes end.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL')); // an exit would wait for calls that hang
process.on('message', (request: ShareRequest) => void answer(request));
try {
  await requireFolder(folder);
  reply({ kind: 'there' });
} catch (error) {
  reply({ kind: 'refused', message: messageOf(error) });
}
setInterval(() => void probe(), probeIntervalMs);
