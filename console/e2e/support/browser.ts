import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** Debian's Chromium, or the one that is named. */
const EXECUTABLE = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Starts the one browser of a test file. It fails with the reason if there is none: a journey that is not made must not look green. */
export async function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: EXECUTABLE, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
}

/** A page, and everything that went wrong in it. */
export interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Errors of scripts, refusals of the content policy, and answers 500. A journey ends with none. */
  readonly errors: readonly string[];
}

/** Opens a page of a context of its own, as a browser of a person. */
export async function visit(browser: Browser, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  return { context, page, errors: watch(page) };
}

/** Returns the list into which what goes wrong in a page is written. */
function watch(page: Page): readonly string[] {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
  page.on('console', (message) => {
    // A browser reports each answer of 400 and more in this way, those that the console expects too.
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) errors.push(message.text());
  });
  page.on('response', (answer) => {
    if (answer.status() >= 500) errors.push(`${answer.status()} ${answer.url()}`);
  });
  return errors;
}

/** Signs in with the key of the admin, on the page that is there for it. */
export async function signIn(page: Page, { url, key }: { readonly url: string; readonly key: string }): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.locator('input[autocomplete="current-password"]').fill(key);
  await page.locator('button[type="submit"]').click();
  await page.waitForURL(`${url}/`);
}
