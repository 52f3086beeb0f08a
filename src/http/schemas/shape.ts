import Joi from 'joi';

/** What is known of a value: `src/contract/shape.ts`. */
export const SHAPE: Joi.Schema = Joi.alternatives(
  Joi.string().valid('any', 'text', 'number', 'boolean', 'date', 'list', 'object'),
  Joi.object({ items: Joi.link('#Shape').required() }),
  Joi.object({
    members: Joi.object().pattern(Joi.string(), Joi.link('#Shape')).required(),
    open: Joi.boolean().valid(true).description('It may have other members as well.'),
  }),
)
  .id('Shape')
  .description('What is known of a value: its type, the members of an object, or the members of a list.')
  .example({ items: { members: { title: 'text', price: 'number' } } });

/** Links to the shape, which the schema around it must share. */
export const shape: Joi.LinkSchema = Joi.link('#Shape');
