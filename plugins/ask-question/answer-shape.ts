import type { Shape } from '../../src/contract/index.js';
import type { AnswerType } from './params.js';

const SHAPES: Readonly<Partial<Record<AnswerType, Shape>>> = {
  choices: { items: 'text' },
  number: 'number',
  integer: 'number',
  date: 'date',
  location: { members: { type: 'text', text: 'text', latitude: 'number', longitude: 'number' } },
  media: { members: { type: 'text', text: 'text', mediaUrl: 'text', mediaId: 'text', mimeType: 'text', fileName: 'text' } },
};

/** Returns what is saved of an answer of this type. */
export function shapeOfAnswer(type: AnswerType): Shape {
  return SHAPES[type] ?? 'text';
}
