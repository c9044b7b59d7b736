/** Where the time comes from. Deadlines are decided by it, so tests and the practice round can set it. */
export type Clock = { now: () => Date }

export const systemClock: Clock = { now: () => new Date() }

/** A clock that stands at `start` until it is moved. */
export function settableClock(start: Date): Clock & { set: (time: Date) => void } {
  let time = start
  return {
    now: () => new Date(time),
    set: (next) => {
      time = next
    },
  }
}
