import { describe, expect, it, onTestFinished } from 'vitest';
import { configSchema } from '../../src/config/schema.ts';
import { silentLogger } from '../../src/logger.ts';
import { type Nightly, pauseAfter, startNightly } from '../../src/nights/delivery.ts';
import { createMailer, mailSettings } from '../../src/report/night/mailer.ts';
import { lastNight } from '../../src/report/night/schedule.ts';
import { addDays } from '../../src/report/night/zoned-time.ts';
import { connect } from '../../src/store/connection.ts';
import { openStore, type Store } from '../../src/store/database.ts';
import { storePath } from '../store/examples.ts';
import { type Smtp, SmtpReply, smtp } from '../support/smtp.ts';

const nights = { at: '00:00', timeZone: 'UTC' };
const tonight = (): string => lastNight(new Date(), nights);
const DAY_MS = 86_400_000;

interface Bench {
  readonly path: string;
  readonly store: Store;
  readonly server: Smtp;
  readonly build?: (date: string) => Promise<string>;
  readonly attempts?: number;
}

/** A store whose daemon first ran some days ago, so that the nights since are owed. */
function storeOfDays(days: number): { path: string; store: Store } {
  const path = storePath();
  const store = openStore(path);
  onTestFinished(() => store.close());
  store.mails.begin(addDays(tonight(), -days), Date.now() - days * DAY_MS);
  return { path, store };
}

async function start(bench: Bench): Promise<Nightly> {
  const nightly = started(bench);
  await nightly.idle();
  return nightly;
}

function started({ store, server, build, attempts = 3 }: Bench): Nightly {
  const settings = mailSettings(
    configSchema.parse({
      mail: {
        ...{ host: '127.0.0.1', port: server.port, security: 'none', attempts, ...nights },
        ...{ from: 'phenom@lab.example', to: ['ada@lab.example'] },
      },
    }),
  );
  if (settings === null) throw new Error('mail is off');
  const nightly = startNightly({
    settings,
    instrument: 'phenom-1',
    mails: store.mails,
    mailer: createMailer(settings),
    build: async (date) => {
      const text = (await build?.(date)) ?? `night of ${date}`;
      return { subject: `night ${date}`, text, html: `<p>${text}</p>`, images: [], attachments: [] };
    },
    logger: silentLogger,
  });
  onTestFinished(() => nightly.stop());
  return nightly;
}

const subjects = ({ mails }: Smtp): (string | undefined)[] => mails.map(({ subject }) => subject);

describe('the mails of nights', () => {
  it('are none at the first start, and none after another', async () => {
    const path = storePath();
    const store = openStore(path);
    onTestFinished(() => store.close());
    const server = await smtp();
    for (let i = 0; i < 2; i += 1) await (await start({ path, store, server })).stop();
    expect(server.mails).toEqual([]);
    expect(store.mails.dates()).toEqual(new Set([tonight()]));
  });

  it('come once each for the nights that were missed, oldest first, whatever is started again', async () => {
    const { path, store } = storeOfDays(2);
    const server = await smtp();
    const expected = [addDays(tonight(), -1), tonight()].map((date) => `night ${date}`);
    for (let i = 0; i < 3; i += 1) {
      await (await start({ path, store, server })).stop();
      expect(subjects(server)).toEqual(expected);
    }
  });

  it('have the same id when one is sent again, as after a crash between its taking and our noting that', async () => {
    const { path, store } = storeOfDays(1);
    const server = await smtp();
    await (await start({ path, store, server })).stop();
    const database = connect(path);
    database.exec("UPDATE mails SET state = 'waiting' WHERE state = 'sent'");
    database.close();
    await start({ path, store, server });
    const ids = server.mails.map(({ messageId }) => messageId);
    expect(ids).toEqual(Array(2).fill(`<particled.night.${tonight()}.phenom-1@lab.example>`));
  });
});

describe('a mail that fails', () => {
  it('waits while the server is down, is told of, and goes out at the next start', async () => {
    const { path, store } = storeOfDays(1);
    const server = await smtp();
    await server.close();
    await (await start({ path, store, server })).stop();
    expect(store.mails.latest()).toMatchObject({ state: 'waiting', attempts: 1 });
    expect(store.mails.latest()?.reason).toContain('ECONNREFUSED');
    const next = await smtp({ port: server.port });
    await start({ path, store, server: next });
    expect(subjects(next)).toEqual([`night ${tonight()}`]);
    expect(store.mails.latest()).toMatchObject({ state: 'sent', attempts: 2, reason: null });
  });

  it('is tried as often as configured when it is refused for now', async () => {
    const { path, store } = storeOfDays(1);
    let asked = 0;
    const server = await smtp({
      onMail() {
        asked += 1;
        throw new SmtpReply(451, 'come back later');
      },
    });
    for (let i = 0; i < 4; i += 1) await (await start({ path, store, server })).stop();
    expect(asked).toBe(3);
    expect(store.mails.latest()).toMatchObject({ state: 'given-up', attempts: 3 });
    expect(store.mails.latest()?.reason).toContain('451 come back later');
  });

  it('is given up at once when it is refused for good, and the next night is sent', async () => {
    const { path, store } = storeOfDays(2);
    let asked = 0;
    const server = await smtp({
      async onMail() {
        asked += 1;
        if (asked === 1) throw new SmtpReply(552, 'mailbox full');
      },
    });
    await start({ path, store, server });
    expect(subjects(server)).toEqual([`night ${tonight()}`]);
    expect(asked).toBe(2);
    expect(store.mails.waiting()).toEqual([]);
  });

  it('counts an attempt whose building ends badly', async () => {
    const { path, store } = storeOfDays(1);
    const server = await smtp();
    const build = () => Promise.reject(new Error('out of memory'));
    await start({ path, store, server, build, attempts: 1 });
    expect(store.mails.latest()).toMatchObject({ state: 'given-up', attempts: 1, reason: 'out of memory' });
    expect(server.mails).toEqual([]);
  });

  it('is broken off when the daemon ends, and is then still owed', async () => {
    const { path, store } = storeOfDays(1);
    const taken = Promise.withResolvers<void>();
    const server = await smtp({
      onMail: () => {
        taken.resolve();
        return new Promise(() => {}); // never answers
      },
    });
    const nightly = started({ path, store, server });
    await taken.promise;
    await nightly.stop();
    expect(store.mails.latest()).toMatchObject({ state: 'waiting', attempts: 1, reason: null });
  });
});

describe('the pause after an attempt', () => {
  it('grows from a minute to an hour: 20 attempts take 14 hours', () => {
    expect([1, 2, 3, 7, 20].map((attempt) => pauseAfter(attempt) / 60_000)).toEqual([1, 2, 4, 60, 60]);
    const minutes = Array.from({ length: 19 }, (_, i) => pauseAfter(i + 1) / 60_000);
    // 1 + 2 + 4 + 8 + 16 + 32 = 63 minutes, then 13 hours
    expect(minutes.reduce((sum, pause) => sum + pause)).toBe(63 + 13 * 60);
  });
});
