import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Prints the datagrams that reach a Unix socket, one a line, as systemd would read them; Node has no such socket. */
const receiver = `
import socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM); s.bind(sys.argv[1]); print("bound", flush=True)
while True: print(s.recv(4096).decode().replace("\\n", " "), flush=True)
`;

export interface NotifySocket {
  /** For NOTIFY_SOCKET. */
  readonly path: string;
  /** All that came, one datagram a line. */
  heard(): string;
}

/** Where systemd would listen to its services. */
export async function notifySocket(): Promise<NotifySocket> {
  const path = join(mkdtempSync(join(tmpdir(), 'particled-notify-')), 'notify');
  const python = spawn('python3', ['-c', receiver, path]);
  onTestFinished(() => void python.kill());
  let heard = '';
  python.stdout.on('data', (some) => {
    heard += some;
  });
  await once(python.stdout, 'data');
  return { path, heard: () => heard };
}
