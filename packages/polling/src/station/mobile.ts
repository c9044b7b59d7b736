import type { Station } from './station.ts'

/** What two officers sign when a mobile booth (TPS keliling) goes to voters who cannot come, and when it is back; the note is the booth. */
export const mobileActs = { left: 'booth-left', returned: 'booth-returned' } as const
export type MobileAct = keyof typeof mobileActs

/** Whether the last that was signed of this booth is that it has left. */
export const isAway = ({ chain }: Station, device: string): boolean => {
  const whats = chain.entries.flatMap(({ act }) =>
    act.kind === 'incident' && act.note === device && Object.values<string>(mobileActs).includes(act.what)
      ? [act.what]
      : [],
  )
  return whats.at(-1) === mobileActs.left
}

/** Whether one more mobile booth would be more than the package has. A booth that was stopped is replaced by another. */
export const isOneTooMany = (station: Station): boolean =>
  station.state().devices.filter(({ mobile, stopped }) => mobile && stopped === undefined).length >=
  station.content.tps.mobile
