import { type Medium, MediumLost } from '../src/media/medium.ts'

/**
 * Electricity for media in memory: it fails in the `at`-th write (from 1), after which no medium takes a byte any more. What the
 * interrupted write leaves is what Medium promises: a beginning of an appended text, any mixture of old and new sectors of an
 * overwritten range, the old or the new file of a replaced one.
 */
export type Power = { writes: number; on: boolean; at: number; sectors: (sector: number) => boolean }

export const powerFailing = (at: number, sectors: (sector: number) => boolean): Power => ({
  writes: 0,
  on: true,
  at,
  sectors,
})

export function memoryMedium(
  name: string,
  power: Power,
  files = new Map<string, Uint8Array>(),
  away: () => boolean = () => false,
): Medium {
  const during = (whole: () => void, part: () => void) => {
    if (!power.on || away()) throw new MediumLost(name, 'no power')
    if (++power.writes !== power.at) return whole()
    part()
    power.on = false
    throw new MediumLost(name, 'power cut')
  }
  const join = (file: string, bytes: Uint8Array) => {
    const old = files.get(file) ?? new Uint8Array()
    files.set(file, Uint8Array.from([...old, ...bytes]))
  }
  return {
    name,
    read: (file) => files.get(file)?.slice(),
    append: (file, bytes) =>
      during(
        () => join(file, bytes),
        () => join(file, bytes.subarray(0, power.sectors(0) ? Math.ceil(bytes.length / 2) : 0)),
      ),
    overwrite: (file, offset, bytes) =>
      during(
        () => files.get(file)!.set(bytes, offset),
        () => {
          for (let at = 0; at < bytes.length; ) {
            const sector = Math.floor((offset + at) / 512)
            const end = Math.min(bytes.length, (sector + 1) * 512 - offset)
            if (power.sectors(sector)) files.get(file)!.set(bytes.subarray(at, end), offset + at)
            at = end
          }
        },
      ),
    replace: (file, bytes) =>
      during(
        () => files.set(file, bytes.slice()),
        () => power.sectors(0) && files.set(file, bytes.slice()),
      ),
  }
}
