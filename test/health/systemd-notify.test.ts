import { expect, it } from 'vitest';
import { systemdNotify } from '../../src/health/systemd-notify.ts';
import { silentLogger } from '../../src/logger.ts';
import { recorder } from '../publish/sending.ts';
import { describeNeeding, program } from '../support/needs.ts';
import { notifySocket } from '../support/notify-socket.ts';
import { until } from '../support/until.ts';

async function heardBy(speak: (socket: string) => void, end: RegExp): Promise<string> {
  const { path, heard } = await notifySocket();
  speak(path);
  await until(`${end}`, () => end.test(heard()));
  return heard();
}

describeNeeding(program('systemd-notify', 'systemd'))('speaking to systemd', () => {
  it('says READY with its status, feeds the watchdog, and says STOPPING', async () => {
    const heard = await heardBy((socket) => {
      // A watchdog of 300 ms is fed every 100 ms.
      const notify = systemdNotify(
        { ...process.env, NOTIFY_SOCKET: socket, WATCHDOG_USEC: '300000' },
        silentLogger,
        () => true,
      );
      notify.ready('watching /export');
      setTimeout(() => notify.stopping(), 500);
    }, /STOPPING=1/);
    expect(heard).toMatch(/READY=1.*STATUS=watching \/export|STATUS=watching \/export.*READY=1/);
    expect(heard.match(/WATCHDOG=1/g)?.length).toBeGreaterThanOrEqual(2);
  });

  it('feeds no watchdog while tiles wait and nothing goes on, and says so once', async () => {
    const log = recorder();
    let goesOn = true;
    const heard = await heardBy((socket) => {
      const environment = { ...process.env, NOTIFY_SOCKET: socket, WATCHDOG_USEC: '150000' }; // fed each 50 ms
      const notify = systemdNotify(environment, log, () => goesOn);
      notify.ready('up');
      setTimeout(() => {
        goesOn = false;
        notify.ready('from here on');
      }, 300);
      setTimeout(() => notify.stopping(), 800);
    }, /STOPPING=1/);
    const [before = '', after = ''] = heard.split('from here on');
    expect(before).toContain('WATCHDOG=1');
    expect(after).not.toContain('WATCHDOG=1');
    expect(log.lines).toMatchObject([
      { level: 'error', message: expect.stringContaining('nothing goes on') },
    ]);
  });

  it('says that it reloads, with the time, and READY after it, in this order', async () => {
    const heard = await heardBy((socket) => {
      const notify = systemdNotify({ ...process.env, NOTIFY_SOCKET: socket }, silentLogger, () => true);
      notify.reloading();
      notify.ready('again');
      notify.stopping();
    }, /STOPPING=1/);
    expect(heard).toMatch(/RELOADING=1 MONOTONIC_USEC=\d+.*READY=1 STATUS=again.*STOPPING=1/s);
  });

  it('says nothing outside systemd', () => {
    expect(() => systemdNotify({}, silentLogger, () => true).ready('')).not.toThrow();
  });
});
