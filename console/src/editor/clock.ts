/** Time for the parts of the editor that wait. */
export interface Clock {
  /** Milliseconds since an instant that does not change. */
  readonly now: () => number;
  /** Acts once after so many milliseconds, unless the function that it returns is called before. */
  readonly after: (millis: number, act: () => void) => () => void;
}

/** The clock of the browser. */
export const browserClock: Clock = {
  now: () => performance.now(),
  after(millis, act) {
    const timer = setTimeout(act, millis);
    return () => clearTimeout(timer);
  },
};
