import type { Choice, InboundMessage } from '../contract/index.js';
import type { LiveRun } from './work.js';

/** Makes a message the run's last one, read as a tap where it says one of the choices that were shown. */
export function takeAnswer(run: LiveRun, message: InboundMessage): void {
  const choice = message.type === 'text' && run.offered ? chosen(run.offered, message.text) : undefined;
  run.lastMessage = choice ? { ...message, type: 'choice', choice: choice.id, title: choice.title, text: choice.title } : message;
  run.channel = message.channel;
  delete run.offered;
}

/** The choice that a text names by its title, its id or its number, without minding case, accents and blanks. */
function chosen(offered: readonly Choice[], text: string): Choice | undefined {
  const said = folded(text);
  if (said === '') return undefined;
  return (
    offered.find(({ title }) => folded(title) === said) ??
    offered.find(({ id }) => folded(id) === said) ??
    offered[/^\d{1,3}$/.test(said) ? Number(said) - 1 : -1]
  );
}

function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').replace(/\s+/g, ' ').trim().toLowerCase();
}
