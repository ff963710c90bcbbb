import type { z } from 'zod';
import { messageOf } from '../errors.ts';
import { limitText, partOf } from '../fault-text.ts';
import type { HeardMessage } from './broker.ts';
import { CommandRefusedError } from './command-kinds.ts';
import { isWithin, type OwnTopics } from './topics.ts';

/** Where an answer goes. */
export interface Reply {
  readonly topic: string;
  /** As property of MQTT 5. */
  readonly correlationData: Uint8Array | null;
  /** In the JSON of the answer, for a client of MQTT 3.1.1. */
  readonly correlationText: string | null;
}

/** A request as far as it can be read; without a reply nobody hears of it but the log. */
export type ReadRequest = { readonly reply: Reply | null } & (
  | { readonly body: unknown }
  | { readonly refusal: string }
);

export const largestRequestBytes = 65_536;

/** What a message asks, and where its answer goes: by the properties of MQTT 5, else by the JSON's own fields. */
export function readRequest(
  {
    payload,
    responseTopic,
    correlationData,
  }: Pick<HeardMessage, 'payload' | 'responseTopic' | 'correlationData'>,
  ownTopics: OwnTopics,
): ReadRequest {
  const fault = responseTopic === null ? null : responseTopicFault(responseTopic, ownTopics);
  if (fault !== null) return { reply: null, refusal: fault };
  const byProperty =
    responseTopic === null ? null : { topic: responseTopic, correlationData, correlationText: null };
  if (payload.length > largestRequestBytes) {
    const refusal = `the request has ${payload.length} bytes, at most ${largestRequestBytes} are read; send less`;
    return { reply: byProperty, refusal };
  }
  try {
    const body = jsonOf(payload);
    return { reply: byProperty ?? replyOf(body, ownTopics), body };
  } catch (error) {
    return { reply: byProperty, refusal: messageOf(error) };
  }
}

/**
 * The body as its schema has it.
 * @throws CommandRefusedError naming each field that is refused, its value and the limit
 */
export function checked<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body, { error: limitText });
  if (parsed.success) return parsed.data;
  throw new CommandRefusedError(parsed.error.issues.map((issue) => faultOf(issue, body)).join('; '));
}

function jsonOf(payload: Uint8Array): unknown {
  if (payload.length === 0) return {};
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
  } catch (error) {
    throw new CommandRefusedError(`the request is not JSON in UTF-8 (${messageOf(error)}); send an object`);
  }
}

function replyOf(body: unknown, ownTopics: OwnTopics): Reply | null {
  const topic = partOf(body, 'responseTopic');
  if (topic === undefined) return null;
  const fault =
    typeof topic === 'string'
      ? responseTopicFault(topic, ownTopics)
      : `responseTopic: ${shown(topic)} is not text`;
  if (typeof topic !== 'string' || fault !== null) throw new CommandRefusedError(fault ?? '');
  const correlation = partOf(body, 'correlationData');
  return {
    topic,
    correlationData: null,
    correlationText: typeof correlation === 'string' ? correlation : null,
  };
}

/** An answer must reach one topic only, and never be taken for a result or a request of ours. */
function responseTopicFault(topic: string, { baseTopic, others = [] }: OwnTopics): string | null {
  const name = `response topic ${shown(topic)}`;
  if (topic === '') return 'the response topic is empty; name one to hear the answer';
  if (/[+#\0]/.test(topic)) return `${name} has a wildcard (+ or #) or NUL; name a single topic`;
  if (isWithin(baseTopic, topic)) {
    return `${name} lies below ${baseTopic}/, where results are; name one outside, as lab/controller/answers`;
  }
  if (others.includes(topic)) return `${name} is one that particled itself writes; name another`;
  return topic.startsWith('$') ? `${name} begins with $, where brokers keep their own; name another` : null;
}

function faultOf(issue: z.core.$ZodIssue, body: unknown): string {
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.map((key) => [...issue.path, key].join('.').slice(0, 60));
    return `${names.slice(0, 5).join(', ')}: unknown field; the command describe lists all fields`;
  }
  if (issue.path.length === 0)
    return issue.code === 'custom' ? issue.message : `the request ${issue.message}`;
  const value = issue.path.reduce(partOf, body);
  return `${issue.path.join('.')}: ${shown(value)} is refused: ${issue.message}`;
}

/** As JSON, shortened: a refusal repeats no kilobytes. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'a missing value';
  return text.length > 80 ? `${text.slice(0, 80)}...` : text;
}
