const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** Where a text is parted, the best first; a place in the first half of the room would leave pieces too small. */
const BREAKS: readonly RegExp[] = [/\n\s*\n/g, /\n/g, /[.!?…]\s/g, /\s/g];

/** Pieces of at most so many characters (code points), parted between paragraphs, lines, sentences or words where that is possible. */
export function splitText(text: string, most: number): readonly string[] {
  const pieces: string[] = [];
  let rest = text.trim();
  while (isLonger(rest, most)) {
    const room = start(rest, most);
    const at = partingIn(room);
    pieces.push(rest.slice(0, at).trimEnd());
    rest = rest.slice(at).trimStart();
  }
  return rest === '' ? pieces : [...pieces, rest];
}

function partingIn(room: string): number {
  for (const pattern of BREAKS) {
    const last = [...room.matchAll(pattern)].at(-1);
    const end = last ? last.index + last[0].length : 0;
    if (end > room.length / 2) return end;
  }
  return room.length;
}

/** The longest beginning of whole signs that fits; one sign at least. */
function start(text: string, most: number): string {
  let kept = '';
  let size = 0;
  for (const { segment } of graphemes.segment(text)) {
    size += [...segment].length;
    if (size > most && kept !== '') break;
    kept += segment;
  }
  return kept;
}

export function isLonger(text: string, most: number): boolean {
  return text.length > most && [...text].length > most;
}
