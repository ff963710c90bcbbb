import { randomUUID } from 'node:crypto';
import type { Config } from '../../config/schema.ts';
import { spokenUrl } from '../../config/spoken-url.ts';
import { ConfigError, messageOf } from '../../errors.ts';
import { requireFreePort } from '../../publish/port-probe.ts';
import { statusSchema } from '../../publish/schema/status.ts';
import { type TopicNames, topicNames, topicsOf } from '../../publish/topics.ts';
import { visitorUrl } from '../../publish/visitor-options.ts';
import { attention, type Finding, failure, ok } from '../finding.ts';
import { type BrokerTrial, retainedMessage, tryBroker } from '../try-broker.ts';

const CHECK = 'broker';

/** Connects, subscribes, publishes and reads back as the daemon would, under another name and on a topic of its own. */
export async function checkBroker(config: Pick<Config, 'mqtt' | 'instrument'>): Promise<Finding> {
  const { mqtt } = config;
  const names = topicNames(config);
  if (mqtt.broker === 'embedded') return checkEmbedded(config);
  try {
    const trial = await tryBroker({ mqtt, ...trialMessage(names) });
    return judgeTrial(spokenUrl(mqtt.url), trial, names);
  } catch (error) {
    const [fault = messageOf(error)] = error instanceof ConfigError ? error.faults : [];
    return failure(CHECK, fault, 'give a file that this user can read');
  }
}

function judgeTrial(url: string, trial: BrokerTrial, { baseTopic, instrument }: TopicNames): Finding {
  const all = `${baseTopic}/${instrument}/#`;
  const { failedAt, reason, topic } = trial;
  switch (failedAt) {
    case null:
      return ok(CHECK, `${url}: connected, subscribed, published and read back on ${topic}`);
    case 'connect':
      return failure(CHECK, `${url}: no connection (${reason})`, connectAdvice(reason));
    case 'publish':
      return failure(
        CHECK,
        `${url}: connected, but ${topic} may not be published (${reason})`,
        `allow this user to write ${all} in the broker's access rules`,
      );
    case 'subscribe':
    case 'read-back':
      return attention(
        CHECK,
        `${url}: publishes, but ${topic} is not read back (${reason}), nor then are commands of controllers`,
        `allow this user to read ${all} in the broker's access rules`,
      );
  }
}

/** What to do about a refused connection, told by the broker's or the system's own words. */
function connectAdvice(reason: string): string {
  if (/not authori[sz]ed|bad user ?name or password|banned/i.test(reason)) {
    return 'correct mqtt.username and the password in mqtt.passwordFile, or allow this user at the broker';
  }
  if (/certificate|self.signed|altname|issuer/i.test(reason)) {
    return "give the authority of the broker's certificate in mqtt.caFile, and in mqtt.url the name that it holds";
  }
  if (/protocol version/i.test(reason)) return 'use a broker that speaks MQTT 5';
  if (/wrong version number|ssl|tls|EPROTO|closed|ECONNRESET/i.test(reason)) {
    return 'mqtts:// in mqtt.url speaks TLS and mqtt:// does not: take the one that the broker has on this port';
  }
  return 'start the broker, open its port in the firewall, or correct mqtt.url';
}

async function checkEmbedded(config: Pick<Config, 'mqtt' | 'instrument'>): Promise<Finding> {
  const { mqtt, instrument } = config;
  const { host, port } = mqtt;
  if (port === 0) return ok(CHECK, `embedded, on any free port of ${host}`);
  try {
    await requireFreePort({ host, port });
    return ok(CHECK, `embedded: port ${port} of ${host} is free`);
  } catch (error) {
    if (!/EADDRINUSE/.test(messageOf(error))) {
      return failure(CHECK, messageOf(error), 'correct mqtt.host and mqtt.port');
    }
  }
  const status = await retainedMessage(mqtt, topicsOf(topicNames(config)).status);
  return judgeTaken(visitorUrl(mqtt), status, instrument.name);
}

/** @param status null: it speaks no MQTT; empty: it keeps no status of this instrument */
function judgeTaken(url: string, status: string | null, instrument: string): Finding {
  const running = statusSchema.safeParse(parsed(status)).data;
  if (running?.state === 'online') {
    return ok(
      CHECK,
      `embedded: a running particled ${running.softwareVersion} has ${url}, for ${instrument}`,
    );
  }
  const whose =
    status === null ? 'a program that speaks no MQTT' : `a broker without a particled for ${instrument}`;
  return failure(
    CHECK,
    `embedded: ${url} is taken by ${whose}`,
    status === null
      ? 'choose another mqtt.port, or end that program'
      : 'choose another mqtt.port, or use that broker: mqtt.broker: external, and its address in mqtt.url',
  );
}

/** As the envelope of other messages: whoever subscribes to all of the instrument reads it as one that he does not know. */
function trialMessage(names: TopicNames): { topic: string; payload: string } {
  const at = new Date().toISOString();
  return {
    topic: topicsOf(names).doctor(randomUUID().slice(0, 8)),
    payload: JSON.stringify({
      schema: 'particled/doctor/1',
      sequence: null,
      at,
      instrument: names.instrument,
    }),
  };
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}
