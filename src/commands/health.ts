import { connectAsync, type MqttClient } from 'mqtt';
import type { Config } from '../config/schema.ts';
import { spokenUrl } from '../config/spoken-url.ts';
import { messageOf } from '../errors.ts';
import { type StatusMessage, statusSchema } from '../publish/schema/status.ts';
import { topicNames, topicsOf } from '../publish/topics.ts';
import { visitorOptions, visitorUrl } from '../publish/visitor-options.ts';

const PATIENCE_MS = 10_000;

/**
 * What the running daemon says of itself, as any subscriber hears it; exit code 1 where it says nothing, is
 * offline or has failed. A daemon that hangs answers nothing, or its broker has sent its last will.
 */
export async function health(config: Config): Promise<void> {
  const { state, health, reasons } = await retainedStatus(config);
  console.log([`${config.instrument.name}: ${state}, ${health}`, ...reasons].join('\n  '));
  if (state === 'offline' || health === 'failure') process.exitCode = 1;
}

/** @throws Error when no daemon has told its status at the broker */
async function retainedStatus(config: Config): Promise<StatusMessage> {
  const url = visitorUrl(config.mqtt);
  const topic = topicsOf(topicNames(config)).status;
  const client = await connected(config, url);
  try {
    const heard = new Promise<Buffer>((resolve) => {
      client.once('message', (_topic, payload) => resolve(payload));
    });
    await client.subscribeAsync(topic, { qos: 1 });
    const payload = await Promise.race([heard, silence(`${topic} at ${spokenUrl(url)}`)]);
    return toldStatus(topic, payload.toString());
  } finally {
    await client.endAsync(true);
  }
}

/** @throws Error where it is none of this version */
function toldStatus(topic: string, text: string): StatusMessage {
  try {
    return statusSchema.parse(JSON.parse(text));
  } catch {
    throw new Error(
      `${topic}: what the broker keeps there is no status of this version of particled; restart the daemon, or whatever else publishes there`,
    );
  }
}

async function connected(config: Config, url: string): Promise<MqttClient> {
  try {
    return await Promise.race([
      connectAsync(url, { ...visitorOptions(config.mqtt), connectTimeout: PATIENCE_MS }, false),
      silence(`the broker ${spokenUrl(url)}`),
    ]);
  } catch (error) {
    throw new Error(
      `${spokenUrl(url)}: no connection (${messageOf(error) || 'refused'}); is the daemon, or the broker of mqtt.url, running?`,
      { cause: error },
    );
  }
}

function silence(of: string): Promise<never> {
  return new Promise((_resolve, reject) => {
    setTimeout(
      () => reject(new Error(`${of} says nothing within ${PATIENCE_MS / 1000} s`)),
      PATIENCE_MS,
    ).unref();
  });
}
