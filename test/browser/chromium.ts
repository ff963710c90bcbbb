import { type Browser, chromium } from 'playwright-core';
import { onTestFinished } from 'vitest';

/** A headless Chromium that ends with the test; the environment variable CHROMIUM names another than Debian's. */
export async function startBrowser(): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu'],
  });
  onTestFinished(() => browser.close());
  return browser;
}
