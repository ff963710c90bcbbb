import type { StatusMessage } from '../publish/schema/status.ts';
import {
  type Asked,
  type AskName,
  asks,
  type FromDaemon,
  type FromPage,
  fromDaemon,
  type Given,
} from './channel.ts';
import { Refusal } from './refusal.ts';
import { messageWithoutFolders } from './shown/without-folders.ts';

/** The daemon, as the process of the live page knows it. */
export interface DaemonLink {
  /** Has the daemon do it. @throws Refusal with the daemon's words, or 503 where it gives no answer in time */
  ask<Name extends AskName>(call: Name, asked: Asked<Name>): Promise<Given<Name>>;
  /** What the daemon said last of itself, without folders of its computer; null before. */
  status(): StatusMessage | null;
}

const ANSWER_MS = 30_000;
const MOST_WAITING = 64;

interface Waiting {
  readonly call: AskName;
  readonly resolve: (given: unknown) => void;
  readonly reject: (why: Refusal) => void;
}

/**
 * @param send to the daemon; `hear` is to be given what comes from there
 * @param onStatus whenever the daemon says how it does
 */
export function createDaemonLink(
  send: (message: FromPage) => void,
  onStatus: (status: StatusMessage) => void,
  answerMs = ANSWER_MS,
): DaemonLink & { hear(message: unknown): void } {
  const waiting = new Map<number, Waiting>();
  let status: StatusMessage | null = null;
  let nextId = 1;

  function answered(message: Exclude<FromDaemon, { kind: 'status' }>): void {
    const asker = waiting.get(message.id);
    waiting.delete(message.id);
    if (!asker) return;
    if (message.kind === 'refused') {
      asker.reject(new Refusal(message.status, message.message));
      return;
    }
    const given = asks[asker.call].given.safeParse(message.given);
    if (given.success) asker.resolve(given.data);
    else
      asker.reject(
        new Refusal(503, 'the daemon gave an answer that this page does not know; start particled again'),
      );
  }

  return {
    status: () => status,
    ask: (call, asked) =>
      new Promise((resolve, reject) => {
        if (waiting.size >= MOST_WAITING) {
          return reject(new Refusal(503, 'the daemon has much to do; try again in a moment'));
        }
        const id = nextId++;
        const late = setTimeout(() => {
          waiting.delete(id);
          reject(
            new Refusal(
              503,
              `the daemon has not answered for ${answerMs / 1000} s; look whether it was done before you try again`,
            ),
          );
        }, answerMs);
        const over =
          <T>(then: (value: T) => void) =>
          (value: T): void => {
            clearTimeout(late);
            then(value);
          };
        waiting.set(id, { call, resolve: over(resolve as (given: unknown) => void), reject: over(reject) });
        send({ kind: call, id, asked } as FromPage);
      }),
    hear(message) {
      const read = fromDaemon.safeParse(message);
      if (!read.success) return;
      if (read.data.kind !== 'status') return answered(read.data);
      status = messageWithoutFolders(read.data.status);
      onStatus(status);
    },
  };
}
