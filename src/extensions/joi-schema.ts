import Joi from 'joi';

/** By which any joi knows the schemas of every joi: https://github.com/hapijs/joi/blob/master/lib/common.js */
const MARK = Symbol.for('@hapi/joi/schema');

/** Demands a schema of a joi of this host's major version, which may come from another copy of it. */
export function joiSchema(type?: 'object'): Joi.Schema {
  return Joi.any().custom((value: unknown, { message }) => {
    const version = versionOf(value);
    if (version === undefined) return message({ custom: '{{#label}} is to be a joi schema' });
    if (majorOf(version) !== majorOf(Joi.version))
      return message({
        custom: `{{#label}} was made by joi ${version}, and this host has joi ${Joi.version}: take Joi from parley/params`,
      });
    if (type !== undefined && Reflect.get(value as object, 'type') !== type)
      return message({ custom: '{{#label}} is to describe an object: closed({ … }) of parley/params' });
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
