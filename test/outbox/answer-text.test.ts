import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { CallError } from '../../src/contract/index.js';
import { answerText } from '../../src/outbox/answer-text.js';

const LIMIT = 1_000;
const WORDS = '{"city":"Köln"}';

/** Returns the text of an answer, or the code and message of the error. */
async function read(body: Buffer, headers: Readonly<Record<string, string>> = {}): Promise<string> {
  try {
    return await answerText(body, headers, LIMIT);
  } catch (error) {
    return error instanceof CallError ? `${error.code}: ${error.message}` : String(error);
  }
}

describe('the body of an answer', () => {
  it('is decompressed by its Content-Encoding, however that is written', async () => {
    const words = Buffer.from(WORDS);
    const packed: readonly (readonly [string, Buffer])[] = [
      ['gzip', gzipSync(words)],
      ['x-gzip', gzipSync(words)],
      ['GZIP', gzipSync(words)],
      ['deflate', deflateSync(words)],
      ['deflate', deflateRawSync(words)],
      ['br', brotliCompressSync(words)],
      ['identity', words],
      ['', words],
      ['gzip, br', brotliCompressSync(gzipSync(words))],
      [' deflate ,identity, gzip', gzipSync(deflateSync(words))],
      ['gzip, gzip, gzip', gzipSync(gzipSync(gzipSync(words)))],
    ];
    for (const [name, body] of packed) expect(await read(body, { 'content-encoding': name }), name).to.equal(WORDS);
  });

  it('is refused if it is too large when decompressed, at any layer', async () => {
    const large = Buffer.alloc(1_000_000, 'x');
    for (const [name, pack] of [
      ['gzip', gzipSync],
      ['deflate', deflateSync],
      ['br', brotliCompressSync],
      ['deflate', deflateRawSync],
    ] as const) {
      expect(await read(pack(large), { 'content-encoding': name }), name).to.match(/^request\/too-large: .*1000 bytes/);
      expect(await read(gzipSync(pack(large)), { 'content-encoding': `${name}, gzip` }), name).to.match(/^request\/too-large/);
    }
    expect(await read(gzipSync(Buffer.alloc(LIMIT, 'x')), { 'content-encoding': 'gzip' })).to.have.length(LIMIT);
    expect(await read(gzipSync(Buffer.alloc(LIMIT + 1, 'x')), { 'content-encoding': 'gzip' })).to.match(/^request\/too-large/);
  });

  it('is refused if it does not match its encoding, breaks off, or has an unknown encoding or too many', async () => {
    const packed = gzipSync(Buffer.from(WORDS));
    expect(await read(Buffer.from(WORDS), { 'content-encoding': 'gzip' })).to.match(/^request\/unreadable: .*gzip/);
    expect(await read(packed.subarray(0, packed.length - 9), { 'content-encoding': 'gzip' })).to.match(/^request\/unreadable/);
    expect(await read(packed, { 'content-encoding': 'br' })).to.match(/^request\/unreadable/);
    expect(await read(packed, { 'content-encoding': 'zstd' })).to.match(/^request\/unreadable: .*"zstd"/);
    const often = gzipSync(gzipSync(gzipSync(packed)));
    expect(await read(often, { 'content-encoding': 'gzip,gzip,gzip,gzip' })).to.match(/^request\/unreadable: .*more than/);
    expect(await read(packed, { 'content-encoding': 'constructor' })).to.match(/^request\/unreadable/);
  });

  it('is decoded by its charset', async () => {
    const cases: readonly (readonly [string, Buffer, string])[] = [
      ['application/json; charset=ISO-8859-1', Buffer.from('Málaga', 'latin1'), 'Málaga'],
      ['text/plain; charset="windows-1252"', Buffer.from([0x80, 0x93, 0xe9]), '€“é'],
      ["text/plain;charset='latin1'", Buffer.from([0xfc]), 'ü'],
      ['text/plain; charset=windows-1251', Buffer.from([0xcf, 0xf0, 0xe8]), 'При'],
      ['text/plain; charset=Shift_JIS', Buffer.from([0x93, 0x8c]), '東'],
      ['text/plain; format=flowed; Charset = UTF-16LE', Buffer.from('Köln', 'utf16le'), 'Köln'],
      ['text/plain; charset=utf-16be', Buffer.from('Köln', 'utf16le').swap16(), 'Köln'],
      ['text/plain; charset=utf8', Buffer.from('Köln'), 'Köln'],
      ['text/plain', Buffer.from('Köln'), 'Köln'],
      ['', Buffer.from('Köln'), 'Köln'],
    ];
    for (const [type, body, text] of cases) expect(await read(body, { 'content-type': type }), type).to.equal(text);
  });

  it('is decoded by its byte order mark, which takes precedence and is not part of the text', async () => {
    const marked = (charset: 'utf16le' | 'utf8') => Buffer.from('\uFEFFKöln', charset);
    expect(await read(marked('utf8'), { 'content-type': 'text/plain; charset=latin1' })).to.equal('Köln');
    expect(await read(marked('utf16le'), { 'content-type': 'text/plain; charset=utf-16be' })).to.equal('Köln');
    expect(await read(marked('utf16le').swap16(), { 'content-type': 'application/json; charset=utf-16' })).to.equal('Köln');
  });

  it('is refused if its charset is unknown, and is empty if it has no bytes, whatever its headers', async () => {
    const type = { 'content-type': 'text/plain; charset=klingon' };
    expect(await read(Buffer.from('x'), type)).to.match(/^request\/unreadable: .*"klingon"/);
    expect(await read(Buffer.alloc(0), { ...type, 'content-encoding': 'gzip' })).to.equal('');
  });
});
