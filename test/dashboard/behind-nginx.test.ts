import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { join } from 'node:path';
import { hashSync } from '@node-rs/argon2';
import { expect, onTestFinished } from 'vitest';
import { freePort } from '../publish/mosquitto.ts';
import { selfSigned } from '../support/certificates.ts';
import { storeDiscRun } from '../support/disc-run.ts';
import { itNeeding, program } from '../support/needs.ts';
import { premises } from '../support/premises.ts';
import { until } from '../support/until.ts';
import { served } from './served.ts';

const NAME = 'sem.lab.example';
const documented = readFileSync(new URL('../../docs/live-page.md', import.meta.url), 'utf8');

/** The server of the documents, with this test's ports and certificate. */
function documentedServer(port: number, pageUrl: string, certFile: string, keyFile: string): string {
  const [, block = ''] = /```nginx\n([\s\S]*?)```/.exec(documented) ?? [];
  const changes: readonly (readonly [string, string])[] = [
    ['listen 443 ssl', `listen 127.0.0.1:${port} ssl`],
    [`/etc/nginx/${NAME}.pem`, certFile],
    [`/etc/nginx/${NAME}.key`, keyFile],
    ['http://127.0.0.1:8080', pageUrl],
  ];
  return changes.reduce((text, [from, to]) => {
    expect(text).toContain(from);
    return text.replace(from, to);
  }, block);
}

/** Runs nginx in front of a page until the test ends; gives what asks it, as a browser of somebody else does. */
async function nginxBefore(pageUrl: string, folder: string) {
  const port = await freePort();
  const { certFile, keyFile } = selfSigned(folder, 'nginx');
  mkdirSync(join(folder, 'nginx'));
  const conf = join(folder, 'nginx.conf');
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${join(folder, 'nginx', name)};`,
  );
  writeFileSync(
    conf,
    `${process.getuid?.() === 0 ? 'user root;' : ''} pid ${join(folder, 'nginx.pid')}; events {}
     http { access_log off; ${temporary.join(' ')} ${documentedServer(port, pageUrl, certFile, keyFile)} }`,
  );
  const words = ['-p', folder, '-e', 'stderr', '-c', conf];
  const linted = spawnSync('nginx', [...words, '-t'], { encoding: 'utf8' });
  expect(linted.stderr).toContain('test is successful');
  expect(linted.stderr).not.toMatch(/warn|emerg/);
  const nginx = spawn('nginx', [...words, '-g', 'daemon off;'], { stdio: 'ignore' });
  onTestFinished(() => void nginx.kill());
  const ca = readFileSync(certFile);
  const ask = (method: string, path: string, body?: object, headers: Record<string, string> = {}) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const all = { host: NAME, ...(body && { 'content-type': 'application/json' }), ...headers };
      const to = { host: '127.0.0.1', port, method, path, ca, headers: all, agent: false as const };
      const sent = request({ ...to, servername: 'localhost' }, resolve);
      sent.on('error', reject);
      sent.end(body && JSON.stringify(body));
    });
  await until('nginx', async () => {
    const answer = await ask('GET', '/').catch(() => null);
    answer?.resume();
    return answer !== null;
  });
  return ask;
}

async function signInBehindNginx(trustedProxies: string[]) {
  const place = premises();
  storeDiscRun(place.storeFile, { rows: 1, columns: 1 });
  const passwordFile = join(place.folder, 'password');
  writeFileSync(passwordFile, hashSync('open sesame', { memoryCost: 64, timeCost: 1 }));
  const { url } = await served(place, { passwordFile, hostNames: [NAME], trustedProxies });
  const ask = await nginxBefore(url, place.folder);
  const origin = { origin: `https://${NAME}` };
  const signedIn = await ask('POST', '/api/v1/session', { password: 'open sesame' }, origin);
  signedIn.resume();
  return { ask, signedIn };
}

const itWithNginx = itNeeding(program('nginx', 'nginx-light'));

itWithNginx(
  'behind the nginx of the documents people sign in by TLS, and events come as they happen',
  async () => {
    const { ask, signedIn } = await signInBehindNginx(['127.0.0.1']);
    expect(signedIn.statusCode).toBe(200);
    const [cookie = ''] = signedIn.headers['set-cookie'] ?? [];
    expect(cookie).toMatch(/^__Host-particled=.*; Secure; SameSite=Strict$/);
    const events = await ask('GET', '/api/v1/events', undefined, { cookie: cookie.split(';', 1)[0]! });
    expect(events.headers['content-type']).toBe('text/event-stream');
    let said = '';
    events.on('data', (bytes: Buffer) => {
      said += bytes.toString();
    });
    // The line stays open: nothing of it may wait in nginx.
    await until('the status', () => said.includes('event: status'));
    events.destroy();
  },
);

itWithNginx('an nginx that is not said to be trusted is not believed', async () => {
  const { signedIn } = await signInBehindNginx([]);
  expect(signedIn.statusCode).toBe(403);
});
