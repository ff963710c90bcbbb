import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Config } from '../config/schema.ts';
import { readSecret } from '../config/secret.ts';
import { spokenUrl } from '../config/spoken-url.ts';
import type { Logger } from '../logger.ts';
import type { Broker } from './broker.ts';
import { startEmbeddedBroker } from './embedded-broker.ts';
import { connectBroker } from './mqtt-broker.ts';
import { clientIdOf, type OwnTopics, topicNames, topicsOf } from './topics.ts';

const FAREWELL_MS = 500;

/**
 * The daemon's broker as the configuration has it: its own, or a connection to another's, with the farewell as last will.
 * @param farewell the status when the daemon ends, and when it ends without a word, JSON text
 * @param started takes what ends it, in the order of the start
 */
export async function startBroker(
  config: Config,
  { ownTopics, farewell }: { readonly ownTopics: OwnTopics; farewell(kind: 'ended' | 'lost'): string },
  logger: Logger,
  started: (() => Promise<void> | void)[],
): Promise<{ broker: Broker; url: string }> {
  const { mqtt } = config;
  // Of the topics alone: a second daemon that writes them, wherever it runs, is noticed by the session it takes over.
  const clientId = clientIdOf(topicNames(config));
  const own = { clientId, username: 'particled', password: randomBytes(32).toString('hex') };
  const account = mqttAccount(mqtt);
  const embedded =
    mqtt.broker === 'embedded'
      ? await startEmbeddedBroker({
          ...{ host: mqtt.host, port: mqtt.port, daemon: own, account, logger, ownTopics },
        })
      : null;
  if (embedded) started.push(() => embedded.close());
  const topic = topicsOf(topicNames(config)).status;
  const broker = connectBroker({
    url: embedded?.url ?? mqtt.url,
    protocol: embedded ? 4 : 5,
    ...(embedded ? own : { clientId, ...account }),
    keepaliveS: mqtt.keepaliveS,
    tls: embedded ? undefined : mqtt,
    will: { topic, payload: farewell('lost') },
    logger,
  });
  started.push(async () => {
    const message = { topic, payload: farewell('ended'), retain: true };
    // A frozen broker never acknowledges it; then the will tells the same.
    if (broker.connected) await Promise.race([broker.publish(message).catch(() => {}), pause(FAREWELL_MS)]);
    await broker.close();
  });
  return { broker, url: embedded?.url ?? spokenUrl(mqtt.url) };
}

function mqttAccount({ username, passwordFile }: Config['mqtt']) {
  if (username === null) return null;
  const password = passwordFile === null ? '' : readSecret(passwordFile, 'mqtt.passwordFile');
  return { username, password };
}
