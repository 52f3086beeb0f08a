import Joi from 'joi';

/** A shape that the document names once and refers to: `#/components/schemas/<name>`. A test holds its example against it. */
export function named(name: string, sentence: string, members: Joi.SchemaMap, example: object): Joi.ObjectSchema {
  return Joi.object(members).id(name).description(sentence).example(example);
}

/** A page of a list of a named shape. */
export function listOf(shape: Joi.ObjectSchema): Joi.ObjectSchema {
  return sharing(
    {
      items: Joi.array().items(linkTo(shape)).required().description('Oldest first; the audit log newest first.'),
      next: Joi.string().description('The cursor of the next page; absent on the last one.'),
    },
    shape,
  );
}

/** An object whose members link to named shapes. */
export function sharing(members: Joi.SchemaMap, ...shapes: readonly Joi.ObjectSchema[]): Joi.ObjectSchema {
  return shapes.reduce((known, shape) => known.shared(shape), Joi.object(members));
}

/** A named shape as a part of another one, which is to share it. */
export function linkTo(shape: Joi.ObjectSchema): Joi.LinkSchema {
  return Joi.link(`#${nameOf(shape)}`);
}

/** The name of a shape, or `undefined` where it has none. */
export function nameOf(schema: Joi.Schema): string | undefined {
  const { flags } = schema.describe() as { readonly flags?: { readonly id?: string } };
  return flags?.id;
}
