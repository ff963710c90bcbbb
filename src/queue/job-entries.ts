import type { Job } from 'bullmq';
import { answerFault } from './answer-fault.ts';
import { type Answer, returnSchema } from './contract.ts';
import type { Flight, Flights } from './flights.ts';
import type { QueueLink } from './link.ts';
import { takeAnswer } from './stored-answer.ts';
import { idsOf } from './tile-job.ts';

/** Bytes of a daemon that died are gone after this; while it lives it sees to it that they stay. */
const IMAGE_KEPT_MS = 120_000;
/** Jobs that nobody asks for any more are forgotten after this. */
const KEPT_S = 3600;

/** What has become of a job. */
export type Outcome =
  | { readonly kind: 'answer'; readonly answer: Answer; readonly overlay: Buffer | null }
  /** It is not there any more, as after the server has lost what it kept. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'rubbish'; readonly worker: string; readonly reason: string }
  | { readonly kind: 'failed'; readonly worker: string; readonly reason: string };

/** What the queue keeps of a daemon's tiles. */
export interface JobEntries {
  /** Puts bytes and job; a job that is there already stays as it is. */
  put(flight: Flight): Promise<void>;
  /** Null while it has not ended. */
  look(flight: Flight): Promise<Outcome | null>;
  /** What a worker has in hand meanwhile comes to nothing. */
  remove(id: string): Promise<void>;
  /** Jobs of the daemon's former life wait for nobody. */
  removeOrphans(daemon: string): Promise<void>;
}

export function createJobEntries({ redis, queue, keys }: QueueLink, flights: Flights): JobEntries {
  async function putImage({ id, job, tile }: Flight): Promise<void> {
    if (job.image.kind === 'bytes') await redis.set(keys.image(id), tile.bytes, 'PX', IMAGE_KEPT_MS);
  }

  /** The job waits, or a worker has it. */
  async function keepImage(flight: Flight): Promise<void> {
    if ((await redis.pexpire(keys.image(flight.id), IMAGE_KEPT_MS)) === 0) await putImage(flight);
  }

  async function answerOf(entry: Job, { id, job, tile }: Flight): Promise<Outcome> {
    const rubbish = (reason: string) => ({ kind: 'rubbish' as const, worker: workerOf(entry), reason });
    const returned = returnSchema.safeParse(entry.returnvalue);
    if (!returned.success) return rubbish('it says nothing of where its answer lies');
    const taken = await takeAnswer(redis, keys.answer(id, returned.data.nonce));
    // Or it has expired while nobody asked for it.
    if (taken === null) return rubbish('there is no answer of it');
    if ('fault' in taken) return rubbish(taken.fault);
    const fault = answerFault(taken.answer, job, tile);
    return fault === null ? { kind: 'answer', ...taken } : rubbish(`its answer ${fault}`);
  }

  async function remove(id: string): Promise<void> {
    await queue.remove(id);
    await redis.unlink(keys.image(id));
  }

  return {
    async put(flight) {
      const { id, job } = flight;
      await putImage(flight);
      flight.entry = await queue.add('tile', job, {
        ...{ jobId: id, priority: flights.priorityOf(flight), attempts: 1 },
        ...{ removeOnComplete: { age: KEPT_S }, removeOnFail: { age: KEPT_S } },
      });
    },
    async look(flight) {
      const entry: Job | undefined = await queue.getJob(flight.id);
      if (!entry) return { kind: 'gone' };
      if (entry.finishedOn !== undefined) {
        const { failedReason: reason } = entry;
        return reason === undefined
          ? answerOf(entry, flight)
          : { kind: 'failed', worker: workerOf(entry), reason };
      }
      await keepImage(flight);
      return null;
    },
    remove,
    async removeOrphans(daemon) {
      for (const job of await queue.getJobs(['prioritized', 'waiting'])) {
        if (job?.id?.startsWith(idsOf(daemon)) && !flights.get(job.id)) await remove(job.id);
      }
    },
  };
}

/** Who took the job last, as it calls itself. */
function workerOf({ processedBy }: Job): string {
  return processedBy ?? 'unknown';
}
