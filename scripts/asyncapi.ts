import { stringify } from 'yaml';
import { verbs } from '../src/publish/command-kinds.ts';
import { softwareVersion } from '../src/version.ts';
import { type ListedSchema, listedSchemas } from './schema-list.ts';

const BINDING = { bindingVersion: '0.2.0' };

/** `docs/asyncapi.yaml`: what particled publishes and hears, for tools that read AsyncAPI 3 (asyncapi.com). */
export function asyncApiYaml(): string {
  const comment = '# Written by `npm run docs` from src/publish/schema.\n';
  return comment + stringify(asyncApi(), { aliasDuplicateObjects: false, lineWidth: 0 });
}

function asyncApi(): object {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'particled',
      version: softwareVersion,
      description:
        'Particle sizes of a desktop electron microscope over MQTT, with QoS 1. docs/mqtt.md says in words what each message means.',
      license: { name: 'MIT' },
    },
    defaultContentType: 'application/json',
    servers: servers(),
    channels: {
      ...Object.fromEntries(listedSchemas.flatMap((listed) => channelOf(listed))),
      answers: {
        address: null,
        title: 'Answers',
        description:
          'The response topic of the request: a property of MQTT 5, or `responseTopic` in its JSON',
        messages: Object.fromEntries(
          verbs.map((verb) => [`answer-${verb}`, { $ref: `#/components/messages/answer-${verb}` }]),
        ),
      },
    },
    operations: Object.fromEntries(listedSchemas.flatMap((listed) => operationOf(listed))),
    components: {
      messages: Object.fromEntries(listedSchemas.map((listed) => [listed.name, messageOf(listed)])),
    },
  };
}

function servers(): object {
  const lastWill = {
    topic: 'particled/<instrument>/status',
    qos: 1,
    retain: true,
    message: 'a status with state offline',
  };
  const mqtt = {
    clientId: 'particled-<instrument>',
    cleanSession: true,
    keepAlive: 15,
    lastWill,
    ...BINDING,
  };
  return {
    embedded: {
      ...{ host: '127.0.0.1:1883', protocol: 'mqtt', protocolVersion: '3.1.1' },
      description: 'The broker inside particled (mqtt.broker: embedded)',
      bindings: { mqtt },
    },
    external: {
      ...{ host: '{broker}', protocol: 'secure-mqtt', protocolVersion: '5.0' },
      description: 'A broker of the laboratory (mqtt.broker: external, mqtt.url)',
      variables: { broker: { default: 'broker.lab.example:8883', description: 'host and port' } },
      bindings: { mqtt },
    },
  };
}

const levels: Readonly<Record<string, object>> = {
  baseTopic: { description: 'mqtt.baseTopic of the daemon, one level or several', default: 'particled' },
  instrument: { description: 'instrument.name of the daemon', examples: ['phenom-1'] },
  sample: { description: 'the sample as a topic level, made from its label', examples: ['LiCoO2'] },
  run: { description: 'one acquisition of a grid', examples: ['20260314T021207Z'] },
};

function channelOf({ name, topic, when }: ListedSchema): [string, object][] {
  if (topic === null) return [];
  const address = topic.replace(/^particled\//, '{baseTopic}/').replaceAll(/<(\w+)>/g, '{$1}');
  const names = [...address.matchAll(/\{(\w+)\}/g)].map(([, level = '']) => level);
  return [
    [
      name,
      {
        address,
        description: when,
        parameters: Object.fromEntries(names.map((level) => [level, levels[level]])),
        messages: { [name]: { $ref: `#/components/messages/${name}` } },
      },
    ],
  ];
}

/** As particled does it: it sends what others receive. */
function operationOf({ name, kind, retained, when }: ListedSchema): [string, object][] {
  if (kind === 'answer') return [];
  const common = {
    channel: { $ref: `#/channels/${name}` },
    summary: when,
    messages: [{ $ref: `#/channels/${name}/messages/${name}` }],
    bindings: { mqtt: { qos: 1, retain: retained, ...BINDING } },
  };
  if (kind === 'message') return [[`publish-${name}`, { action: 'send', ...common }]];
  const answer = name.replace('command-', 'answer-');
  const reply = {
    address: { location: '$message.payload#/responseTopic', description: 'or the response topic of MQTT 5' },
    channel: { $ref: '#/channels/answers' },
    messages: [{ $ref: `#/channels/answers/messages/${answer}` }],
  };
  return [[name.replace('command-', 'heed-'), { action: 'receive', ...common, reply }]];
}

function messageOf({ name, kind, when, example, json }: ListedSchema): object {
  const { $schema: _, $id, examples: __, ...payload } = json('draft-7');
  return {
    ...{ name, title: payload.title, summary: when, contentType: 'application/json' },
    ...(kind === 'answer' && { correlationId: { location: '$message.payload#/correlationData' } }),
    payload: { schemaFormat: 'application/schema+json;version=draft-07', schema: { $id, ...payload } },
    examples: [{ name, payload: example }],
    bindings: { mqtt: { payloadFormatIndicator: 1, contentType: 'application/json', ...BINDING } },
  };
}
