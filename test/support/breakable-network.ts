import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** What becomes of what is sent. */
export type NetworkState =
  /** It arrives. */
  | 'whole'
  /** Connections are closed, and none is taken. */
  | 'refusing'
  /** It waits for the network, as TCP does over a pulled cable; all arrives afterwards. */
  | 'holding'
  /** It is lost, and nobody says so: half-open connections. */
  | 'swallowing';

/** A network between clients and a server on this computer, which the test breaks. */
export interface BreakableNetwork {
  readonly port: number;
  become(state: NetworkState): void;
}

/** Closed after the test. */
export async function breakableNetwork(targetPort: number): Promise<BreakableNetwork> {
  let state: NetworkState = 'whole';
  const sockets = new Set<Socket>();
  const held: (() => void)[] = [];

  function carry(from: Socket, to: Socket): void {
    sockets.add(from);
    from.on('error', () => {});
    from.on('close', () => {
      sockets.delete(from);
      to.destroy();
    });
    from.on('data', (bytes) => {
      if (state === 'whole') to.write(bytes);
      else if (state === 'holding') held.push(() => to.write(bytes));
    });
  }

  const server = createServer((client) => {
    if (state === 'refusing') {
      client.destroy();
      return;
    }
    const target = connect(targetPort, '127.0.0.1');
    carry(client, target);
    carry(target, client);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const closeAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  onTestFinished(async () => {
    closeAll();
    server.close();
    await once(server, 'close');
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    become(now) {
      // What was lost is missing between the two ends for ever: such a connection is of no use.
      if (now === 'refusing' || (state === 'swallowing' && now === 'whole')) closeAll();
      state = now;
      if (now === 'whole') for (const send of held.splice(0)) send();
      else if (now !== 'holding') held.splice(0);
    },
  };
}
