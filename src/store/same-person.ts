/** Who was merged into whom; `winnerOf` gives nothing where nobody has had the id. */
export interface Merges {
  winnerOf(session: string): Promise<{ readonly winner: string | undefined } | undefined>;
  losersOf(session: string): Promise<readonly string[]>;
}

/** All sessions of one person: up to the one that is left, then down to whoever was merged into it. */
export async function samePerson(session: string, { winnerOf, losersOf }: Merges): Promise<readonly string[]> {
  if (!(await winnerOf(session))) return [];
  let last = session;
  const passed = new Set([last]);
  for (;;) {
    const winner = (await winnerOf(last))?.winner;
    if (winner === undefined || passed.has(winner)) break;
    passed.add(winner);
    last = winner;
  }
  const everybody = new Set([last]);
  for (const one of everybody) for (const loser of await losersOf(one)) everybody.add(loser);
  return [...everybody];
}
