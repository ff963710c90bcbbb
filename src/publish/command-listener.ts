import { setTimeout as delay } from 'node:timers/promises';
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Broker, HeardMessage } from './broker.ts';
import {
  CommandRefusedError,
  type Commands,
  commandKinds,
  isVerb,
  type Verb,
  verbs,
} from './command-kinds.ts';
import { checked, type Reply, readRequest } from './command-request.ts';
import { requireFresh } from './request-age.ts';
import { type OwnTopics, type TopicNames, topicsOf } from './topics.ts';

export interface CommandListener {
  /** Begins no further command; waits a little for the answer to the one under way. */
  stop(): Promise<void>;
}

const mostWaiting = 100;
const overdueAfterMs = 60_000;
const stopGraceMs = 2_000;

/**
 * Hears the requests of controllers, carries them out one after another and answers each. Nothing in it
 * throws. A request that the broker delivers twice is carried out twice: each command may be repeated.
 */
export function listenForCommands(options: {
  readonly broker: Broker;
  readonly names: TopicNames;
  /** Where no answer goes. */
  readonly ownTopics?: OwnTopics;
  readonly commands: Commands;
  /** Verbs that are carried out, as `mqtt.commands` has it. */
  readonly allowed?: 'on' | 'off' | readonly Verb[];
  readonly logger: Logger;
}): CommandListener {
  const { broker, names, ownTopics = names, commands, allowed = 'on', logger } = options;
  const stopping = new AbortController();
  let waiting = 0;
  let last = Promise.resolve();

  broker.subscribe(topicsOf(names).command('+'), (message) => {
    const verb = message.topic.slice(message.topic.lastIndexOf('/') + 1, 256);
    if (message.retain) {
      const advice = 'retained request ignored: it would be repeated at each connect; send it without retain';
      logger.warn({ verb, topic: message.topic }, advice);
      return;
    }
    if (stopping.signal.aborted) return;
    if (waiting >= mostWaiting) {
      void refuse(
        verb,
        readRequest(message, ownTopics).reply,
        `${waiting} requests wait already; send it again later`,
      );
      return;
    }
    waiting += 1;
    last = last
      .then(() => heed(verb, message))
      .finally(() => {
        waiting -= 1;
      });
  });

  async function heed(verb: string, message: HeardMessage): Promise<void> {
    if (stopping.signal.aborted) return;
    const request = readRequest(message, ownTopics);
    try {
      if ('refusal' in request) throw new CommandRefusedError(request.refusal);
      const result = await inTime(stopping.signal, (signal) => carryOut(verb, request.body, signal));
      logger.info({ verb, responseTopic: request.reply?.topic }, 'command carried out');
      await answer(verb, request.reply, { accepted: true, result });
    } catch (error) {
      await refuse(verb, request.reply, reasonOf(error));
    }
  }

  async function refuse(verb: string, reply: Reply | null, reason: string): Promise<void> {
    logger.warn({ verb, reason, responseTopic: reply?.topic }, 'command refused');
    await answer(verb, reply, { accepted: false, reason });
  }

  async function carryOut(verb: string, body: unknown, signal: AbortSignal): Promise<object> {
    if (isVerb(verb)) return perform(verb, body, signal);
    throw new CommandRefusedError(`${verb}: unknown command; there are ${verbs.join(', ')}`);
  }

  async function perform<V extends Verb>(verb: V, body: unknown, signal: AbortSignal): Promise<object> {
    if (allowed === 'off' || (allowed !== 'on' && !allowed.includes(verb))) {
      const listed = typeof allowed === 'string' ? allowed : `[${allowed.join(', ')}]`;
      throw new CommandRefusedError(`${verb}: mqtt.commands (${listed}) does not allow it; add it there`);
    }
    const request = checked(commandKinds[verb].request, body);
    requireFresh(request.at, Date.now());
    return await commands[verb](request, signal);
  }

  async function answer(verb: string, reply: Reply | null, outcome: object): Promise<void> {
    if (reply === null) return;
    const { topic, correlationData, correlationText } = reply;
    const payload = {
      schema: 'particled/answer/1',
      at: new Date().toISOString(),
      instrument: names.instrument,
      verb,
      ...(correlationText !== null && { correlationData: correlationText }),
      ...outcome,
    };
    try {
      await broker.publish({
        topic,
        payload: JSON.stringify(payload),
        retain: false,
        correlationData: correlationData ?? undefined,
      });
    } catch (error) {
      logger.warn({ verb, err: messageOf(error) }, 'answer not delivered; whoever asked may ask again');
    }
  }

  return {
    async stop() {
      stopping.abort();
      // A frozen broker never acknowledges the answer.
      await Promise.race([last, delay(stopGraceMs, undefined, { ref: false })]);
    },
  };
}

/**
 * A share that does not answer must not hold up every later command, nor the daemon's end.
 *
 * @param work never throws before it gives its promise.
 */
function inTime<T>(stopping: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const signal = AbortSignal.any([stopping, AbortSignal.timeout(overdueAfterMs)]);
  const overdue = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => {
      const reason = stopping.aborted ? 'the daemon ends' : `not done within ${overdueAfterMs / 1000} s`;
      reject(new CommandRefusedError(`${reason}; send it again later`));
    });
  });
  return Promise.race([work(signal), overdue]);
}

function reasonOf(error: unknown): string {
  if (error instanceof CommandRefusedError) return error.message;
  return `could not be carried out: ${messageOf(error)}; send it again, and look into the daemon's log`;
}
