import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { signIn, startBrowser, type Visit, visit } from './support/browser.js';
import { create, draftOf, type Editing, edit, nameIn, talk } from './support/editing.js';
import { type Host, startHost } from './support/host.js';

describe('two people who edit the same flow', function () {
  this.timeout(60_000);
  let host: Host;
  let browser: Browser;
  let ada: Visit;
  let grace: Visit;
  before(async () => {
    [host, browser] = await Promise.all([startHost(), startBrowser()]);
    [ada, grace] = await Promise.all([visit(browser), visit(browser)]);
    await signIn(ada.page, { url: host.url, key: await keyOf('Ada') });
    await signIn(grace.page, { url: host.url, key: await keyOf('Grace') });
  });
  after(async () => {
    await browser?.close();
    await host?.stop();
  });
  afterEach(() => expect([...ada.errors, ...grace.errors]).to.deep.equal([]));

  async function keyOf(name: string): Promise<string> {
    const { body } = await host.call<{ key: string }>('POST', '/keys', { name, role: 'editor' });
    return body.key;
  }

  /** Opens a new flow on both sides. */
  async function both(code: string): Promise<{ readonly hers: Editing; readonly his: Editing }> {
    await create(host, talk(code, ['One', 'Two', 'Three']));
    const [hers, his] = await Promise.all([edit(grace.page, host, code), edit(ada.page, host, code)]);
    return { hers, his };
  }

  async function rename({ choose, name }: Editing, node: string, to: string): Promise<void> {
    await choose(node);
    await name.fill(to);
  }

  /** Both have changed the first node, and who is second is asked. */
  async function clash(code: string): Promise<Editing> {
    const { hers, his } = await both(code);
    await rename(hers, 'say1', 'From Grace');
    await hers.says('Saved');
    await rename(his, 'say1', 'From Ada');
    await his.page.getByRole('dialog', { name: 'Grace changed the same' }).waitFor();
    return his;
  }

  async function take({ page, says }: Editing, choice: string): Promise<void> {
    const dialog = page.getByRole('dialog', { name: 'Grace changed the same' });
    await dialog.getByText(choice, { exact: true }).last().click();
    await dialog.getByRole('button', { name: 'Go on' }).click();
    await says('Saved');
  }

  it('are merged and told, if they change different nodes', async () => {
    const { hers, his } = await both('different');
    await rename(hers, 'say1', 'From Grace');
    await hers.says('Saved');
    await rename(his, 'say2', 'From Ada');
    await his.page.locator('.merged').getByText('Grace changed 1 node').waitFor();
    await his.says('Saved');
    expect(await his.card('say1').textContent()).to.contain('From Grace');
    await rename(hers, 'say3', 'From Grace, too');
    await hers.page.locator('.merged').getByText('Ada changed 1 node').waitFor();
    await hers.says('Saved');
    expect((await draftOf(host, 'different')).nodes.map(({ name }) => name)).to.deep.equal([
      undefined,
      'From Grace',
      'From Ada',
      'From Grace, too',
      undefined,
    ]);
    await hers.page.locator('.merged').getByRole('button', { name: 'Show' }).click();
    await hers.page.locator('#panel code').getByText('say2').waitFor();
  });

  it('are asked if they change the same node, and keep mine', async () => {
    await take(await clash('mine'), 'Mine');
    expect(await nameIn(host, 'mine', 'say1')).to.equal('From Ada');
  });

  it('are asked if they change the same node, and take theirs', async () => {
    const his = await clash('theirs');
    await take(his, 'Theirs');
    expect(await nameIn(host, 'theirs', 'say1')).to.equal('From Grace');
    expect(await his.card('say1').textContent()).to.contain('From Grace');
  });

  it('are asked if they change the same node, and take both', async () => {
    await take(await clash('copies'), 'Both, as copies');
    const names = (await draftOf(host, 'copies')).nodes.map(({ name }) => name);
    expect(names).to.include.members(['From Ada', 'From Grace']);
  });
});
