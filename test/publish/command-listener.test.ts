import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CommandRefusedError, type Commands, type Results } from '../../src/publish/command-kinds.ts';
import { type CommandListener, listenForCommands } from '../../src/publish/command-listener.ts';
import { answerSchema } from '../../src/publish/schema/command.ts';
import { commandExamples } from '../../src/publish/schema/command-examples.ts';
import { finaliseResultSchema } from '../../src/publish/schema/command-runs.ts';
import { describeNeeding } from '../support/needs.ts';
import { type Controller, controllerAt } from './asking.ts';
import { mosquitto, ofMosquitto } from './mosquitto.ts';
import { connected, connection, embeddedBroker, recorder } from './sending.ts';

const finalised = resultOf(commandExamples.finalise.answer);

/** Commands of the test's: only `finalise` can be carried out. */
function commandsThat(finalise: Commands['finalise']): Commands {
  const refused = () => {
    throw new CommandRefusedError('not in this test');
  };
  return {
    describe: refused,
    expect: refused,
    reanalyse: refused,
    report: refused,
    review: refused,
    finalise,
  };
}

async function listening(
  url: string,
  finalise: Commands['finalise'],
  protocol: 4 | 5 = 5,
): Promise<{ controller: Controller; log: ReturnType<typeof recorder>; listener: CommandListener }> {
  const log = recorder();
  const broker = connection(url, { protocol, logger: log });
  const listener = listenForCommands({
    broker,
    names: { baseTopic: 'particled', instrument: 'test' },
    commands: commandsThat(finalise),
    logger: log,
  });
  onTestFinished(() => listener.stop());
  await connected(broker);
  await delay(50); // for the subscription, whose answer is nobody's
  return { controller: await controllerAt(url, { protocolVersion: protocol }), log, listener };
}

