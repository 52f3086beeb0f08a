import { Tooltip } from '@mantine/core';
import type { Json } from '../../../src/contract/json.js';
import { useSay } from '../look/Languages.js';
import { charactersLeft, type Limit } from './choice-layout.js';

interface Props {
  readonly text: Json | undefined;
  readonly limit: Limit | undefined;
  /** Shown also while there is plenty of room. */
  readonly isAlways?: boolean;
}

/** How many characters a text may still grow, by the tightest platform. */
export function CharactersLeft({ text, limit, isAlways = false }: Props) {
  const say = useSay();
  const left = limit ? charactersLeft(text, limit.limit) : undefined;
  if (!limit || left === undefined || (!isAlways && left > Math.max(20, limit.limit / 10))) return null;
  const words =
    left < 0
      ? say('{count, plural, one {# character too long} other {# characters too long}} for {platform}', {
          count: -left,
          platform: limit.by,
        })
      : say('{count, plural, one {# character left} other {# characters left}} on {platform}', { count: left, platform: limit.by });
  return (
    <Tooltip label={words}>
      <span className="characters" data-over={left < 0 || undefined} role="img" aria-label={words}>
        {left}
      </span>
    </Tooltip>
  );
}
