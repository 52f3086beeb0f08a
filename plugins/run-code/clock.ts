/** Sets the time that code sees from now on. */
export type SetClock = (iso: string) => void;

/**
 * Makes `Date` of this thread stand still, in UTC. QuickJS asks it for the time and for the time zone, so code sees the same wherever and
 * whenever it runs.
 */
export function stopClock(): SetClock {
  let time = 0;
  const Machine = Date;
  const parse = Machine.parse;
  const { getUTCDate, getUTCDay, getUTCFullYear, getUTCHours, getUTCMinutes, getUTCMonth, getUTCSeconds } = Machine.prototype;
  const own = Object.fromEntries(
    Object.entries({
      getDate: getUTCDate,
      getDay: getUTCDay,
      getFullYear: getUTCFullYear,
      getHours: getUTCHours,
      getMinutes: getUTCMinutes,
      getMonth: getUTCMonth,
      getSeconds: getUTCSeconds,
      getTimezoneOffset: (): number => 0,
    }).map(([name, value]) => [name, { value }]),
  );
  Object.defineProperties(Machine.prototype, own);
  Object.defineProperty(globalThis, 'Date', {
    value: new Proxy(Machine, {
      construct: (target, args, made) => Reflect.construct(target, args.length === 0 ? [time] : args, made),
      get: (target, name) => (name === 'now' ? () => time : Reflect.get(target, name)),
    }),
  });
  return (iso) => {
    time = parse(iso);
  };
}
