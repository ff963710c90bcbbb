import { chmodSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { hashSync } from '@node-rs/argon2';
import { describe, expect, it } from 'vitest';
import { storeDiscRun } from '../../support/disc-run.ts';
import { type Premises, premises } from '../../support/premises.ts';
import { type Served, served } from '../served.ts';

const PASSWORD = 'correct horse battery';
const TOKEN = '0123456789abcdef0123456789abcdef';

function place(): Premises {
  const made = premises();
  storeDiscRun(made.storeFile, { rows: 1, columns: 1 });
  return made;
}

function secret(folder: string, name: string, content: string): string {
  const file = join(folder, name);
  writeFileSync(file, `${content}\n`);
  chmodSync(file, 0o600);
  return file;
}

async function guarded(page = {}): Promise<Served> {
  const here = place();
  // As cheap as argon2 can be: what is tested is who is let in.
  const hash = hashSync(PASSWORD, { memoryCost: 64, timeCost: 1 });
  return served(here, {
    passwordFile: secret(here.folder, 'password', hash),
    tokenFile: secret(here.folder, 'token', TOKEN),
    ...page,
  });
}

/** As `fetch`, which never sends a Host of its own. */
function askedAs(
  url: string,
  headers: Record<string, string>,
  path = '/api/v1/runs',
  method = 'GET',
): Promise<number> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(url);
    request({ host: '127.0.0.1', port, path, method, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

describe('the live page with a password', () => {
  it('answers nothing before somebody has signed in, and all of it afterwards, until the session ends', async () => {
    const { json, send, get } = await guarded();
    expect(await json('/api/v1/session')).toEqual({ status: 200, body: { required: true, signedIn: false } });
    const refusal = { message: 'sign in with the password or token first' };
    for (const path of ['runs', 'health', 'set-aside', 'events', 'openapi.json', 'nothing']) {
      expect(await json(`/api/v1/${path}`), path).toEqual({ status: 401, body: refusal });
    }
    expect((await send('POST', '/api/v1/session', { password: 'wrong' })).status).toBe(401);

    const answer = await send('POST', '/api/v1/session', { password: PASSWORD });
    expect(answer.status).toBe(200);
    const [cookie = ''] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^particled=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/);
    const headers = { cookie: cookie.split(';', 1)[0] ?? '' };
    expect((await get('/api/v1/runs', headers)).status).toBe(200);
    expect(await (await get('/api/v1/session', headers)).json()).toEqual({ required: true, signedIn: true });
    expect((await send('DELETE', '/api/v1/session', undefined, headers)).status).toBe(200);
    expect((await get('/api/v1/runs', headers)).status).toBe(401);
    expect((await get('/api/v1/runs', { cookie: 'particled=guessed' })).status).toBe(401);
  });

  it('shows the page itself, which holds no figure, so that there is somewhere to sign in', async () => {
    const { get } = await guarded();
    for (const path of ['/', '/samples', '/samples/a/b', '/assets/index-abc.js']) {
      expect((await get(path)).status, path).toBe(200);
    }
  });

  it('lets programs in by the token, and by nothing like it', async () => {
    const { get, send } = await guarded();
    const asked = async (token: string) =>
      (await get('/api/v1/runs', { authorization: `Bearer ${token}` })).status;
    expect(await asked(TOKEN)).toBe(200);
    expect(await asked(TOKEN.toUpperCase())).toBe(401);
    expect(await asked(`${TOKEN}0`)).toBe(401);
    expect((await send('POST', '/api/v1/session', { password: TOKEN })).status).toBe(200);
  });

  it('sends whoever guesses away after ten tries, also with the right one, and lets others in', async () => {
    const { send, url } = await guarded({ trustedProxies: ['127.0.0.1'] });
    const tried = async (password: string, address: string) =>
      (await send('POST', '/api/v1/session', { password }, { 'x-forwarded-for': address })).status;
    for (let tries = 0; tries < 10; tries++) expect(await tried(`guess ${tries}`, '192.0.2.7')).toBe(401);
    expect(await tried(PASSWORD, '192.0.2.7')).toBe(429);
    expect(await tried(PASSWORD, '192.0.2.8')).toBe(200);
    expect(url).toContain('127.0.0.1');
  });

  it('lets a whole laboratory behind one address sign in, again and again, and counts what fails alone', async () => {
    const { send } = await guarded();
    const tried = async (password: string) => (await send('POST', '/api/v1/session', { password })).status;
    for (let person = 0; person < 20; person++) expect(await tried(PASSWORD)).toBe(200);
    for (let tries = 0; tries < 9; tries++) expect(await tried(`guess ${tries}`)).toBe(401);
    expect(await tried(PASSWORD)).toBe(200);
    expect(await tried('guess')).toBe(401);
    const refused = await send('POST', '/api/v1/session', { password: PASSWORD });
    expect(refused.status).toBe(429);
    const waitS = Number(refused.headers.get('retry-after'));
    expect(waitS).toBeGreaterThan(200);
    expect(waitS).toBeLessThanOrEqual(300);
  });

  it('answers a laboratory of 20 behind one address that opens whole grids, and has a limit', async () => {
    const { url } = await guarded();
    const limit = await fetch(`${url}/api/v1/session`);
    // 20 people, five grids of 288 tiles a minute each, a picture and outlines of each tile: 57,600.
    expect(Number(limit.headers.get('x-ratelimit-limit'))).toBeGreaterThan(20 * 5 * 288 * 2);
    expect(Number(limit.headers.get('x-ratelimit-limit'))).toBeLessThan(1_000_000);
    expect(Number(limit.headers.get('x-ratelimit-remaining'))).toBeGreaterThan(0);
  });

  it('believes nobody but the configured proxy who is asking', async () => {
    const { send } = await guarded();
    const tried = async (address: string) =>
      (await send('POST', '/api/v1/session', { password: 'guess' }, { 'x-forwarded-for': address })).status;
    for (let tries = 0; tries < 10; tries++) expect(await tried(`192.0.2.${tries}`)).toBe(401);
    expect(await tried('192.0.2.99')).toBe(429);
  });

  it('takes cookies by TLS alone behind a proxy that has it', async () => {
    const { send } = await guarded({ trustedProxies: ['127.0.0.1'], hostNames: ['sem.lab.example'] });
    const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'sem.lab.example' };
    const own = { ...forwarded, origin: 'https://sem.lab.example' };
    const answer = await send('POST', '/api/v1/session', { password: PASSWORD }, own);
    expect(answer.headers.getSetCookie()[0]).toMatch(/^__Host-particled=.*; Secure; SameSite=Strict$/);
    const foreign = { ...forwarded, origin: 'http://sem.lab.example' };
    expect((await send('POST', '/api/v1/session', { password: PASSWORD }, foreign)).status).toBe(403);
  });
});

describe('the live page', () => {
  it('answers by the names of this computer alone, so that no other name leads a browser to it', async () => {
    const { url } = await served(place(), { hostNames: ['sem.lab.example'] });
    expect(await askedAs(url, { host: 'sem.lab.example' })).toBe(200);
    expect(await askedAs(url, { host: 'localhost:8080' })).toBe(200);
    for (const host of ['evil.example', 'sem.lab.example.evil.example', 'sem.lab.example, evil.example']) {
      expect(await askedAs(url, { host }), host).not.toBe(200);
    }
    // Nobody is believed about the name either.
    expect(await askedAs(url, { host: 'evil.example', 'x-forwarded-host': 'localhost' })).toBe(421);
  });

  it('changes nothing for a page of another site', async () => {
    const { url, send } = await served(place());
    const review = (headers: Record<string, string>) =>
      send('POST', '/api/v1/runs/discs/run-1/review', { reviewer: 'Ann' }, headers);
    for (const origin of ['http://evil.example', 'null', `${url}0`, url.replace('http', 'https')]) {
      expect((await review({ origin })).status, origin).toBe(403);
    }
    expect(await askedAs(url, { 'sec-fetch-site': 'cross-site' }, '/api/v1/session', 'DELETE')).toBe(403);
    // Its forms send what needs no permission, and that is not read.
    const form = { 'content-type': 'text/plain', origin: url };
    expect((await send('POST', '/api/v1/session', { password: 'a' }, form)).status).toBe(415);
  });

  it('leads no address out of the page', async () => {
    const { url, get } = await served(place());
    const escapes = [
      '/../secret.txt',
      '/assets/../../secret.txt',
      '/%2e%2e/secret.txt',
      '/assets/..%2f..%2fsecret.txt',
    ];
    for (const path of [
      ...escapes,
      '/..%5csecret.txt',
      '//etc/passwd',
      '/index.html/../../secret.txt',
      '/%00',
    ]) {
      const status = await askedAs(url, {}, path);
      expect(status, path).toBeGreaterThanOrEqual(400);
      expect(status, path).toBeLessThan(500);
    }
    for (const path of [
      '/api/v1/tiles/..%2f..%2fetc%2fpasswd/picture?widthPx=240',
      '/api/v1/tiles/%2fetc/pieces',
    ]) {
      expect((await get(path)).status, path).toBeGreaterThanOrEqual(400);
    }
  });

  it('shows itself at an address that is none, so that it says so and leads on; programs get a sentence', async () => {
    const { get } = await served(place());
    const page = await get('/nowhere', { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' });
    expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    expect(await page.text()).toBe(await (await get('/')).text());
    for (const [path, accept] of [
      ['/assets/gone.js', '*/*'],
      ['/api/v1/nothing', 'text/html'],
    ] as const) {
      const answer = await get(path, { accept });
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        404,
        'application/json; charset=utf-8',
      ]);
    }
  });

  it("has browsers run no script but its own, and shows itself in nobody else's frame", async () => {
    const { get } = await served(place());
    const { headers } = await get('/');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain('unsafe-eval');
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });
});
