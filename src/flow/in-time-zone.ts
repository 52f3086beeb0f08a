import type { FlowDefinition } from '../contract/index.js';

/** Returns the flow with the time zone of the installation (`TIME_ZONE`) where it names none of its own. */
export function inTimeZone(definition: FlowDefinition, timeZone: string | undefined): FlowDefinition {
  if (timeZone === undefined || definition.settings?.timeZone !== undefined) return definition;
  return { ...definition, settings: { ...definition.settings, timeZone } };
}
