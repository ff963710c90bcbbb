import { describe, expect, it, onTestFinished } from 'vitest';
import { commandVerbs } from '../../src/config/output.ts';
import { silentLogger } from '../../src/logger.ts';
import { type Commands, verbs } from '../../src/publish/command-kinds.ts';
import { listenForCommands } from '../../src/publish/command-listener.ts';
import { controllerAt } from './asking.ts';
import { connected, connection, embeddedBroker } from './sending.ts';

const refuse = (): never => {
  throw new Error('carried out');
};
const commands: Commands = {
  describe: refuse,
  expect: refuse,
  finalise: refuse,
  reanalyse: refuse,
  report: refuse,
  review: refuse,
};

async function listening(allowed: 'on' | 'off' | (typeof verbs)[number][]) {
  const server = await embeddedBroker();
  onTestFinished(() => server.close());
  const broker = connection(server.url, { protocol: 4 });
  const listener = listenForCommands({
    broker,
    names: { baseTopic: 'particled', instrument: 'test' },
    commands,
    allowed,
    logger: silentLogger,
  });
  onTestFinished(() => listener.stop());
  await connected(broker);
  const controller = await controllerAt(server.url, { protocolVersion: 4 });
  return async (verb: string) => String((await controller.ask(verb)).reason);
}

describe('a verb that the configuration does not allow', () => {
  it('is refused with the key, whatever it asks', async () => {
    const ask = await listening(['describe']);
    expect(await ask('finalise')).toBe(
      'finalise: mqtt.commands ([describe]) does not allow it; add it there',
    );
    expect(await ask('describe')).toMatch(/carried out/);
  });

  it('is any of them where commands are off', async () => {
    const ask = await listening('off');
    for (const verb of verbs) expect(await ask(verb)).toMatch(/mqtt\.commands \(off\) does not allow it/);
  });
});

it('the configuration knows every verb', () => {
  expect(commandVerbs).toEqual(verbs);
});
