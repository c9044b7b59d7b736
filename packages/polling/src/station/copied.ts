import { copiedToken } from '../record/index.ts'
import { deviceName, fill, type Lang } from '../screen/index.ts'
import type { Boxes } from './boxes.ts'
import type { Station } from './station.ts'
import { stationWords } from './words/index.ts'

/**
 * A token that was used at two booths, which can only happen while they are cut off from each other: an incident in the station's own
 * log, naming the booths, once for each. No officer is asked, for the signed ballots in the boxes prove it.
 */
export function noteCopied({ boxes, chain, append }: Pick<Station, 'boxes' | 'chain' | 'append'>): void {
  const written = chain.entries.flatMap(({ act }) =>
    act.kind === 'incident' && act.what === copiedToken ? [act.note] : [],
  )
  for (const { devices } of boxes.copied()) {
    const note = devices.join(', ')
    const at = written.indexOf(note)
    if (at < 0) append({ kind: 'incident', what: copiedToken, note })
    else written.splice(at, 1)
  }
}

/** "Bilik 1 dan Bilik 2" */
export const sayBooths = (lang: Lang, devices: readonly string[]): string =>
  new Intl.ListFormat(lang).format(
    devices.map((device) => deviceName(lang, { as: 'booth', number: Number(device.split('-')[1]) })),
  )

/** For each such token where it was used, and what becomes of its ballots. */
export const sayCopied = (boxes: Boxes, lang: Lang): string[] =>
  boxes.copied().map(({ devices, cast }) => {
    const words = stationWords(lang).problems.copied
    return fill(cast === 0 ? words.none : cast === 1 ? words.one : words.several, {
      devices: sayBooths(lang, devices),
      n: cast,
    })
  })

/** Sessions that show no token, by booth. */
export const sayUnproven = (boxes: Boxes, lang: Lang): string[] =>
  [...boxes.unproven()].map(([device, n]) =>
    fill(stationWords(lang).problems.unproven, { n, device: sayBooths(lang, [device]) }),
  )

/** Ballots that are not counted, by booth and reason. */
export const sayRefused = (boxes: Boxes, lang: Lang): string[] => {
  const { refused, why: whys } = stationWords(lang).problems
  const list = Map.groupBy(boxes.ballots().refused, ({ device, why }) => `${device} ${why}`)
  return [...list.values()].map((some) => {
    const { device, why } = some[0]!
    return fill(refused, { n: some.length, device: sayBooths(lang, [device]), why: whys[why] })
  })
}
