import { expect } from 'chai';
import viber from '../../adapters/viber/index.js';
import whatsapp from '../../adapters/whatsapp/index.js';
import { endingOf } from '../../src/media/media-address.js';

const meta = { phoneNumberId: '5', accessToken: 'T', apiVersion: 'v25.0', baseUrl: 'https://graph.facebook.com' };

describe('the files of providers', () => {
  it('belong to hosts of the provider by HTTPS, and to the address in the settings', () => {
    const owns = (address: string, baseUrl = meta.baseUrl) => whatsapp.media?.owns(new URL(address), { ...meta, baseUrl });
    expect(owns('https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1')).to.equal(true);
    expect(owns('http://lookaside.fbsbx.com/1')).to.equal(false);
    expect(owns('https://evilfbsbx.com/1')).to.equal(false);
    expect(owns('https://lookaside.fbsbx.com.evil.example/1')).to.equal(false);
    expect(owns('http://127.0.0.1:9999/1', 'http://127.0.0.1:3978')).to.equal(true);
    expect(viber.media?.owns(new URL('https://dl-media.viber.com/1'), { baseUrl: 'https://chatapi.viber.com' })).to.equal(true);
    expect(viber.media?.owns(new URL('https://169.254.169.254/1'), { baseUrl: 'https://chatapi.viber.com' })).to.equal(false);
  });

  it('are located by the id that a webhook has', () => {
    const { request, read } = whatsapp.media?.locate?.('1/2', meta) ?? {};
    expect(request).to.include({ method: 'GET', url: 'https://graph.facebook.com/v25.0/1%2F2?phone_number_id=5' });
    expect(request?.headers).to.include({ authorization: 'Bearer T' });
    const reply = (status: number, body: string) => read?.({ status, headers: {}, body });
    expect(reply(200, '{"url":"https://lookaside.fbsbx.com/x","mime_type":"image/png"}')).to.deep.equal({
      url: 'https://lookaside.fbsbx.com/x',
    });
    expect(reply(400, '{"error":{"code":100}}')).to.equal('gone');
    expect(reply(404, '')).to.equal('gone');
    for (const again of [reply(200, '{}'), reply(200, 'nonsense'), reply(401, '{"error":{"code":190}}'), reply(500, '')])
      expect(again).to.equal(undefined);
    expect(read?.({ failed: 'lost', detail: '' })).to.equal(undefined);
  });

  it('have the ending of their name, else of their type, else of the provider', () => {
    expect(endingOf({ fileName: 'Menu.PDF', mimeType: 'image/png' })).to.equal('.pdf');
    expect(endingOf({ mimeType: 'audio/ogg; codecs=opus' })).to.equal('.ogg');
    expect(endingOf({ url: 'https://dl-media.viber.com/a/b.jpeg?x=.exe' })).to.equal('.jpeg');
    expect(endingOf({ fileName: 'no ending', url: 'nonsense' })).to.equal(undefined);
    expect(endingOf({ fileName: 'x.much-too-strange' })).to.equal(undefined);
  });
});
