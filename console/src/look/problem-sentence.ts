/** A node as a problem names it, and as the canvas does. */
interface NamedNode {
  readonly id: string;
  readonly title: string;
}

/**
 * Returns what is wrong as a sentence, with the title of the node in place of its id: `"wait-2" cannot be reached` becomes
 * `“Wait for a response” cannot be reached.`
 */
export function problemSentence(message: string, node?: NamedNode): string {
  const named = node ? message.replaceAll(`"${node.id}"`, `“${node.title}”`) : message;
  const sentence = named.charAt(0).toUpperCase() + named.slice(1);
  return /[.!?…]$/.test(sentence) ? sentence : `${sentence}.`;
}
