import { BotAdapter } from 'botbuilder';
import { expect } from 'chai';

describe('the package', () => {
  it('gives the host, and the adapters of plain bots', async () => {
    const parley = await import('parley');
    expect(Object.keys(parley).sort()).to.deep.equal([
      'SendFailed',
      'ViberAdapter',
      'WhatsAppAdapter',
      'createApp',
      'loadConfig',
      'loadExtensions',
    ]);
    expect(parley.WhatsAppAdapter.prototype).to.be.instanceOf(BotAdapter);
    expect(parley.ViberAdapter.prototype).to.be.instanceOf(BotAdapter);
  });
});
