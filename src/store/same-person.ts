/** Which session was merged into which. */
export interface Merges {
  /** Returns the session that this one was merged into, if any; undefined if nobody has had this id. */
  winnerOf(session: string): Promise<{ readonly winner: string | undefined } | undefined>;
  losersOf(session: string): Promise<readonly string[]>;
}

/** Returns all sessions of one person, first the one that the others were merged into. Empty if nobody has had this id. */
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
  // A set that grows while it is walked: losers of losers are found, too.
  const everybody = new Set([last]);
  for (const one of everybody) for (const loser of await losersOf(one)) everybody.add(loser);
  return [...everybody];
}
