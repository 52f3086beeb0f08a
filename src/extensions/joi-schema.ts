import Joi from 'joi';

/** The property by which every copy of joi recognises schemas: https://github.com/hapijs/joi/blob/master/lib/common.js */
const MARK = Symbol.for('@hapi/joi/schema');

/** Returns a schema for joi schemas. They may come from another copy of joi, of this host's major version. */
export function joiSchema(type?: 'object'): Joi.Schema {
  return Joi.any().custom((value: unknown, { message }) => {
    const version = versionOf(value);
    if (version === undefined) return message({ custom: '{{#label}} must be a joi schema' });
    if (majorOf(version) !== majorOf(Joi.version))
      return message({
        custom: `{{#label}} was made by joi ${version}, but this host has joi ${Joi.version}: import Joi from parley/params`,
      });
    if (type !== undefined && Reflect.get(value as object, 'type') !== type)
      return message({ custom: '{{#label}} must be a schema of an object: use closed({ … }) of parley/params' });
    try {
      (value as Joi.Schema).describe();
    } catch (error) {
      return message({ custom: `{{#label}} cannot be described: ${error instanceof Error ? error.message : String(error)}` });
    }
    return value;
  });
}

function versionOf(value: unknown): string | undefined {
  if (value === null || typeof value !== 'object') return undefined;
  const mark: unknown = Reflect.get(value, MARK);
  if (mark === null || typeof mark !== 'object') return undefined;
  const version: unknown = Reflect.get(mark, 'version');
  return typeof version === 'string' ? version : undefined;
}

function majorOf(version: string): string {
  return version.split('.')[0] ?? '';
}
