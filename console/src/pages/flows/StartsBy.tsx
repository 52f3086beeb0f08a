import type { Trigger } from '../../../../src/contract/flow.js';
import { isMessageTrigger, TRIGGER_PLATFORM } from '../../../../src/contract/flow.js';
import { type Say, useSay } from '../../look/Languages.js';
import { PLATFORMS } from '../../look/platforms.js';

/** Says what starts a flow: its platforms with their first keywords, and calls. */
export function StartsBy({ triggers }: { readonly triggers: readonly Trigger[] }) {
  const say = useSay();
  if (triggers.length === 0) return <>–</>;
  return (
    <>
      {triggers.map((trigger, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: triggers have no names, and the list is not sorted here
        <div key={i}>
          {startOf(trigger, say)} <span style={{ color: 'var(--ink-2)' }}>{detailOf(trigger, say)}</span>
        </div>
      ))}
    </>
  );
}

function startOf(trigger: Trigger, say: Say): string {
  if (isMessageTrigger(trigger)) return PLATFORMS[TRIGGER_PLATFORM[trigger.type]].title;
  return trigger.type === 'TriggeredByFlow' ? say('Another flow') : say('API, campaign');
}

/** Two keywords at most, and how many more there are. */
function detailOf(trigger: Trigger, say: Say): string {
  if (!isMessageTrigger(trigger)) return '';
  const { keywords = [], events = [], regex } = trigger.match ?? {};
  if (keywords.length === 0)
    return events.includes('conversation_started') ? say('opens the chat') : regex === undefined ? say('any message') : `/${regex}/`;
  const shown = keywords.slice(0, 2).map((keyword) => say('“{words}”', { words: keyword }));
  return `${shown.join(', ')}${keywords.length > 2 ? ` +${keywords.length - 2}` : ''}`;
}
