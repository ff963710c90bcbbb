import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openEndpoint, type Pages } from '../../src/monitoring/http-endpoint.ts';
import { recorder } from '../publish/sending.ts';

const pages: Pages = {
  '/healthz': () => ({ status: 200, type: 'application/json', body: '{"alive":true}\n' }),
  '/metrics': () => Promise.reject(new Error('/var/lib/particled/particled.db: gone')),
};

async function opened({ port = 0, hostNames = [] as string[], retryMs = 50 } = {}) {
  const log = recorder();
  const endpoint = await openEndpoint({ host: '127.0.0.1', port, hostNames }, pages, log, retryMs);
  onTestFinished(() => endpoint.close());
  const url = (): URL | null => {
    const line = log.lines.find(({ message }) => message === 'monitoring listens');
    return line ? new URL(String(Object(line.facts).url)) : null;
  };
  return { endpoint, log, url };
}

/** What comes back for bytes as they are, up to the end of the connection. */
async function raw(port: number, request: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.write(request);
  return text(socket);
}

describe('the endpoint', () => {
  it('answers GET and HEAD, from no cache', async () => {
    const { url } = await opened();
    const got = await fetch(new URL('/healthz?x=1', url()!));
    expect([got.status, await got.text()]).toEqual([200, '{"alive":true}\n']);
    expect(got.headers.get('content-type')).toBe('application/json');
    expect(got.headers.get('cache-control')).toBe('no-store');
    expect(got.headers.get('server')).toMatch(/^particled\/\d/);
    const head = await fetch(new URL('/healthz', url()!), { method: 'HEAD' });
    expect([head.status, await head.text(), head.headers.get('content-length')]).toEqual([200, '', '15']);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('refuses %s', async (method) => {
    const { url } = await opened();
    const answer = await fetch(new URL('/healthz', url()!), { method });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  it.each(['/', '/metrics/', '/../etc/passwd', '/constructor', '/__proto__', '/healthz%00'])(
    'has no %s',
    async (path) => {
      const { url } = await opened();
      const answer = await raw(Number(url()!.port), `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
      expect(answer).toMatch(/^HTTP\/1.1 404 /);
      expect(answer).toContain('there are /healthz, /metrics');
    },
  );

  it.each([
    ['evil.example', 421],
    ['localhost', 200],
    ['sem-pc.lab.example:80', 200],
  ])('answers a request for the host %s with %i', async (host, status) => {
    const { url } = await opened({ hostNames: ['sem-pc.lab.example'] });
    const request = `GET /healthz HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
    expect(await raw(Number(url()!.port), request)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });

  it('answers nothing without a host', async () => {
    const { url } = await opened();
    expect(await raw(Number(url()!.port), 'GET /healthz HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1.1 421 /);
    expect(await raw(Number(url()!.port), 'GET /healthz HTTP/1.1\r\n\r\n')).toMatch(/^HTTP\/1.1 400 /);
  });

  it('tells the log why a page fails, and nobody else', async () => {
    const { url, log } = await opened();
    const answer = await fetch(new URL('/metrics', url()!));
    expect([answer.status, await answer.text()]).toEqual([500, 'could not be answered; the log says why\n']);
    expect(log.lines).toContainEqual(
      expect.objectContaining({ facts: { err: expect.stringContaining('particled.db: gone') } }),
    );
  });

  it('ends a connection that says nothing to its end, and one with long headers', async () => {
    const { url } = await opened();
    const port = Number(url()!.port);
    const long = `GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(10_000)}\r\n\r\n`;
    const [slow, tooLong] = await Promise.all([raw(port, 'GET /healthz HTTP/1.1\r\n'), raw(port, long)]);
    expect(slow).toMatch(/^HTTP\/1.1 408 /);
    expect(tooLong).toMatch(/^HTTP\/1.1 431 /);
  });

  it('says that its port is taken, and has it once it is free', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const { endpoint, log, url } = await opened({ port });
    expect(endpoint.fault()).toMatch(
      `monitoring cannot listen on 127.0.0.1 port ${port} (listen EADDRINUSE: address already in use 127.0.0.1:${port}) and tries again: end the program`,
    );
    await expect.poll(() => log.lines.length, { timeout: 300 }).toBe(1); // said once, however often it is tried
    other.close();
    await expect.poll(() => endpoint.fault()).toBeNull();
    expect((await fetch(new URL('/healthz', url()!))).status).toBe(200);
  });

  it('gives its port back when it is closed, with a connection kept alive', async () => {
    const { endpoint, url } = await opened();
    await (await fetch(new URL('/healthz', url()!))).text();
    await endpoint.close();
    await expect(fetch(new URL('/healthz', url()!))).rejects.toThrow();
  });
});
