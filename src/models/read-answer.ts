import { createParser } from 'eventsource-parser';
import { type AnswerHead, CallError, type Json, type StreamReader } from '../contract/index.js';
import { readJson } from '../contract/json/exact-json.js';
import { isObject, member, readNumber, readObjects, readText } from '../contract/json/json-members.js';
import type { ModelAnswered, Usage } from './completion.js';

/** Reads the answer of a model while it arrives: events, or one JSON object from servers that do not stream. */
export interface AnswerReader {
  readonly take: StreamReader;
  /** True if the model has said that its answer has ended. */
  readonly isComplete: boolean;
  /** What is not a stream: an error, or a whole answer. */
  readonly raw: string;
  /**
   * Returns the answer, or `lost` if the stream has ended before the answer.
   *
   * @throws CallError `model/unreadable` if it is not an answer of a model.
   */
  answer(): ModelAnswered | { readonly lost: CallError };
}

/** Characters of an answer. A person would get five messages of it; a model that writes more does not do what it was asked. */
const MAX_TEXT = 20_000;
/** Characters that are kept of an answer that is not a stream. */
const MAX_RAW = 256_000;
/** Characters that are read of an error: it may be a whole page. */
const MAX_ERROR = 16_000;
/** Characters of one event. */
const MAX_EVENT = 64_000;

export function createAnswerReader(): AnswerReader {
  const read: Read = { text: '', refusal: '', isDone: false, isNews: false };
  const parser = createParser({
    maxBufferSize: MAX_EVENT,
    onEvent: ({ data }) => takeEvent(read, data),
    onError: ({ type }) => {
      if (type === 'max-buffer-size-exceeded') throw unreadable('an event is too long');
    },
  });
  let raw = '';
  let form: 'stream' | 'whole' | undefined;
  return {
    get isComplete() {
      return read.isDone || (read.finish !== undefined && form === 'stream');
    },
    get raw() {
      return raw;
    },
    take(part, head) {
      form ??= formOf(raw + part, head);
      if (form === 'stream') {
        read.isNews = false;
        parser.feed(raw === '' ? part : raw + part);
        raw = '';
        // Some servers leave the connection open after the end.
        if (read.isDone || (read.finish !== undefined && read.usage)) return 'enough';
        return read.isNews ? 'progress' : 'nothing';
      }
      raw += part;
      if (head.status >= 400 && raw.length > MAX_ERROR) return 'enough';
      if (raw.length > MAX_RAW) throw tooLong();
      return 'progress';
    },
    answer() {
      if (form !== 'stream') return wholeAnswer(raw);
      if (!read.isDone && read.finish === undefined) return { lost: ENDED_EARLY };
      return read;
    },
  };
}

const ENDED_EARLY = new CallError('request/broken-off', 'the answer ended before it was complete', true);

/** What has been read of a stream. */
interface Read {
  text: string;
  refusal: string;
  finish?: string;
  usage?: Usage;
  isDone: boolean;
  /** Whether the last part has brought anything of the answer. */
  isNews: boolean;
}

/** Returns undefined as long as nothing but spaces has come. Some servers give a stream another content type, others an error its type. */
function formOf(beginning: string, { status, headers }: AnswerHead): 'stream' | 'whole' | undefined {
  const first = beginning.trimStart()[0];
  if (first === undefined) return undefined;
  if (status >= 400 || first === '{' || first === '[' || first === '<') return 'whole';
  return /event-stream/i.test(headers['content-type'] ?? '') || /[:deir]/.test(first) ? 'stream' : 'whole';
}

function takeEvent(read: Read, data: string): void {
  if (data.trim() === '[DONE]') {
    read.isDone = true;
    return;
  }
  const chunk = readJson(data);
  if (!isObject(chunk)) throw unreadable('an event is not valid JSON');
  throwIfError(chunk);
  const [choice] = readObjects(chunk['choices']);
  const delta = member(choice, 'delta');
  const [words, refusal] = [textOf(member(delta, 'content')), readText(member(delta, 'refusal')) ?? ''];
  const thoughts = textOf(member(delta, 'reasoning_content')) + textOf(member(delta, 'reasoning'));
  const [finish, usage] = [readText(member(choice, 'finish_reason')), usageOf(chunk['usage'])];
  read.isNews ||= words !== '' || refusal !== '' || thoughts !== '' || finish !== undefined || usage !== undefined;
  read.text += words;
  read.refusal += refusal;
  if (finish !== undefined && finish !== '') read.finish = finish;
  if (usage) read.usage = usage;
  if (read.text.length > MAX_TEXT || read.refusal.length > MAX_TEXT) throw tooLong();
}

function wholeAnswer(raw: string): ModelAnswered {
  const body = readJson(raw);
  if (!isObject(body)) throw unreadable('it is not valid JSON');
  throwIfError(body);
  const [choice] = readObjects(body['choices']);
  if (!choice) throw new CallError('model/empty', 'the answer of the model has no choices');
  const message = member(choice, 'message');
  const text = textOf(member(message, 'content'));
  if (text.length > MAX_TEXT) throw tooLong();
  return {
    text,
    finish: readText(choice['finish_reason']),
    refusal: readText(member(message, 'refusal')),
    usage: usageOf(body['usage']),
  };
}

/** Some servers report an error after they have begun to answer. */
function throwIfError(body: Json): void {
  const error = member(body, 'error');
  if (error === undefined || error === null) return;
  const says = readText(member(error, 'message')) ?? readText(error) ?? '';
  throw new CallError('model/unavailable', `the model reports an error: ${says}`, true);
}

/** Reads a content: a text, or a list of parts with texts. */
function textOf(content: Json | undefined): string {
  return readText(content) ?? readObjects(content).reduce((all, part) => all + (readText(part['text']) ?? ''), '');
}

function usageOf(usage: Json | undefined): Usage | undefined {
  const [input, output] = [readNumber(member(usage, 'prompt_tokens')), readNumber(member(usage, 'completion_tokens'))];
  return input === undefined && output === undefined ? undefined : { input: input ?? 0, output: output ?? 0 };
}

function unreadable(why: string): CallError {
  return new CallError('model/unreadable', `the answer is not one of a model: ${why}`);
}

function tooLong(): CallError {
  return new CallError('model/too-long', `the answer of the model has more than ${MAX_TEXT} characters`);
}
