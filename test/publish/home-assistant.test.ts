import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { describe, expect, it, onTestFinished } from 'vitest';
import { configSchema } from '../../src/config/schema.ts';
import { silentLogger } from '../../src/logger.ts';
import { listenForCommands } from '../../src/publish/command-listener.ts';
import { announceDevice } from '../../src/publish/device-announcement.ts';
import { discoveryPayload, discoveryTopic, ownTopicsOf } from '../../src/publish/home-assistant.ts';
import { topicNames } from '../../src/publish/topics.ts';
import { createCommands } from '../../src/requests/commands.ts';
import { localTileFiles } from '../../src/watcher/tile-files.ts';
import { exampleRun, message, storeWithRun } from '../store/examples.ts';
import { deviceDiscoverySchema } from '../support/home-assistant.ts';
import { describeNeeding } from '../support/needs.ts';
import { premises, type Settings } from '../support/premises.ts';
import { mosquitto, ofMosquitto } from './mosquitto.ts';
import { connected, connection, embeddedBroker, recorder } from './sending.ts';

function configOf(mqtt: Settings['mqtt'] = {}) {
  return configSchema.parse({ instrument: { name: 'test' }, mqtt: { homeAssistant: true, ...mqtt } });
}

const topic = 'homeassistant/device/particled-test/config';
const run = { sampleId: 'LiCoO2', name: '20260314T021207Z' };

describe('the device for Home Assistant', () => {
  const device = (
    runs = { measured: run, newest: run } as Parameters<typeof discoveryPayload>[2],
    mqtt = {},
  ) => deviceDiscoverySchema.parse(JSON.parse(discoveryPayload(configOf(mqtt), '1.2.3', runs)));

  it('has D50, verdict, health, queue and a button, as Home Assistant documents them', () => {
    const { components, availability } = device();
    expect(Object.keys(components)).toEqual(['health', 'queue', 'd50', 'verdict', 'finalise']);
    expect(availability).toMatchObject([{ topic: 'particled/test/status', payload_available: 'online' }]);
    const summary = 'particled/test/sample/LiCoO2/run/20260314T021207Z/summary';
    expect(components.d50).toMatchObject({ state_topic: summary, unit_of_measurement: 'µm' });
    expect(components.verdict).toMatchObject({ options: ['accept', 'reject', 'more-tiles', 'reimage'] });
    expect(components.health).toMatchObject({
      options: ['normal', 'check-function', 'maintenance-required', 'out-of-specification', 'failure'],
    });
  });

  it('shows no size and no button before the first run, and no size before its first summary', () => {
    expect(Object.keys(device({ measured: null, newest: null }).components)).toEqual(['health', 'queue']);
    expect(Object.keys(device({ measured: null, newest: run }).components)).toEqual([
      'health',
      'queue',
      'finalise',
    ]);
  });

  it.each([['off' as const], [['describe' as const]]])(
    'loses its button where mqtt.commands is %j',
    (commands) => {
      expect(device({ measured: run, newest: run }, { commands }).components.finalise).toEqual({
        platform: 'button',
      });
    },
  );

  it('is named by base topic and instrument, so that daemons stay apart', () => {
    expect(discoveryTopic(configOf())).toBe(topic);
    expect(discoveryTopic(configOf({ homeAssistantPrefix: 'ha' }))).toBe('ha/device/particled-test/config');
    expect(discoveryTopic(configOf({ baseTopic: 'a.b/c' }))).toMatch(
      /^homeassistant\/device\/[A-Za-z0-9_-]+\/config$/,
    );
    expect(discoveryTopic(configOf({ homeAssistant: false }))).toBeNull();
  });
});

/** Everything that the broker keeps below the prefix, as Home Assistant finds it when it starts. */
async function retained(url: string): Promise<Record<string, string>> {
  const client = await connectAsync(url, { protocolVersion: 5 });
  const kept: Record<string, string> = {};
  client.on('message', (at, payload, { retain }) => {
    if (retain) kept[at] = payload.toString();
  });
  await client.subscribeAsync('homeassistant/#', { qos: 1 });
  await client.publishAsync('homeassistant/end', '', { qos: 1 });
  await client.endAsync();
  return kept;
}

function announcing(url: string, mqtt: Settings['mqtt'], store = storeWithRun().store) {
  const broker = connection(url);
  const log = recorder();
  const config = configOf(mqtt);
  const device = announceDevice({ config, broker, store, logger: log });
  onTestFinished(() => device.stop());
  return { broker, log, device, store, config };
}

async function started() {
  const server = await mosquitto();
  await server.start();
  return server.url;
}

