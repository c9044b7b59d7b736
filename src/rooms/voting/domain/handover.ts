import type { ElectionPackage } from '@melayani/polling/format'
import type { Officer } from './place.ts'

export type Device =
  | 'station'
  | 'station-printer'
  | 'officer-reader'
  | 'desk'
  | 'identity-reader'
  | 'desk-printer'
  | 'booth'
  | 'mobile'
  | 'scanner'
  | 'slip-printer'
  | 'headphones'
  | 'audit-box'
/** What is used up, as the polling place's own list names it. */
export type Stock = 'paperRoll' | 'spareRoll' | 'sheets' | 'tokens' | 'seals' | 'usb' | 'ink' | 'battery'
export type Supply = 'officer-card' | 'trustee-card' | Stock

/** What the technicians hand to a polling place before the day: BA serah terima. */
export type Handover = {
  number: number
  place: string
  roll: { count: number; additional: number }
  devices: readonly (readonly [Device, number])[]
  supplies: readonly (readonly [Supply, number])[]
  officers: ElectionPackage['officers']
}

/**
 * What a polling place gets, as its sealed package says: a station, its desks and booths with what belongs to each (the map of the
 * polling place in `docs/voting-day.md`), cards, tokens and the `stock` that is used up. Officers who serve everywhere carry their own card.
 */
export function handoverOf(
  content: ElectionPackage,
  officers: readonly Officer[],
  stock: readonly (readonly [Stock, number])[],
): Handover {
  const { number, place, desks, booths, mobile } = content.tps
  const machines = booths + mobile
  const everywhere = officers.filter(({ tps }) => tps === null)
  const carried = new Set(everywhere.map(({ id }) => id))
  return {
    number,
    place,
    roll: { count: content.roll.count, additional: content.roll.additional },
    devices: [
      ['station', 1],
      ['station-printer', 1],
      ['officer-reader', 1 + desks + machines],
      ['desk', desks],
      ['identity-reader', desks],
      ['desk-printer', desks],
      ['booth', booths],
      ['mobile', mobile],
      ['scanner', machines],
      ['slip-printer', machines],
      ['headphones', machines],
      ['audit-box', 1],
    ],
    supplies: [
      ['officer-card', content.officers.filter(({ id }) => !carried.has(id)).length],
      ['trustee-card', content.threshold.of - everywhere.filter(({ trustee }) => trustee).length],
      ...stock,
    ],
    officers: content.officers,
  }
}
