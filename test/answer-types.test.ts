import { expect } from 'chai';
import { answerTypes } from '../scripts/answer-types.js';

/** Returns the types of a document with one shape, and one call that answers with a schema. */
function typesOf(schema: object, content: object = { 'application/json': { schema } }): string {
  return answerTypes({
    paths: { '/api/thing': { get: { summary: 'Read it', responses: { 200: { content }, 304: {}, 404: { content } } } } },
    components: { schemas: { Thing: schema, Field: { type: 'object' } } },
  });
}
const text = { type: 'string' };

describe('the types of answers', () => {
  it('are those of the schemas, with their descriptions', () => {
    const types = typesOf({
      description: 'A thing.',
      type: 'object',
      properties: {
        name: { ...text, description: 'What people call it.' },
        'x-y': { type: 'integer' },
        kind: { enum: ['a', 'b', true] },
        parts: { type: 'array', items: { anyOf: [text, { type: 'null' }] } },
        inner: { type: 'object', properties: { at: text }, required: ['at'] },
        counts: { type: 'object', patternProperties: { '^x-': {}, '^[a-z]$': { type: 'number' } } },
        any: {},
        object: { type: 'object' },
      },
      required: ['name', 'parts'],
    });
    for (const line of [
      '/** A thing. */\nexport type Thing = {',
      '  /** What people call it. */\n  readonly name: string;',
      "  readonly 'x-y'?: number;",
      "  readonly kind?: 'a' | 'b' | true;",
      '  readonly parts: readonly (string | null)[];',
      '  readonly inner?: {\n    readonly at: string;\n  };',
      '  readonly counts?: Readonly<Record<string, number>>;',
      '  readonly any?: Json;',
      '  readonly object?: JsonObject;',
    ])
      expect(types).to.contain(line);
  });

  it('name what a call answers, without refusals', () => {
    expect(typesOf(text)).to.contain("  /** Read it. */\n  readonly 'GET /thing': string;\n");
    expect(typesOf(text, {})).to.contain("readonly 'GET /thing': undefined;");
    expect(typesOf(text, { 'text/csv': {} })).to.contain("readonly 'GET /thing': string;");
  });

  it('know pages of lists, and take shapes of the contract from there', () => {
    const page = (items: object) => typesOf({ type: 'object', properties: { items: { type: 'array', items }, next: text } });
    const types = page({ $ref: '#/components/schemas/Field' });
    expect(types).to.contain("readonly 'GET /thing': Page<Field>;");
    expect(types).to.contain("import type { Field } from '../../../src/contract/form.js';");
    expect(types).to.not.contain('type Field =');
  });
});
