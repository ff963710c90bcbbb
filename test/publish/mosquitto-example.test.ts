import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { expect, it, onTestFinished } from 'vitest';
import { describeNeeding } from '../support/needs.ts';
import { mosquitto, ofMosquitto } from './mosquitto.ts';

const users = ['particled', 'controller', 'reader'] as const;
type User = (typeof users)[number];

const example = join(import.meta.dirname, '../../examples/mosquitto');

/** The shipped files on a free port, with a password for each user. */
async function asShipped() {
  const folder = mkdtempSync(join(tmpdir(), 'particled-mosquitto-example-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  copyFileSync(join(example, 'acl'), join(folder, 'acl'));
  for (const [i, user] of users.entries()) {
    const create = i === 0 ? ['-c'] : [];
    execFileSync('mosquitto_passwd', ['-b', ...create, join(folder, 'passwords'), user, `of ${user}`]);
  }
  chmodSync(join(folder, 'acl'), 0o600);
  const lines = readFileSync(join(example, 'mosquitto.conf'), 'utf8')
    .replaceAll('/etc/mosquitto', folder)
    .split('\n')
    .filter((line) => !/^(#|listener|per_listener|persistence|$)/.test(line));
  const server = await mosquitto(lines);
  await server.start();
  return server.url;
}

async function as(url: string, username: User, password = `of ${username}`) {
  const client = await connectAsync(url, { protocolVersion: 5, username, password, reconnectPeriod: 0 });
  onTestFinished(() => client.endAsync(true));
  return client;
}

const status = 'particled/test/status';
const summary = 'particled/test/sample/a/run/b/summary';
const command = 'particled/test/command/finalise';
const trial = 'particled/test/doctor/1';
const answers = 'lab/controller/me';
const stop = 'lab/scan/stop';
const topics = [status, summary, command, answers, stop, trial, 'particled/test/other', 'elsewhere'];

describeNeeding(ofMosquitto)('the access list for Mosquitto', () => {
  it.each<[User, { writes: string[]; hears: string[] }]>([
    ['particled', { writes: [status, summary, answers, trial], hears: [status, command, trial] }],
    ['controller', { writes: [command, stop], hears: [status, summary, answers] }],
    ['reader', { writes: [], hears: [status, summary] }],
  ])('lets %s do what it must and no more', async (user, { writes, hears }) => {
    const url = await asShipped();
    const client = await as(url, user);
    const written: string[] = [];
    for (const topic of topics) {
      await client.publishAsync(topic, '1', { qos: 1 }).then(
        () => written.push(topic),
        (error: unknown) => expect(String(error)).toMatch(/Not authorized/),
      );
    }
    expect(written).toEqual(writes);

    const heard: string[] = [];
    client.on('message', (topic) => void heard.push(topic));
    await client.subscribeAsync('#', { qos: 1 }).catch(() => {});
    for (const topic of topics) await client.subscribeAsync(topic, { qos: 1 }).catch(() => {});
    for (const writer of ['particled', 'controller'] as const) {
      const other = await as(url, writer);
      for (const topic of topics) await other.publishAsync(topic, writer, { qos: 1 }).catch(() => {});
    }
    await expect.poll(() => new Set(heard)).toEqual(new Set(hears));
  });

  it('lets nobody in without the right password', async () => {
    const url = await asShipped();
    await expect(as(url, 'reader', 'guessed')).rejects.toThrow(/Not authorized|Bad User/i);
    await expect(connectAsync(url, { protocolVersion: 5, reconnectPeriod: 0 })).rejects.toThrow(
      /Not authorized/,
    );
  });
});
