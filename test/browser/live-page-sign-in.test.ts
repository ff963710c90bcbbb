import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hash } from '@node-rs/argon2';
import { expect, it } from 'vitest';
import { premises } from '../support/premises.ts';
import { startBrowser } from './chromium.ts';
import { liveDaemon } from './live-daemon.ts';

it('asks for the password, tells a wrong one, lets the right one in, and out again', async () => {
  const { folder } = premises();
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, await hash('powder & tape'), { mode: 0o600 });
  const live = await liveDaemon({ dashboard: { passwordFile } });
  // Whoever has no session gets nothing, by whichever door.
  for (const path of ['runs', 'events', 'health', 'set-aside', 'runs/a/b']) {
    expect((await fetch(`${live.url}/api/v1/${path}`)).status, path).toBe(401);
  }
  const browser = await startBrowser();
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${live.url}/samples`);
  const field = page.getByLabel('Password or token');
  await field.fill('tape & powder');
  await page.click('button:text("Sign in")');
  await expect.poll(() => page.locator('#sign-in-fault').textContent()).toMatch(/\w{4}/);
  expect(await page.locator('h1').textContent()).toBe('Sign in');

  await field.fill('powder & tape');
  await page.click('button:text("Sign in")');
  await expect.poll(() => page.locator('h1').textContent()).not.toBe('Sign in');
  const [cookie] = await context.cookies();
  // No script may read it, and no other site's page may send it.
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
  expect(await page.evaluate('document.cookie')).toBe('');
  await page.reload();
  await page.waitForSelector('h1');
  expect(await page.locator('h1').textContent()).not.toBe('Sign in');

  await page.click('button:text("Sign out")');
  await expect.poll(() => page.locator('h1').textContent()).toBe('Sign in');
  // The cookie is worth nothing any more, also where somebody has kept it.
  const answer = await fetch(`${live.url}/api/v1/runs`, {
    headers: { cookie: `${cookie!.name}=${cookie!.value}` },
  });
  expect(answer.status).toBe(401);
});
