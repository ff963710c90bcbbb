import { once } from 'node:events';
import { createServer } from 'node:net';
import { messageOf } from '../errors.ts';

/**
 * Listens for a moment on the port of the embedded broker, so that a start that must fail fails before anything is made.
 * @throws Error when the port cannot be had
 */
export async function requireFreePort({ host, port }: { host: string; port: number }): Promise<void> {
  try {
    await listenForAMoment(host, port);
  } catch (error) {
    throw new Error(
      `the embedded MQTT broker cannot listen on ${host} port ${port} (${messageOf(error)}); ` +
        'choose another port, or use the broker that has this one',
      { cause: error },
    );
  }
}

/** @throws Error of the system when the port cannot be had */
export async function listenForAMoment(host: string, port: number): Promise<void> {
  const server = createServer();
  server.listen(port, host);
  await once(server, 'listening');
  server.close();
  await once(server, 'close');
}
