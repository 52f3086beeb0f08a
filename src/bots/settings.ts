import type { ChannelAdapter } from '../contract/index.js';

/**
 * Returns a bot's settings with their defaults.
 *
 * @throws Error with every mistake in the settings, and without the value of any secret.
 */
export function settingsOf<C>({ type, config, secrets }: ChannelAdapter<C>, given: object): C {
  const { value, error } = config.validate(given, { abortEarly: false });
  if (!error) return value;
  const mistakes = error.details.map(({ path, context, message, type: rule }) => {
    const isSecret = (secrets as readonly unknown[]).includes(path[0]);
    // Joi's message has the wrong value in it.
    return isSecret && rule !== 'any.required' ? `"${context?.label ?? path.join('.')}" has an invalid format` : message;
  });
  throw new Error(`the settings of the ${type} adapter are invalid: ${mistakes.join('; ')}`);
}
