import { readFileSync } from 'node:fs'
import type { ElectionPackage } from '../format/index.ts'
import type { Cut } from './medium.ts'
import { cutFrom } from './power-cut.ts'

/** Switches that only tests and demonstrations may use were set for a real election: the program does not start (main.ts says why). */
export class SwitchesRefused extends Error {}

type Of = Pick<ElectionPackage, 'mode'> & { readonly centre: { readonly name: string } }
/** A practice, or the made-up regency "Kabupaten Contoh": what only tests and demonstrations use may be used. */
export const isForShow = ({ mode, centre }: Of) =>
  mode === 'practice' || /^(Pemerintah )?Kabupaten Contoh/.test(centre.name)

/** A simulated printer writes every slip into a file: in a real election that would be choices on a disk (R56). Throws SwitchesRefused. */
export function refuseSimulated(printer: string, content: Of): void {
  if (printer.startsWith('sim:') && !isForShow(content))
    throw new SwitchesRefused(
      'A simulated printer (sim:) keeps choices in files: nothing of a real election starts with it.',
    )
}

/**
 * What tests change from outside: `MELAYANI_CUT` (see power-cut.ts) and `MELAYANI_CLOCK`, a file whose text is the time that it is
 * said to be, and `MELAYANI_ONE_DISK`: two folders of one disk count as two media (R50). Throws SwitchesRefused where either is set for a real election.
 */
export function switchesFor(
  content: Of,
  {
    MELAYANI_CUT: plan,
    MELAYANI_CLOCK: clock,
    MELAYANI_ONE_DISK: oneDisk,
  }: Readonly<Record<string, string | undefined>> = process.env,
): { readonly cut?: Cut; readonly now: () => Date; readonly oneDisk: boolean } {
  if ((plan || clock || oneDisk) && !isForShow(content))
    throw new SwitchesRefused(
      'MELAYANI_CUT, MELAYANI_CLOCK and MELAYANI_ONE_DISK are for tests: nothing of a real election starts with them.',
    )
  const cut = cutFrom(plan)
  const now = clock ? () => new Date(readFileSync(clock, 'utf8').trim()) : () => new Date()
  return { ...(cut ? { cut } : {}), now, oneDisk: Boolean(oneDisk) }
}
