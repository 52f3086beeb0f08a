import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { signIn, startBrowser, type Visit, visit } from './support/browser.js';
import { create, type Editing, edit, nameIn, talk } from './support/editing.js';
import { type Host, startHost } from './support/host.js';

describe('what is drawn while the host cannot be reached', function () {
  this.timeout(60_000);
  let host: Host;
  let browser: Browser;
  before(async () => {
    [host, browser] = await Promise.all([startHost(), startBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await host?.stop();
  });

  async function editing(code: string): Promise<Visit & Editing> {
    await create(host, talk(code, ['One', 'Two']));
    const opened = await visit(browser);
    await signIn(opened.page, host);
    return { ...opened, ...(await edit(opened.page, host, code)) };
  }

  it('is saved when the network is back, and nothing is lost', async () => {
    const { context, choose, name, says, errors } = await editing('network');
    await context.setOffline(true);
    await choose('say1');
    await name.fill('Without a network');
    await says('Not saved, trying again');
    await choose('say2');
    await name.fill('And on');
    await context.setOffline(false);
    await says('Saved');
    expect(await nameIn(host, 'network', 'say1')).to.equal('Without a network');
    expect(await nameIn(host, 'network', 'say2')).to.equal('And on');
    await context.close();
    expect(errors).to.deep.equal([]);
  });

  it('is tried again by itself if the host fails for a while', async () => {
    const { context, choose, name, says, page } = await editing('failing');
    let failures = 0;
    await page.route('**/draft', (route) =>
      route.request().method() === 'PUT' && ++failures <= 2 ? route.abort('connectionrefused') : route.continue(),
    );
    await choose('say1');
    await name.fill('Third time');
    await says('Not saved, trying again');
    await says('Saved');
    expect(failures).to.equal(3);
    expect(await nameIn(host, 'failing', 'say1')).to.equal('Third time');
    await context.close();
  });

  it('is asked about when the tab is closed', async () => {
    const { context, choose, name, says, page } = await editing('closing');
    await context.setOffline(true);
    await choose('say1');
    await name.fill('Not yet');
    await says('Not saved, trying again');
    const asked = page.waitForEvent('dialog');
    await page.close({ runBeforeUnload: true });
    const dialog = await asked;
    expect(dialog.type()).to.equal('beforeunload');
    await dialog.dismiss();
    await context.setOffline(false);
    await says('Saved');
    expect(await nameIn(host, 'closing', 'say1')).to.equal('Not yet');
    await context.close();
  });

  it('is saved after signing in again, if the sign-in ended in the middle of work', async () => {
    const { context, choose, name, says, page, errors } = await editing('signed-out');
    await context.clearCookies();
    await choose('say1');
    await name.fill('Still here');
    const dialog = page.getByRole('dialog', { name: 'You are signed out' });
    await dialog.getByLabel('Key', { exact: true }).fill(host.key);
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await says('Saved');
    expect(await nameIn(host, 'signed-out', 'say1')).to.equal('Still here');
    expect(await name.inputValue()).to.equal('Still here');
    await context.close();
    expect(errors).to.deep.equal([]);
  });
});
