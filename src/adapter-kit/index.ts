// What the adapter of a provider is made of, given to packages as `parley/adapter-kit`; the types are in `parley/contract`. The adapters
// that come with Parley use nothing else of it.

/** The joi of this host, for `config`: a joi of another major version is refused at start. */
export { default as Joi } from 'joi';
export { defineAdapter, UnreadableBody } from '../contract/channel-adapter.js';
export { choicesShown } from '../contract/choices-shown.js';
export { readJson } from '../contract/json/exact-json.js';
export { isObject, member, readId, readNumber, readObjects, readText, readTime } from '../contract/json/json-members.js';
export { limitDepth } from '../contract/json/levels.js';
export { outboundTypes } from '../contract/message.js';
export { cutApart, cutText, isLonger, lengthOf } from '../text/cut-text.js';
export { readName } from '../text/read-name.js';
export { splitText } from '../text/split-text.js';
export { choiceLines, offeredAsText, offeredChoices, sentIds, textAbove, titleOf } from './choices.js';
export type { Commands } from './emulator/control.js';
export {
  createEmulatorCore,
  type Emulator,
  type EmulatorCore,
  type EmulatorOptions,
  type SendRules,
  type Taking,
} from './emulator/emulator-core.js';
export { answer, type Exchange } from './emulator/exchange.js';
export type { Fault } from './emulator/faults.js';
export { createEmulatedFiles, type EmulatedFile, type EmulatedFiles } from './emulator/files.js';
export type { HeardMessage } from './emulator/heard.js';
export type { Retries, WebhookSender } from './emulator/webhook-sender.js';
export { isOnHost } from './on-host.js';
export { isTextWithin, isWholeWithin } from './rules.js';
export { baseUrlSetting, onUnknownSetting, secretSetting, throughputSetting } from './settings.js';
export { withoutEmpty } from './shown.js';
export { hmacOf, isHmacOf, isSameSecret, type Signed } from './signature.js';
export { type ReplyingProvider, readUnrecognizedReply } from './unrecognized-reply.js';
export { rawOf, readBody } from './webhook-body.js';
