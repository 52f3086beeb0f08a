import { isObject } from '../../../src/contract/json/json-members.js';
import type { JsonObject } from '../../../src/contract/json.js';
import type { Command, Point } from './commands.js';
import { freshId } from './fresh-id.js';

/** A note as the canvas draws it. */
export interface Note extends Point {
  readonly text: string;
}

/** Reads a note of a flow file. What is missing or of another type is as if it were empty. */
export function noteAt({ text, position }: JsonObject): Note {
  const place = isObject(position) ? position : {};
  const number = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : 0);
  return { text: typeof text === 'string' ? text : '', x: number(place['x']), y: number(place['y']) };
}

/** Adds an empty note. */
export function addNote({ x, y }: Point): Command {
  return (flow) => {
    const notes = flow.notes ?? [];
    const id = freshId({ word: 'note', seed: `${x} ${y} ${notes.length}` }, new Set(notes.map((note) => String(note['id']))));
    return { ...flow, notes: [...notes, { id, text: '', position: { x: Math.round(x), y: Math.round(y) } }] };
  };
}

/** Removes the note at a place of the list. */
export function withoutNote(place: number): Command {
  return (flow) => {
    if (flow.notes?.[place] === undefined) return flow;
    const notes = flow.notes.toSpliced(place, 1);
    const { notes: _notes, ...rest } = flow;
    return notes.length === 0 ? rest : { ...flow, notes };
  };
}