describeNeeding(ofMosquitto)('a request over MQTT 5', () => {
  async function overMosquitto(finalise: Commands['finalise'] = () => finalised) {
    const server = await mosquitto();
    await server.start();
    return { server, ...(await listening(server.url, finalise)) };
  }

  it('is answered on its response topic with its correlation data', async () => {
    const asked: object[] = [];
    const { controller } = await overMosquitto((request) => {
      asked.push(request);
      return finalised;
    });
    const properties = { responseTopic: 'lab/furnace/answers', correlationData: Buffer.from('7') };
    await controller.send('finalise', '{"sample":"powder","run":"r"}', { properties });
    const [answer] = await controller.count(1);
    expect(answer).toMatchObject({ topic: 'lab/furnace/answers', correlation: '7' });
    expect(answerSchema(finaliseResultSchema).parse(answer?.payload)).toMatchObject({
      ...{ instrument: 'test', verb: 'finalise', accepted: true, result: finalised },
    });
    expect(asked).toEqual([{ sample: 'powder', run: 'r' }]);
  });

  it('is refused with a reason by its schema, by the command, and by a command that breaks', async () => {
    const { controller } = await overMosquitto(() => {
      throw new Error('disk on fire');
    });
    expect(await controller.ask('finalise')).toMatchObject({
      ...{ accepted: false, reason: expect.stringMatching(/^sample: a missing value is refused/) },
    });
    expect(await controller.ask('report', { sample: 'a' })).toMatchObject({
      ...{ accepted: false, reason: 'not in this test' },
    });
    expect(await controller.ask('finalise', { sample: 'a', run: 'r' })).toMatchObject({
      ...{ accepted: false, reason: expect.stringMatching(/^could not be carried out: disk on fire; send/) },
    });
  });

  it('is refused where its verb is unknown', async () => {
    const { controller } = await overMosquitto();
    for (const verb of ['destroy', 'constructor', 'x'.repeat(5000)]) {
      expect(await controller.ask(verb)).toMatchObject({
        accepted: false,
        reason: expect.stringMatching(
          /unknown command; there are describe, expect, finalise, reanalyse, report, review/,
        ),
      });
    }
  });

  it('is refused where it is broken or too large, and the next one is heard', async () => {
    const { controller } = await overMosquitto();
    const properties = { responseTopic: 'lab/answers' };
    await controller.send('finalise', '{"sample":', { properties });
    await controller.send('finalise', Buffer.alloc(100_000, ' '), { properties });
    // Over what the broker passes on.
    await controller.send('finalise', Buffer.alloc(2_000_000, ' '), { properties });
    expect(await controller.ask('finalise', { sample: 'a', run: 'r' })).toMatchObject({ accepted: true });
    expect(controller.answers.map(({ payload }) => payload.reason)).toEqual([
      expect.stringContaining('not JSON'),
      expect.stringContaining('100000 bytes, at most 65536'),
      undefined,
    ]);
  });

  it('is carried out and only logged where no response topic is given', async () => {
    let times = 0;
    const { controller, log } = await overMosquitto(() => {
      times += 1;
      return finalised;
    });
    await controller.send('finalise', '{"sample":"a","run":"r"}');
    await expect.poll(() => log.lines.map(({ message }) => message)).toContain('command carried out');
    expect([times, controller.answers.length]).toEqual([1, 0]);
  });

  it('is ignored where it is retained, and the log says why', async () => {
    let times = 0;
    const { controller, log } = await overMosquitto(() => {
      times += 1;
      return finalised;
    });
    await controller.send('finalise', '{"sample":"a","run":"r"}', { retain: true });
    await expect
      .poll(() => log.lines)
      .toContainEqual(
        expect.objectContaining({ message: expect.stringContaining('retained request ignored') }),
      );
    expect(times).toBe(0);
  });

  it('is never answered in the tree of the daemon', async () => {
    const { controller, log } = await overMosquitto();
    const heard: string[] = [];
    controller.client.on('message', (topic) => heard.push(topic));
    await controller.client.subscribeAsync('particled/test/status', { qos: 1 });
    await controller.send('finalise', '{"sample":"a","run":"r"}', {
      properties: { responseTopic: 'particled/test/status' },
    });
    await expect
      .poll(() => log.lines.map(({ facts }) => facts))
      .toContainEqual(expect.objectContaining({ reason: expect.stringContaining('lies below particled/') }));
    await controller.ask('finalise', { sample: 'a', run: 'r' });
    expect(heard).not.toContain('particled/test/status');
  });

  it('waits until the one before it is answered', async () => {
    let [atOnce, most] = [0, 0];
    const { controller } = await overMosquitto(async () => {
      most = Math.max(most, ++atOnce);
      await delay(20);
      atOnce -= 1;
      return finalised;
    });
    await Promise.all(['a', 'b', 'c'].map((sample) => controller.ask('finalise', { sample, run: 'r' })));
    expect(most).toBe(1);
  });

  it('is refused while a hundred others wait', async () => {
    const gate = Promise.withResolvers<void>();
    const { controller } = await overMosquitto(() => gate.promise.then(() => finalised));
    const properties = { responseTopic: 'lab/answers' };
    await Promise.all(
      Array.from({ length: 101 }, () =>
        controller.send('finalise', '{"sample":"a","run":"r"}', { properties }),
      ),
    );
    const [refused] = await controller.count(1);
    expect(refused?.payload).toMatchObject({ reason: '100 requests wait already; send it again later' });
    gate.resolve();
    const answers = await controller.count(101);
    expect(answers.filter(({ payload }) => payload.accepted)).toHaveLength(100);
  });

  it('under way is given up when the daemon ends, and says so', async () => {
    const { controller, listener } = await overMosquitto(() => new Promise(() => {}));
    const answer = controller.ask('finalise', { sample: 'a', run: 'r' });
    await delay(100);
    await listener.stop();
    expect(await answer).toMatchObject({ reason: 'the daemon ends; send it again later' });
  });
});

describe('a request to the embedded broker', () => {
  it('is answered where its JSON says, with its correlation data in the JSON', async () => {
    const server = await embeddedBroker({ port: 0 });
    onTestFinished(() => server.close());
    const { controller } = await listening(server.url, () => finalised, 4);
    expect(await controller.ask('finalise', { sample: 'a', run: 'r' })).toMatchObject({
      ...{ accepted: true, result: finalised, correlationData: expect.stringMatching(/^question-/) },
    });
    expect(await controller.ask('finalise', { sample: 5 })).toMatchObject({ accepted: false });
  });
});

function resultOf(answer: { result: Results['finalise'] } | { reason: string }): Results['finalise'] {
  if ('result' in answer) return answer.result;
  throw new Error('the example is refused');
}
