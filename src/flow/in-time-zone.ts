import type { FlowDefinition } from '../contract/index.js';

/** Returns the flow with the time zone of the installation (`TIME_ZONE`) if it has none. */
export function inTimeZone(definition: FlowDefinition, timeZone: string | undefined): FlowDefinition {
  if (timeZone === undefined || definition.settings?.timeZone !== undefined) return definition;
  return { ...definition, settings: { ...definition.settings, timeZone } };
}