describeNeeding(ofMosquitto)('the announcement', () => {
  it('is retained, told anew with each run and when Home Assistant comes back', async () => {
    const url = await started();
    const { device, store } = announcing(url, {});
    await expect.poll(() => retained(url)).toHaveProperty([topic]);
    const shown = async () => JSON.parse((await retained(url))[topic] ?? '{}').components;
    expect((await shown()).finalise.payload_press).toContain(exampleRun.name);
    expect((await shown()).d50).toBeUndefined();

    const later = store.runs.create({ ...exampleRun, name: 'later' });
    device.tick();
    await expect.poll(async () => (await shown()).finalise.payload_press).toContain('"later"');
    store.summaries.save(later.id, 'filling', () => message('s'));
    device.tick();
    await expect.poll(async () => (await shown()).d50?.state_topic).toContain('/run/later/summary');

    const assistant = await connectAsync(url, { protocolVersion: 5 });
    onTestFinished(() => assistant.endAsync(true));
    const heard: string[] = [];
    assistant.on('message', (at, _payload, { retain }) => void heard.push(`${at} ${retain}`));
    await assistant.subscribeAsync('homeassistant/device/#', { qos: 1 });
    await assistant.publishAsync('homeassistant/status', 'offline', { qos: 1 });
    await assistant.publishAsync('homeassistant/status', 'online', { qos: 1 });
    await expect.poll(() => heard).toEqual([`${topic} true`, `${topic} false`]);
  });

  it('is taken away when it is turned off, and moves with the prefix', async () => {
    const url = await started();
    const { broker, device, store } = announcing(url, {});
    await expect.poll(() => retained(url)).toHaveProperty([topic]);
    device.stop();
    await broker.close();

    const moved = announcing(url, { homeAssistantPrefix: 'homeassistant/lab' }, store);
    await expect
      .poll(async () => Object.keys(await retained(url)))
      .toEqual(['homeassistant/lab/device/particled-test/config']);
    moved.device.stop();
    await moved.broker.close();

    const off = announcing(url, { homeAssistant: false }, store);
    await expect.poll(() => retained(url)).toEqual({});
    await expect.poll(() => store.announcements.topics()).toEqual([]);
    off.device.tick();
    expect(await retained(url)).toEqual({});
  });

  it('says nothing below the prefix where it never was on', async () => {
    const url = await started();
    const assistant = await connectAsync(url, { protocolVersion: 5 });
    onTestFinished(() => assistant.endAsync(true));
    const heard: string[] = [];
    assistant.on('message', (at) => void heard.push(at));
    await assistant.subscribeAsync('#', { qos: 1 });
    const { broker, device } = announcing(url, { homeAssistant: false });
    await connected(broker);
    device.tick();
    await broker.publish({ topic: 'particled/test/status', payload: '{}', retain: false });
    await expect.poll(() => heard).toEqual(['particled/test/status']);
  });

  it('has a button whose press ends the run that it shows, and no later one', async () => {
    const url = await started();
    const { broker, store, config, device } = announcing(url, {});
    const changed: number[] = [];
    const pipeline = {
      changed: (runId: number) => void changed.push(runId),
      writeFilesAnew: () => Promise.reject(),
    };
    const listener = listenForCommands({
      ...{ broker, names: topicNames(config), ownTopics: ownTopicsOf(config), logger: silentLogger },
      commands: createCommands({
        config,
        store,
        models: [],
        pipeline,
        files: localTileFiles({ folder: '/nowhere', displayWidthDefaultM: 0.519 }),
      }),
    });
    onTestFinished(() => listener.stop());
    await expect.poll(() => retained(url)).toHaveProperty([topic]);
    const { finalise } = JSON.parse((await retained(url))[topic] ?? '').components;

    const first = store.runs.all()[0]!;
    const later = store.runs.create({ ...exampleRun, name: 'later' });
    device.tick();
    const assistant = await connectAsync(url, { protocolVersion: 5 });
    onTestFinished(() => assistant.endAsync(true));
    const { qos, retain } = finalise;
    await assistant.publishAsync(finalise.command_topic, finalise.payload_press, { qos, retain });
    await expect.poll(() => changed).toEqual([first.id]);
    expect(store.runs.get(first.id)?.finalisedAtMs).not.toBeNull();
    expect(store.runs.get(later.id)?.finalisedAtMs).toBeNull();
  });

  it('that the broker refuses is said, and told once the broker allows it', async () => {
    const { folder } = premises();
    const rules = join(folder, 'rules');
    writeFileSync(rules, 'topic readwrite particled/#\ntopic read #\n');
    const server = await mosquitto([`acl_file ${rules}`]);
    await server.start();
    const { log, device } = announcing(server.url, {});
    const warnings = () => log.lines.filter(({ facts }) => Object(facts).topic === topic);
    await expect
      .poll(warnings)
      .toMatchObject([{ facts: { err: expect.stringContaining('Not authorized') } }]);
    device.tick();
    writeFileSync(rules, 'topic readwrite #\n');
    server.reload();
    await server.kill();
    await server.start();
    await expect.poll(() => retained(server.url), { timeout: 10_000 }).toHaveProperty([topic]);
    expect(warnings()).toHaveLength(1);
  });
});

describe('at the embedded broker', () => {
  it('nobody else writes the device, and Home Assistant says that it is back', async () => {
    const server = await embeddedBroker({ ownTopics: ownTopicsOf(configOf()) });
    onTestFinished(() => server.close());
    const broker = connection(server.url, { protocol: 4 });
    const { store } = storeWithRun();
    const device = announceDevice({ config: configOf(), broker, store, logger: silentLogger });
    onTestFinished(() => device.stop());
    await connected(broker);
    const assistant = await connectAsync(server.url, { protocolVersion: 4, reconnectPeriod: 0 });
    assistant.on('error', () => {});
    onTestFinished(() => assistant.endAsync(true));
    const heard: string[] = [];
    assistant.on('message', (at) => void heard.push(at));
    await assistant.subscribeAsync('homeassistant/device/#', { qos: 1 });
    await expect.poll(() => heard.length).toBeGreaterThan(0);
    const before = heard.length;
    await assistant.publishAsync('homeassistant/status', 'online', { qos: 0 });
    await expect.poll(() => heard.length).toBe(before + 1);
    const closed = new Promise<void>((resolve) => void assistant.once('close', () => resolve()));
    assistant.publish(topic, '{}');
    await closed;
  });
});
