/** What stands against a PIN somebody chooses. Undefined: it may be used. */
export type PinFault = 'digits' | 'length' | 'guessable'

/** Six to twelve digits; not one digit only, and no run up or down, which are what people try first. */
export function pinFault(pin: string): PinFault | undefined {
  if (!/^[0-9]*$/.test(pin)) return 'digits'
  if (pin.length < 6 || pin.length > 12) return 'length'
  const steps = new Set([...pin].slice(1).map((digit, at) => Number(digit) - Number(pin[at])))
  return steps.size === 1 && [-1, 0, 1].includes([...steps][0]!) ? 'guessable' : undefined
}

/** Wrong PINs in a row, and when the last of them was given (milliseconds of the reader's clock). */
export type Wrong = { readonly count: number; readonly at: number }
export const noneWrong: Wrong = { count: 0, at: 0 }

export const triesBeforeWait = 5
export const triesBeforeLock = 15

/** Seconds for which a card waits after so many wrong PINs: 15 after the fifth, twice as long after each further one (R67). */
export const waitAfter = (count: number): number =>
  count < triesBeforeWait ? 0 : 15 * 2 ** Math.min(count - triesBeforeWait, triesBeforeLock - triesBeforeWait)

/** Whether a PIN is looked at now: 'locked' for good, or how many seconds still to wait. */
export function waits({ count, at }: Wrong, now: number): number | 'locked' {
  if (count >= triesBeforeLock) return 'locked'
  const whole = waitAfter(count)
  // A clock that was put back: whoever asks writes down that the wait begins now.
  const passed = Math.max(0, now - at)
  return Math.max(0, Math.ceil(whole - passed / 1000))
}

/** Tries that are left before the card waits, or, beyond that, locks. */
export const triesLeft = ({ count }: Wrong): number =>
  count < triesBeforeWait ? triesBeforeWait - count : Math.max(0, triesBeforeLock - count)
