import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/** Where slips lie: polling places by number with how many slips each pile has. */
export type Pile = { readonly tps: number; readonly slips: number }
/** The `position`-th slip from the top of the pile of a polling place, from 1. `n` says as which it was drawn. */
export type Drawn = { readonly n: number; readonly tps: number; readonly position: number }

/** Dice that a seed needs: ten-sided, so twenty of them are more than 66 bits that nobody chose. */
export const leastDice = 20

/** Digits of dice as witnesses read them aloud, spaces and lines between them; undefined when there are too few or other signs. */
export function readDice(text: string): string | undefined {
  const digits = text.replace(/[\s,.-]/g, '')
  return /^\d+$/.test(digits) && digits.length >= leastDice ? digits : undefined
}

/**
 * The published sampler: for n = 1, 2, 3, … the SHA-256 of the text `<dice>,<n>` as one number, divided by the number of all
 * slips; the remainder, counted from 0 through the piles in the order of their numbers, is the slip. Anybody can do it again:
 * `printf '%s' '31415926535897932384,1' | sha256sum`. A slip may be drawn twice and then counts twice (P. B. Stark's sampler;
 * 2^256 is so large that the remainder favours no slip that anybody could notice).
 */
export function drawSlips(dice: string, piles: readonly Pile[], from: number, until: number): Drawn[] {
  if (readDice(dice) !== dice) throw new RangeError('Dice are at least twenty digits.')
  const ordered = piles.toSorted((a, b) => a.tps - b.tps)
  const all = BigInt(ordered.reduce((sum, { slips }) => sum + slips, 0))
  if (all === 0n) return []
  return Array.from({ length: Math.max(0, until - from + 1) }, (_, at) => {
    const n = from + at
    let left = Number(BigInt(`0x${bytesToHex(sha256(utf8ToBytes(`${dice},${n}`)))}`) % all)
    const pile = ordered.find(({ slips }) => {
      if (left < slips) return true
      left -= slips
      return false
    })!
    return { n, tps: pile.tps, position: left + 1 }
  })
}

/** Polling places drawn for a full count of their slips on the day (R47): the first `count` different ones. */
export function drawPlaces(dice: string, places: readonly number[], count: number): number[] {
  const wanted = Math.min(count, new Set(places).size)
  const found = new Set<number>()
  const piles = [...new Set(places)].map((tps) => ({ tps, slips: 1 }))
  for (let n = 1; found.size < wanted; n++) found.add(drawSlips(`${dice}`, piles, n, n)[0]!.tps)
  return [...found]
}

/** The chance that at least one of `wrong` polling places is among `drawn` of `all`, drawn without putting back. */
export function chanceToMeet(all: number, wrong: number, drawn: number): number {
  let missed = 1
  for (let at = 0; at < Math.min(drawn, all); at++) missed *= Math.max(0, all - wrong - at) / (all - at)
  return 1 - missed
}
