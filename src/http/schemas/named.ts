import Joi from 'joi';

/** Declares a shape that the document names once and refers to as `#/components/schemas/<name>`. A test validates its example. */
export function named(name: string, sentence: string, members: Joi.SchemaMap, example: object): Joi.ObjectSchema {
  return Joi.object(members).id(name).description(sentence).example(example);
}

/** Declares a page of a list of a named shape. `inner` are the shapes that this one links to. */
export function listOf(shape: Joi.ObjectSchema, ...inner: readonly Joi.Schema[]): Joi.ObjectSchema {
  return sharing(
    {
      items: Joi.array()
        .items(linkTo(shape))
        .required()
        .description('Oldest first, unless `sort` asks for another order; in the audit log and the history of a draft newest first.'),
      next: Joi.string().description('The cursor of the next page; absent on the last page.'),
    },
    shape,
    ...inner,
  );
}

/** Declares an object whose members link to named shapes. */
export function sharing(members: Joi.SchemaMap, ...shapes: readonly Joi.Schema[]): Joi.ObjectSchema {
  return shapes.reduce<Joi.ObjectSchema>((known, shape) => known.shared(shape), Joi.object(members));
}

/** Links to a named shape from within another one, which must share it. */
export function linkTo(shape: Joi.ObjectSchema): Joi.LinkSchema {
  return Joi.link(`#${nameOf(shape)}`);
}

/** Returns the name of a shape; undefined if it has none. */
export function nameOf(schema: Joi.Schema): string | undefined {
  const { flags } = schema.describe() as { readonly flags?: { readonly id?: string } };
  return flags?.id;
}
