import { cutText } from '../../src/adapter-kit/index.js';
import type { JsonObject, TemplateMessage } from '../../src/contract/index.js';
import { nonEmpty } from './json.js';
import { limits } from './limits.js';

/**
 * Returns a template with its values.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/template-messages
 */
export function templateContent({ name, language, header, body, buttons = [] }: TemplateMessage): JsonObject {
  const values = bodyValues(body);
  const components = [
    ...(header ? [{ type: 'header', parameters: [headerValue(header)] }] : []),
    ...(values.length > 0 ? [{ type: 'body', parameters: values }] : []),
    ...buttons.map(buttonComponent),
  ];
  // Meta writes en_US where others, and the languages of contacts, have en-US.
  const code = language.trim().replace('-', '_');
  return { type: 'template', template: { name: name.trim(), language: { code }, ...(components.length > 0 ? { components } : {}) } };
}

function headerValue({ type, text = '', url = '', fileName }: NonNullable<TemplateMessage['header']>): JsonObject {
  if (type === 'text') return { type, text: parameterText(text, limits.header) };
  return { type, [type]: { link: url, ...(type === 'document' ? nonEmpty({ filename: fileName }) : {}) } };
}

/** A list has the values of `{{1}}`, `{{2}}` and so on; an object has those of names. */
function bodyValues(body: TemplateMessage['body'] = []): readonly JsonObject[] {
  if (isList(body)) return body.map((text) => ({ type: 'text', text: parameterText(text) }));
  return Object.entries(body).map(([parameter_name, text]) => ({ type: 'text', parameter_name, text: parameterText(text) }));
}

function isList(body: NonNullable<TemplateMessage['body']>): body is readonly string[] {
  return Array.isArray(body);
}

function buttonComponent({ index, payload = '', url }: NonNullable<TemplateMessage['buttons']>[number]): JsonObject {
  const [kind, parameter] =
    url === undefined
      ? ['quick_reply', { type: 'payload', payload: parameterText(payload) }]
      : ['url', { type: 'text', text: parameterText(url) }];
  return { type: 'button', sub_type: kind, index: `${index}`, parameters: [parameter] };
}

/** Meta refuses a template with a blank value. */
function parameterText(text: string, limit = limits.caption): string {
  return text.trim() === '' ? '-' : cutText(text, limit);
}
