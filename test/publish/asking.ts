import { connectAsync, type IClientPublishOptions, type MqttClient } from 'mqtt';
import { onTestFinished, vi } from 'vitest';

export interface HeardAnswer {
  readonly topic: string;
  readonly correlation: string | undefined;
  readonly payload: { readonly [field: string]: unknown };
}

/** A controller that hears all that comes on `lab/#`. */
export interface Controller {
  readonly client: MqttClient;
  readonly answers: readonly HeardAnswer[];
  /** Sends a request as it is. */
  send(verb: string, payload: string | Buffer, options?: Partial<IClientPublishOptions>): Promise<unknown>;
  /** Sends a request and waits for its answer: by properties over MQTT 5, in the JSON over 3.1.1. */
  ask(verb: string, request?: object): Promise<HeardAnswer['payload']>;
  /** Waits until so many answers have come. */
  count(answers: number): Promise<readonly HeardAnswer[]>;
}

let asked = 0;

export async function controllerAt(
  url: string,
  {
    baseTopic = 'particled',
    instrument = 'test',
    protocolVersion = 5,
  }: { baseTopic?: string; instrument?: string; protocolVersion?: 4 | 5 } = {},
): Promise<Controller> {
  const client = await connectAsync(url, { protocolVersion, reconnectPeriod: 50 });
  onTestFinished(() => client.endAsync(true));
  const answers: HeardAnswer[] = [];
  client.on('error', () => {});
  client.on('message', (topic, bytes, { properties }) => {
    const correlation = properties?.correlationData?.toString();
    answers.push({ topic, correlation, payload: JSON.parse(bytes.toString()) });
  });
  await client.subscribeAsync('lab/#', { qos: 1 });

  const send: Controller['send'] = (verb, payload, options = {}) =>
    client.publishAsync(`${baseTopic}/${instrument}/command/${verb}`, payload, { qos: 1, ...options });
  const waitFor = <T>(look: () => T | undefined): Promise<T> =>
    vi.waitFor(
      () => {
        const found = look();
        if (found === undefined) throw new Error(`only these answers came: ${JSON.stringify(answers)}`);
        return found;
      },
      { timeout: 15_000, interval: 20 },
    );
  return {
    client,
    answers,
    send,
    async ask(verb, request = {}) {
      const id = `question-${++asked}`;
      const reply = { responseTopic: 'lab/controller/answers', correlationData: id };
      if (protocolVersion === 4) await send(verb, JSON.stringify({ ...request, ...reply }));
      else {
        const properties = { ...reply, correlationData: Buffer.from(id) };
        await send(verb, JSON.stringify(request), { properties });
      }
      const answer = await waitFor(() =>
        answers.find(({ correlation, payload }) => id === (correlation ?? payload.correlationData)),
      );
      return answer.payload;
    },
    count: (number) => waitFor(() => (answers.length >= number ? answers : undefined)),
  };
}
