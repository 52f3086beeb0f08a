import { useSay } from '../../look/Languages.js';

/** The page channels. */
export function ChannelsPage() {
  const say = useSay();
  return <h1>{say('Channels')}</h1>;
}
