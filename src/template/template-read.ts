/** A place where a template or an expression reads a variable. */
export interface TemplateRead {
  /** The variable and the members that lead to the value. A number is the index of a list; null is a member that is computed, or every one. */
  readonly path: readonly [string, ...PathStep[]];
  /**
   * `shown`: written into the text. `tested`: only looked at, by a condition of a tag. `passed`: everything else, such as the argument of a
   * filter.
   */
  readonly use: 'shown' | 'tested' | 'passed';
  /** The filters that the value goes through, in order. */
  readonly filters: readonly string[];
}
/** A step of a path behind its variable. */
export type PathStep = string | number | null;
