import type { IPublishPacket, MqttClient } from 'mqtt';
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { HeardMessage } from './broker.ts';
import { topicMatches } from './topics.ts';

type Listener = (message: HeardMessage) => void;

export interface Subscriptions {
  add(topicFilter: string, listener: Listener): void;
  /** The connection is new, and the broker knows none of the subscriptions. */
  renew(): void;
}

/** Subscriptions that outlive the connection. */
export function createSubscriptions(client: MqttClient, broker: string, logger: Logger): Subscriptions {
  const listeners: { readonly topicFilter: string; readonly listener: Listener }[] = [];

  function ask(topicFilter: string): void {
    // Retain as published (MQTT 5): otherwise only a new subscription tells a retained message from another.
    client.subscribe(topicFilter, { qos: 1, rap: true }, (error) => {
      if (!error || !client.connected) return;
      logger.warn(
        { broker, topicFilter, err: messageOf(error) },
        'the broker refuses the subscription; allow it in its access rules',
      );
    });
  }

  client.on('message', (topic, payload, packet) => {
    const message = heardMessage(topic, payload, packet);
    for (const { topicFilter, listener } of listeners) {
      if (topicMatches(topicFilter, topic)) hear(listener, message);
    }
  });

  function hear(listener: Listener, message: HeardMessage): void {
    try {
      listener(message);
    } catch (error) {
      logger.error({ topic: message.topic, err: messageOf(error) }, 'message not heeded');
    }
  }

  return {
    add(topicFilter, listener) {
      listeners.push({ topicFilter, listener });
      if (client.connected) ask(topicFilter);
    },
    renew() {
      for (const { topicFilter } of listeners) ask(topicFilter);
    },
  };
}

function heardMessage(topic: string, payload: Buffer, { retain, properties }: IPublishPacket): HeardMessage {
  return {
    topic,
    payload,
    retain,
    responseTopic: properties?.responseTopic ?? null,
    correlationData: properties?.correlationData ?? null,
  };
}
