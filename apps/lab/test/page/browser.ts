import { chromium, type Browser, type BrowserContextOptions, type Locator, type Page } from 'playwright-core';

/** What a page must never do, as it did it. */
export interface Watched {
  readonly page: Page;
  /** Errors and warnings of the console, and what nobody caught. */
  readonly complaints: string[];
  /** Requests that went to any other host. */
  readonly strays: string[];
}

export function launchBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROME_PATH'];
  if (!executablePath) throw new Error('CHROME_PATH names no Chromium: npm run test:page finds one.');
  return chromium.launch({ executablePath });
}

/** A page of its own, as if of another person, whose every complaint is heard. */
export async function newPage(browser: Browser, link: string, options: BrowserContextOptions = {}): Promise<Watched> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const watched: Watched = { page, complaints: [], strays: [] };
  const { host } = new URL(link);
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) watched.complaints.push(message.text());
  });
  page.on('pageerror', (error) => watched.complaints.push(error.message));
  page.on('request', (request) => {
    if (new URL(request.url()).host !== host) watched.strays.push(request.url());
  });
  await page.goto(link);
  await page.locator('.tile').first().waitFor();
  return watched;
}

/** Shows what a link with this in its fragment shows. */
export async function show(page: Page, what: string): Promise<void> {
  await page.evaluate((hash) => void (location.hash = hash), what);
  await page.waitForFunction(
    (panel) => document.getElementById(`panel-${panel}`)?.hidden === false,
    /panel=(\w+)/.exec(what)![1],
  );
}

/** What is written there, once it is there. */
export async function seen(there: Locator): Promise<string> {
  await there.waitFor();
  return there.innerText();
}

/** Goes by Tab alone until the focus is on something with that name. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  const max = 150;
  for (let pressed = 0; pressed < max; pressed++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const one = document.activeElement;
      return one?.getAttribute('aria-label') ?? one?.textContent ?? '';
    });
    if (name.test(focused.trim())) return;
  }
  throw new Error(`Tab came to nothing called ${name} within ${max} times.`);
}
