import type { ChildProcess } from 'node:child_process';
import { forkDependent } from '../../dependent-process.ts';
import { moduleUrl } from '../../module-url.ts';
import { Refusal } from '../refusal.ts';
import { withoutFolders } from '../shown/without-folders.ts';
import { type PictureRequest, pictureReply } from './picture-channel.ts';

/** Has pictures made in a process of its own, a few at a time. */
export interface PictureMaker {
  /** A JPEG. @throws Refusal 404 where the tile's file is not there as it was; 503 where it cannot be read now */
  make(request: Omit<PictureRequest, 'id'>): Promise<Buffer>;
  close(): void;
}

interface Job {
  readonly request: PictureRequest;
  readonly resolve: (jpeg: Buffer) => void;
  readonly reject: (why: Refusal) => void;
  late?: NodeJS.Timeout;
}

const AT_ONCE = 2;
/** A grid of 40 x 40 thumbnails, and then others wait for their turn. */
const MOST_QUEUED = 2_000;
/** Until a new process reads, on a computer that has other things to do. */
const START_MS = 45_000;
/** After a silence nobody waits for the folder again before so long. */
const SILENT_FOR_MS = 30_000;
/** A process whose calls hang may not even end by SIGKILL. */
const MOST_LEFT_BEHIND = 4;

const silent = (): Refusal =>
  new Refusal(503, 'the export folder does not answer; the picture comes once it does');

/** @param answerMs a picture that takes longer belongs to a share that hangs */
export function startPictureMaker(
  answerMs = 15_000,
  startMs = START_MS,
  module = moduleUrl('./picture-process', import.meta.url),
): PictureMaker {
  const queue: Job[] = [];
  const making = new Map<number, Job>();
  const leftBehind = new Set<ChildProcess>();
  let child: ChildProcess | null = null;
  let hasAnswered = false;
  let silentUntilMs = Number.NEGATIVE_INFINITY;
  let nextId = 1;

  function process(): ChildProcess {
    if (child) return child;
    const born = forkDependent(module, '{}');
    born.on('message', hear);
    born.on('error', () => {}); // it exits as well
    born.once('exit', () => {
      leftBehind.delete(born);
      if (child === born) lose(() => new Refusal(503, 'the tile could not be read; try again in a moment'));
    });
    [child, hasAnswered] = [born, false];
    return born;
  }

  /** What was being made is answered with why it is not. */
  function lose(why: () => Refusal): void {
    child = null;
    for (const job of making.values()) {
      clearTimeout(job.late);
      job.reject(why());
    }
    making.clear();
    next();
  }

  function hang(): void {
    silentUntilMs = performance.now() + SILENT_FOR_MS;
    const hung = child;
    if (hung) {
      leftBehind.add(hung);
      hung.kill('SIGKILL');
      hung.unref();
    }
    for (const job of queue.splice(0)) job.reject(silent());
    lose(silent);
  }

  function hear(message: unknown): void {
    const { success, data: reply } = pictureReply.safeParse(message);
    const job = success ? making.get(reply.id) : undefined;
    if (!success || !job) return;
    hasAnswered = true;
    making.delete(reply.id);
    clearTimeout(job.late);
    if (reply.kind === 'made') job.resolve(Buffer.from(reply.jpeg, 'base64'));
    else job.reject(new Refusal(404, `there is no picture of this tile now: ${withoutFolders(reply.why)}`));
    next();
  }

  function next(): void {
    while (making.size < AT_ONCE) {
      const job = queue.shift();
      if (!job) return;
      making.set(job.request.id, job);
      const maker = process();
      job.late = setTimeout(hang, hasAnswered ? answerMs : answerMs + startMs);
      maker.send(job.request);
    }
  }

  return {
    make: (request) =>
      new Promise((resolve, reject) => {
        if (performance.now() < silentUntilMs || leftBehind.size >= MOST_LEFT_BEHIND) return reject(silent());
        if (queue.length >= MOST_QUEUED) {
          return reject(new Refusal(503, 'too many pictures are asked for at once; try again in a moment'));
        }
        queue.push({ request: { ...request, id: nextId++ }, resolve, reject });
        next();
      }),
    close() {
      child?.removeAllListeners('exit');
      child?.kill('SIGKILL');
      child = null;
    },
  };
}
