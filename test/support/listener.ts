import { connectAsync } from 'mqtt';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { progressSchema } from '../../src/publish/schema/progress.ts';
import { setAsideSchema } from '../../src/publish/schema/set-aside.ts';
import { statusSchema } from '../../src/publish/schema/status.ts';
import { summarySchema } from '../../src/publish/schema/summary.ts';
import { tileSchema } from '../../src/publish/schema/tile.ts';
import { until } from './until.ts';

export interface Heard {
  readonly topic: string;
  readonly payload: string;
  readonly retain: boolean;
  /** Null for a status. */
  readonly sequence: number | null;
  /** Which database the daemon had. */
  readonly store?: string | undefined;
}

/** A subscriber to all that a daemon publishes; each list is checked by its schema and in order of arrival. */
export interface Listener {
  readonly heard: readonly Heard[];
  readonly tiles: () => z.infer<typeof tileSchema>[];
  readonly progress: () => z.infer<typeof progressSchema>[];
  readonly summaries: () => z.infer<typeof summarySchema>[];
  readonly setAside: () => z.infer<typeof setAsideSchema>[];
  readonly statuses: () => z.infer<typeof statusSchema>[];
  /** Waits for so many final summaries, and gives the last. */
  finalSummary(count?: number): Promise<z.infer<typeof summarySchema>>;
  /** The numbers of all messages but statuses, in order of arrival; those that came twice only once. */
  sequences(): number[];
  /** Hears nothing more. */
  leave(): Promise<void>;
}

const numbered = z.object({ sequence: z.int().nullable(), store: z.string().optional() });
let listeners = 0;

/** Listens by MQTT 5, or 3.1.1 (4) as the embedded broker speaks it, in a session that outlives a restart of the broker. */
export async function listen(
  url: string,
  topicFilter = 'particled/#',
  protocolVersion: 4 | 5 = 5,
): Promise<Listener> {
  const client = await connectAsync(url, {
    protocolVersion,
    clientId: `listener-${++listeners}`,
    clean: false,
    reconnectPeriod: 50,
    ...(protocolVersion === 5 && { properties: { sessionExpiryInterval: 3_600 } }),
  });
  onTestFinished(() => client.endAsync(true));
  const heard: Heard[] = [];
  client.on('error', () => {}); // it reconnects by itself
  client.on('message', (topic, bytes, { retain }) => {
    if (topic.includes('/command/')) return; // what controllers ask
    const payload = bytes.toString();
    heard.push({ topic, payload, retain, ...numbered.parse(JSON.parse(payload)) });
  });
  await client.subscribeAsync(topicFilter, { qos: 1 });

  const of = <T>(ending: string, schema: z.ZodType<T>): T[] =>
    heard
      .filter(({ topic }) => topic.endsWith(ending))
      .map(({ payload }) => schema.parse(JSON.parse(payload)));
  const summaries = () => of('/summary', summarySchema);
  return {
    heard,
    tiles: () => of('/tile', tileSchema),
    progress: () => of('/progress', progressSchema),
    summaries,
    setAside: () => of('/set-aside', setAsideSchema),
    statuses: () => of('/status', statusSchema),
    finalSummary: (count = 1) =>
      until(`final summary ${count}`, () => summaries().filter(({ final }) => final)[count - 1], {
        timeoutMs: 150_000,
        describe: () => heard.map(({ topic, sequence }) => `${sequence} ${topic}`).join('\n'),
      }),
    sequences: () => [...new Set(heard.flatMap(({ sequence }) => sequence ?? []))],
    leave: () => client.endAsync(true),
  };
}
