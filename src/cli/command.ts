/** One word of the `parley` command. */
export interface Command {
  /** One line for the overview. */
  readonly summary: string;
  /** What `--help` prints. */
  readonly usage: string;
  /** The exit code: 0 well, 1 the thing asked for is not well, 2 asked for in the wrong way. */
  run(args: readonly string[]): Promise<number>;
}
