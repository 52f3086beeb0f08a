import { CallError, type Json, type OutboundAsk, type ServiceHost } from '../../src/contract/index.js';
import { readJson } from '../../src/contract/json/exact-json.js';
import { isObject } from '../../src/contract/json/json-members.js';
import { isLiteral } from '../../src/params/literal.js';

/** An SMS, as the templates of the settings see it. `id` is the same for every try. */
export interface Sms {
  readonly to: string;
  readonly text: string;
  readonly id: string;
}

/** The body if SMS_BODY is not set. */
const BODY = '{ "to": "{{ to }}", "text": "{{ text }}", "id": "{{ id }}" }';

/**
 * Returns the request that the settings describe; undefined if SMS_URL is not set. With templates in SMS_URL and without SMS_BODY, it is a
 * GET. Values of an SMS stay in their place, whatever is written in them: in an address and a form they are percent-encoded, in JSON they
 * are texts.
 *
 * @throws CallError if the address comes out wrong.
 */
export function smsRequest(sms: Sms, { settings, fill }: ServiceHost): Omit<OutboundAsk, 'timeout'> | undefined {
  const { SMS_URL: address, SMS_BODY: body, SMS_HEADERS: headers } = settings;
  if (typeof address !== 'string') return undefined;
  const values = { ...sms };
  const url = fill(address, values, 'address');
  if (typeof url !== 'string') throw new CallError('call/bad-setting', 'SMS_URL comes out as an address that cannot be called');
  const own = Object.fromEntries(Object.entries(isObject(headers) ? headers : {}).map(([name, value]) => [name, String(value)]));
  if (body === undefined && !isLiteral(address)) return { method: 'GET', url, headers: own };
  const { type, text } = bodyOf(typeof body === 'string' ? body : BODY, (template, as) => fill(template, values, as));
  return { method: 'POST', url, headers: { 'content-type': type, 'idempotency-key': sms.id, ...own }, body: text };
}

type Fill = (template: Json, as?: 'value' | 'address') => Json | undefined;

/** JSON is filled text by text; anything that only becomes JSON when it is filled, and XML, as a whole; else it is a form. */
function bodyOf(template: string, fill: Fill): { readonly type: string; readonly text: string } {
  const json = readJson(template);
  if (json !== undefined) return { type: 'application/json', text: JSON.stringify(fill(json)) };
  if (/^\s*[[{](?![{%])/.test(template)) return { type: 'application/json', text: String(fill(template)) };
  if (/^\s*</.test(template)) return { type: 'text/xml; charset=utf-8', text: String(fill(template)) };
  const form = String(fill(`${FORM}${template.trim()}`, 'address') ?? FORM);
  return { type: 'application/x-www-form-urlencoded', text: form.slice(FORM.length) };
}

/** A form is written like the query of an address. */
const FORM = 'http://form.invalid/?';
