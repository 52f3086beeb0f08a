import type { ChannelAdapter, ChannelLimits, Field, Platform } from '../contract/index.js';
import { formOf } from '../flow/form/form-of.js';
import { channelSettings, secretNames } from '../published/channel-settings.js';

/** An adapter as the API shows it: what a form of a channel needs, and what its messages can be. */
export interface AdapterDescriptor {
  readonly type: string;
  readonly platform: Platform;
  readonly title: string;
  /** The settings of a channel. Secrets have the control `secret`. */
  readonly form: Field;
  readonly secrets: readonly string[];
  readonly limits: ChannelLimits;
  /** Every message replaces the buttons of the one before. */
  readonly replacesButtons?: true;
}

export function describeAdapter({ type, platform, title, limits, replacesButtons, ...settings }: ChannelAdapter): AdapterDescriptor {
  const form = formOf(channelSettings(settings));
  const names = secretNames(settings);
  const fields = form.fields?.map(({ name, field }) => ({ name, field: names.includes(name) ? { ...field, control: 'secret' } : field }));
  return {
    ...{ type, platform, title, secrets: names, limits },
    form: { ...form, ...(fields ? { fields } : {}) },
    ...(replacesButtons ? { replacesButtons } : {}),
  };
}
