import { setTimeout as delay } from 'node:timers/promises';
import type { ParsedMail } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { lastNight, nightPeriod } from '../../src/report/night/schedule.ts';
import { addDays } from '../../src/report/night/zoned-time.ts';
import { startDaemonProcess } from '../support/daemon-process.ts';
import { storeOfSamples } from '../support/finished-store.ts';
import { type Premises, premises, type Settings, settingsFor } from '../support/premises.ts';
import { smtp } from '../support/smtp.ts';
import { until } from '../support/until.ts';

const nights = { at: '00:00', timeZone: 'UTC' };
const DAY_MS = 86_400_000;

/** A store whose daemon ran a day ago, so that the last night is owed; the night has one sample. */
function owed(): { place: Premises; date: string } {
  const place = premises();
  const date = lastNight(new Date(), nights);
  const at = new Date(nightPeriod(date, nights).to.getTime() - 3_600_000).toISOString();
  const store = storeOfSamples(place.storeFile, [{ label: 'LiCoO2', at }]);
  store.mails.begin(addDays(date, -1), Date.now() - DAY_MS);
  store.close();
  return { place, date };
}

function mailingTo(place: Premises, port: number): Settings {
  return settingsFor(place, {
    mqtt: { broker: 'embedded', port: 0 },
    mail: {
      ...{ host: '127.0.0.1', port, security: 'none', ...nights },
      ...{ from: 'phenom@lab.example', to: ['ada@lab.example'] },
    },
  });
}

describe('a daemon that owes the mail of a night', () => {
  it.each([
    ['while it composes the mail', 'composing'],
    ['while the server has not taken it', 'sending'],
  ] as const)('is killed (kill -9) %s, and after its restart exactly one arrives', async (_, moment) => {
    const { place, date } = owed();
    let offered = 0;
    const deaf = await smtp({
      onMail: () => {
        offered += 1;
        return new Promise(() => {}); // reads the mail and never says that it has taken it
      },
    });
    const settings = mailingTo(place, deaf.port);
    const daemon = startDaemonProcess(place, settings);
    await daemon.says("sending the night's mail");
    if (moment === 'sending') await until('the mail to be offered', () => offered > 0);
    await daemon.end('SIGKILL');
    await deaf.close();
    expect(deaf.mails).toEqual([]);

    const server = await smtp({ port: deaf.port });
    const next = startDaemonProcess(place, settings);
    await next.says("the night's mail is sent");
    expect(await next.end('SIGTERM')).toBe(0);
    const last = startDaemonProcess(place, settings);
    await last.says('particled is up');
    await delay(1000); // time enough for a second one
    expect(server.mails).toHaveLength(1);
    expectTheNight(server.mails[0]!, date);
  });

  it('says so while no server answers, goes on, and sends it once one does', async () => {
    const { place, date } = owed();
    const server = await smtp();
    await server.close();
    const settings = mailingTo(place, server.port);
    const daemon = startDaemonProcess(place, settings);
    await daemon.says("the night's mail could not be sent; tried again");
    await daemon.says('needs attention');
    expect(daemon.log().find(({ msg }) => msg === 'needs attention')?.reasons).toEqual([
      expect.stringMatching(
        new RegExp(`the night's mail of ${date} could not be sent and is tried again: .*ECONNREFUSED`),
      ),
    ]);
    expect(await daemon.end('SIGTERM')).toBe(0);
    const back = await smtp({ port: server.port });
    const next = startDaemonProcess(place, settings);
    await next.says("the night's mail is sent");
    expect(back.mails).toHaveLength(1);
  });
});

describe('a daemon with a section mail that cannot work', () => {
  it('does not start, and names the keys', async () => {
    const place = premises();
    const settings = mailingTo(place, 25);
    const secret = { username: 'lab', passwordFile: '/missing/password', security: 'tls' as const };
    const daemon = startDaemonProcess(place, { ...settings, mail: { ...settings.mail, ...secret } });
    expect(await daemon.ended()).toBe(1);
    expect(daemon.stderr()).toMatch(/mail\.passwordFile: cannot be read \(ENOENT/);
    const lonely = startDaemonProcess(place, settingsFor(place, { mail: { host: 'mail.lab.example' } }));
    expect(await lonely.ended()).toBe(1);
    expect(lonely.stderr()).toMatch(/mail\.from: is not set .*\n.*mail\.to: is empty/);
  });
});

function expectTheNight(mail: ParsedMail, date: string): void {
  expect(mail.messageId).toBe(`<particled.night.${date}.test@lab.example>`);
  expect(mail.subject).toMatch(/^particled test, \d+ \w{3}: 1 sample/);
  expect(mail.text).not.toContain('broker'); // which was only being connected
  expect(mail.text).toMatch(/all, by number +D10 2\.50 µm/); // half of 5
}
