import type { Locator, Page } from 'playwright-core';
import type { FlowDefinition, FlowNode } from '../../../src/contract/index.js';
import type { Host } from './host.js';

/** What one sees of the editor, by the words that stand there. */
export interface Editing {
  readonly page: Page;
  /** The card of a node. */
  card(id: string): Locator;
  /** The name of the node that is selected, in the panel. */
  readonly name: Locator;
  /** Opens the form of a node. */
  choose(id: string): Promise<void>;
  /** Waits until the bar says this of the save. */
  says(words: string): Promise<void>;
}

/** Opens a flow in the editor, and waits until its cards are drawn. */
export async function edit(page: Page, { url }: Pick<Host, 'url'>, code: string): Promise<Editing> {
  await page.goto(`${url}/flows/${code}`);
  return editingOf(page);
}

/** Waits until the cards of the flow are drawn. */
export async function editingOf(page: Page): Promise<Editing> {
  const card = (id: string) => page.locator(`.react-flow__node[data-id="${id}"]`);
  const name = page.locator('#panel').getByRole('textbox', { name: 'Name', exact: true });
  await page.locator('.react-flow__node').first().waitFor();
  return {
    page,
    card,
    name,
    async choose(id) {
      await card(id).locator('.card-head').click();
      await page.locator('#panel code').getByText(id, { exact: true }).waitFor();
    },
    says: (words) => page.locator('.save-word').getByText(words, { exact: true }).waitFor({ state: 'attached' }),
  };
}

/** A flow that says a few things, one after the other. */
export function talk(code: string, words: readonly string[]): FlowDefinition {
  const ids = words.map((_, i) => `say${i + 1}`);
  const path = ['start', ...ids, 'end'];
  return {
    format: 'parley/1',
    code,
    name: 'A talk',
    triggers: [{ type: 'TriggeredByWhatsApp', match: { keywords: [code] } }],
    nodes: [
      { id: 'start', type: 'start', params: {}, position: { x: 0, y: 0 } },
      ...words.map(
        (text, i): FlowNode => ({
          id: `say${i + 1}`,
          type: 'send-message',
          name: `Words ${i + 1}`,
          params: { message: { type: 'text', text } },
          position: { x: 200 + 320 * i, y: 0 },
        }),
      ),
      { id: 'end', type: 'end', params: {}, position: { x: 200 + 320 * words.length, y: 0 } },
    ],
    edges: path.slice(1).map((to, i) => ({ from: path[i] ?? '', port: 'next', to })),
  };
}

/** Returns the draft as the host has it. */
export async function draftOf(host: Host, code: string): Promise<FlowDefinition> {
  const { status, body } = await host.call<FlowDefinition>('GET', `/flows/${code}/draft`);
  if (status !== 200) throw new Error(`there is no draft: ${JSON.stringify(body)}`);
  return body;
}

/** Creates a flow, and fails if the host refuses it. */
export async function create(host: Host, flow: FlowDefinition): Promise<void> {
  const { status, body } = await host.call('POST', '/flows', flow);
  if (status !== 201) throw new Error(`the host refused the flow: ${JSON.stringify(body)}`);
}

/** Returns the name of a node of the draft. */
export async function nameIn(host: Host, code: string, node: string): Promise<string | undefined> {
  return (await draftOf(host, code)).nodes.find(({ id }) => id === node)?.name;
}
