import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { systemdNotify } from '../../src/health/systemd-notify.ts';
import { silentLogger } from '../../src/logger.ts';
import { describeNeeding, program } from '../support/needs.ts';

/** Prints the datagrams that reach a Unix socket, one a line, as systemd would read them; Node has no such socket. */
const receiver = `
import socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM); s.bind(sys.argv[1]); print("bound", flush=True)
while True: print(s.recv(4096).decode().replace("\\n", " "), flush=True)
`;

async function heardBy(speak: (socket: string) => void, until: RegExp): Promise<string> {
  const socket = join(mkdtempSync(join(tmpdir(), 'particled-notify-')), 'notify');
  const python = spawn('python3', ['-c', receiver, socket]);
  let heard = '';
  await once(python.stdout, 'data');
  speak(socket);
  while (!until.test(heard)) heard += String((await once(python.stdout, 'data'))[0]);
  python.kill();
  return heard;
}

describeNeeding(program('systemd-notify', 'systemd'))('speaking to systemd', () => {
  it('says READY with its status, feeds the watchdog, and says STOPPING', async () => {
    const heard = await heardBy((socket) => {
      // A watchdog of 300 ms is fed every 100 ms.
      const notify = systemdNotify(
        { ...process.env, NOTIFY_SOCKET: socket, WATCHDOG_USEC: '300000' },
        silentLogger,
      );
      notify.ready('watching /export');
      setTimeout(() => notify.stopping(), 500);
    }, /STOPPING=1/);
    expect(heard).toMatch(/READY=1.*STATUS=watching \/export|STATUS=watching \/export.*READY=1/);
    expect(heard.match(/WATCHDOG=1/g)?.length).toBeGreaterThanOrEqual(2);
  });

  it('says nothing outside systemd', () => {
    expect(() => systemdNotify({}, silentLogger).ready('')).not.toThrow();
  });
});
