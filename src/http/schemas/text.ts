import Joi from 'joi';

/** A text of a flow with its translation. */
export const TEXT_ITEM = Joi.object({
  key: Joi.string().required().description('The node and the pointer: `hello/message/text`. A text of the settings has the pointer alone.'),
  node: Joi.string().allow('').required().description('Empty for a text of the settings.'),
  nodeName: Joi.string().allow(''),
  pointer: Joi.string().required().description('A JSON Pointer into the params of the node, or into the settings.'),
  source: Joi.string().allow('').required(),
  translation: Joi.string().allow('').description('Absent if the text is not translated.'),
  changed: Joi.boolean().required().description('Whether the source has changed since it was translated.'),
  translatedFrom: Joi.string().allow('').description('The text that was translated, if it is known.'),
  hint: Joi.string().description('What the text is: the label of its field.'),
});

/** The translations of a call. */
export const TRANSLATIONS = Joi.object({
  items: Joi.array()
    .items(
      Joi.object({
        key: Joi.string().max(2_000).description('As it was read; or `node` and `pointer`.'),
        node: Joi.string().allow('').max(64),
        pointer: Joi.string().max(2_000),
        translation: Joi.string().allow('').required().description('An empty one removes the translation.'),
        source: Joi.string()
          .allow('')
          .description('The text that was translated, today’s by default. With it, a translation that stays the same counts as looked at.'),
      }).or('key', 'pointer'),
    )
    .max(50_000)
    .required(),
});

const keys = Joi.array().items(Joi.string()).required();

/** What an import of translations has done, beside the problems of the draft. */
export const textsSaved = {
  revision: Joi.number().required().description('The revision of the draft that has the translations.'),
  locale: Joi.string().required(),
  changed: Joi.number().required().description('How many translations are new, or others than before.'),
  removed: Joi.number().required(),
  unchanged: Joi.number().required(),
  unknown: keys.description('Keys of texts that the flow does not have.'),
  outdated: keys.description('Keys of translations whose source is not the text of today. They are taken.'),
};
