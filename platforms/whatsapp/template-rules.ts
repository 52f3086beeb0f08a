import { isObject, isTextWithin, isWholeWithin, member, readNumber, readObjects } from '../../src/adapter-kit/index.js';
import type { JsonObject } from '../../src/contract/index.js';
import { type Found, invalidParameter } from './mistake.js';

/** The types of components, which Meta takes in capitals as well. */
const COMPONENT = /^(header|body|button|carousel|limited_time_offer|order_status)$/i;
const BUTTONS: readonly string[] = ['quick_reply', 'url', 'copy_code', 'catalog', 'flow', 'mpm', 'voice_call', 'order_details'];

/** A required value is missing. https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes */
const MISSING_VALUE = 131_008;

/**
 * Returns what is wrong with a template; undefined if nothing is. Whether it exists, and how many values it needs, only Meta knows.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/template-messages
 */
export function templateMistake(template: JsonObject): Found {
  return formMistake(template) ?? valueMistake(template);
}

function formMistake({ name, language, components = [] }: JsonObject): string | undefined {
  if (!isTextWithin(name, 512) || !isTextWithin(member(language, 'code'))) return 'template needs name and language.code';
  if (!Array.isArray(components) || !components.every(isObject)) return 'template.components is a list of objects';
  for (const { type, sub_type: kind, index, parameters = [] } of components) {
    if (typeof type !== 'string' || !COMPONENT.test(type)) return 'a component has an unknown type';
    if (/^button$/i.test(type) && !(typeof kind === 'string' && BUTTONS.includes(kind) && isWholeWithin(readNumber(index), 0, 9)))
      return 'a button component needs sub_type and index';
    if (!Array.isArray(parameters) || !parameters.every((one) => isTextWithin(member(one, 'type')))) return 'a parameter has no type';
    if (/^header$/i.test(type) && parameters.length > 1) return 'a header has one parameter';
  }
  return undefined;
}

function valueMistake({ components }: JsonObject): Found {
  for (const component of readObjects(components))
    for (const parameter of readObjects(component['parameters'])) {
      const mistake = parameterMistake(parameter);
      if (mistake !== undefined) return mistake;
    }
  return undefined;
}

function parameterMistake({ type, parameter_name: name, payload, text: words }: JsonObject): Found {
  if (name !== undefined && !(typeof name === 'string' && /^[a-z_]{1,20}$/.test(name)))
    return 'parameter_name is 1 to 20 small letters and underscores';
  const text = type === 'payload' ? payload : words;
  if (type !== 'text' && text === undefined) return undefined;
  if (!isTextWithin(text)) return { code: MISSING_VALUE, details: 'Required parameter is missing: a parameter has no text' };
  return /[\n\r\t]| {5}/.test(text)
    ? invalidParameter('Param text cannot have new-line/tab characters or more than 4 consecutive spaces')
    : undefined;
}
