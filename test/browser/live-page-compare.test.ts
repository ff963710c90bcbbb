import { expect, it } from 'vitest';
import { startBrowser } from './chromium.ts';
import { faultsOf, pictureFile } from './live-daemon.ts';
import { storedPage } from './stored-page.ts';
import { violations } from './violations.ts';

it('another sample and an older revision stand beside this one, by keyboard alone; the address holds both', async () => {
  const { url, paths } = await storedPage(['one', 'other'], (store) => {
    const run = store.runs.all().find(({ sampleLabel }) => sampleLabel === 'one')!;
    const { payload } = store.summaries.latest(run.id)!;
    const before = payload as { provenance: object };
    store.summaries.save(run.id, 'complete', (revision) => ({
      ...{ topic: 'summary', retain: false },
      payload: { ...before, provenance: { ...before.provenance, reviewedBy: ['Ann'] }, revision },
    }));
  });
  const browser = await startBrowser();
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  const faults = faultsOf(page);
  await page.goto(`${url}${paths[0]}`);
  const section = page.locator('section.compare');
  const names = () => section.locator('ul.compared li').allTextContents();
  const heads = () => section.locator('thead th').allTextContents();

  // The other sample, and the revision before, are there to be chosen.
  await section.locator('option').nth(3).waitFor({ state: 'attached' });
  // By the first letters of its label, as a select is used from the keyboard.
  await section.getByLabel('Compare with the sample').focus();
  await page.keyboard.type('other');
  await page.keyboard.press('Enter');
  await expect.poll(names).toEqual([expect.stringMatching(/^other/)]);
  await section.locator('.chart canvas').waitFor();
  const revision = section.getByLabel('Or with the revision');
  await revision.focus();
  await page.keyboard.type('1');
  await page.keyboard.press('Enter');
  await expect.poll(heads).toHaveLength(4);

  // The same figures in both revisions: the difference of each is nothing. Both samples have 6 tiles of 12 particles.
  const particles = section.locator('tbody tr', { hasText: 'Particles' }).locator('td');
  const counts = await particles.allTextContents();
  expect(counts).toHaveLength(3);
  expect(counts[2]).toBe(counts[0]);
  const d50 = section.locator('tbody tr', { hasText: 'D50' }).first().locator('td');
  expect(await d50.nth(2).locator('.gap').textContent()).toMatch(/^0\.?0* µm/);
  expect(await violations(page)).toEqual([]);
  const desk = pictureFile('compare-desk');
  if (desk !== null) await section.screenshot({ path: desk });

  // The address shows the same to somebody else, on a phone in the dark.
  const phone = await browser.newPage({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
  await phone.goto(page.url());
  await expect.poll(() => phone.locator('section.compare thead th').allTextContents()).toEqual(await heads());
  expect(await violations(phone)).toEqual([]);
  expect(await phone.evaluate<number>('document.documentElement.scrollWidth')).toBe(390);

  // Each is taken away by its own button.
  await section.getByRole('button', { name: /^Remove other/ }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(heads).toHaveLength(3);
  expect(new URL(page.url()).search).not.toContain('bench-other');
  expect(faults).toEqual([]);
});
