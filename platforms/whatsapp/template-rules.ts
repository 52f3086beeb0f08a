import { isObject, isTextWithin, isWholeWithin, member, readNumber, readObjects } from '../../src/adapter-kit/index.js';
import type { JsonObject } from '../../src/contract/index.js';
import { limits } from './limits.js';
import { type Found, invalidParameter } from './mistake.js';

/** The types of components, which Meta takes in capitals as well. */
const COMPONENT = /^(header|body|button|carousel|limited_time_offer|order_status)$/i;
const BUTTONS: readonly string[] = ['quick_reply', 'url', 'copy_code', 'catalog', 'flow', 'mpm', 'voice_call', 'order_details'];

/** Meta has no template of this name in this language. */
const NO_TEMPLATE = 132_001;
/** A text is too long with its values. */
const TOO_LONG = 132_005;
/** A required value is missing. https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes */
const MISSING_VALUE = 131_008;

/**
 * Returns what is wrong with a template; undefined if nothing is. Whether it exists, and how many values it needs, only Meta knows.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/template-messages
 */
export function templateMistake(template: JsonObject): Found {
  return formMistake(template) ?? nameMistake(template) ?? valueMistake(template);
}

/** Meta gives templates such names alone, and writes languages as `en` and `en_US`. */
function nameMistake({ name, language }: JsonObject): Found {
  const code = member(language, 'code');
  if (typeof name === 'string' && !/^[a-z0-9_]+$/.test(name))
    return { code: NO_TEMPLATE, details: 'the name of a template has small letters, digits and underscores' };
  return typeof code === 'string' && !/^[a-z]{2,3}(?:_[A-Z]{2})?$/.test(code)
    ? { code: NO_TEMPLATE, details: 'language.code has the form en or en_US' }
    : undefined;
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
      const isHeader = typeof component['type'] === 'string' && /^header$/i.test(component['type']);
      if (isHeader && parameter['type'] === 'text' && !isTextWithin(parameter['text'], limits.header))
        return { code: TOO_LONG, details: 'the text of a header is at most 60 characters' };
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
