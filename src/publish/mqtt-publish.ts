import type { MqttClient } from 'mqtt';
import { messageOf } from '../errors.ts';
import type { BrokerMessage } from './broker.ts';
import { type BrokerLimits, packetBytesOf } from './broker-limits.ts';

/** MQTT 5, 2.4. */
const RETAIN_NOT_SUPPORTED = 0x9a;
const QOS_NOT_SUPPORTED = 0x9b;

export const jsonProperties = { contentType: 'application/json', payloadFormatIndicator: true } as const;

/**
 * Resolves once the broker has acknowledged the message, or has taken it where it acknowledges nothing.
 * @throws Error where there is no connection, it is lost, or the broker does not take the message
 */
export async function publish(
  client: MqttClient,
  broker: string,
  limits: BrokerLimits,
  message: BrokerMessage,
): Promise<void> {
  const { topic, payload, retain, correlationData } = message;
  // The client would keep it in memory until it is connected; waiting is the outbox's part.
  if (!client.connected) throw new Error(`${topic}: not connected to ${broker}`);
  const bytes = packetBytesOf(topic, payload, correlationData?.length);
  if (bytes > limits.packetBytes) {
    throw new Error(
      `${topic}: has ${bytes} bytes, and ${broker} takes packets of ${limits.packetBytes} at most (Maximum Packet Size)`,
    );
  }
  const answered = limits.sent(bytes);
  try {
    await client.publishAsync(topic, payload, {
      qos: limits.qos,
      retain: retain && limits.retains,
      // The field is ignored in MQTT 3.1.1. Without an expiry interval a message never expires.
      properties: {
        ...jsonProperties,
        ...(correlationData && { correlationData: Buffer.from(correlationData) }),
      },
    });
  } catch (error) {
    throw new Error(`${topic}: not acknowledged by ${broker} (${messageOf(error)})`, { cause: error });
  } finally {
    answered(); // a refusal is an answer too
  }
}

/** A broker that refuses the last will for what it cannot do gets a plainer one at the next attempt. */
export function yieldWill({ options }: MqttClient, error: Error): void {
  const code = 'code' in error ? error.code : undefined;
  if (code === RETAIN_NOT_SUPPORTED && options.will) options.will.retain = false;
  if (code === QOS_NOT_SUPPORTED && options.will) options.will.qos = 0;
}
