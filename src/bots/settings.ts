import type { ChannelAdapter } from '../contract/index.js';

/** A bot's settings with their defaults; throws all mistakes at once, and no secret with them. */
export function settingsOf<C>({ type, config, secrets }: ChannelAdapter<C>, given: object): C {
  const { value, error } = config.validate(given, { abortEarly: false });
  if (!error) return value;
  const mistakes = error.details.map(({ path, context, message, type: rule }) => {
    const isSecret = (secrets as readonly unknown[]).includes(path[0]);
    // Joi quotes the value that breaks a rule.
    return isSecret && rule !== 'any.required' ? `"${context?.label ?? path.join('.')}" is not of the right form` : message;
  });
  throw new Error(`the settings of the ${type} adapter are not right: ${mistakes.join('; ')}`);
}
