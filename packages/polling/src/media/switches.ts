import { readFileSync } from 'node:fs'
import type { ElectionPackage } from '../format/index.ts'
import type { Cut } from './medium.ts'
import { cutFrom } from './power-cut.ts'

/** Switches that only tests and demonstrations may use were set for a real election: the program does not start. */
export class SwitchesRefused extends Error {}

/**
 * What tests change from outside: `MELAYANI_CUT` (see power-cut.ts) and `MELAYANI_CLOCK`, a file whose text is the time that it is
 * said to be. Throws SwitchesRefused where either is set and the package is real; the made-up regency "Kabupaten Contoh" may.
 */
export function switchesFor(
  { mode, centre }: Pick<ElectionPackage, 'mode' | 'centre'>,
  { MELAYANI_CUT: plan, MELAYANI_CLOCK: clock }: Readonly<Record<string, string | undefined>> = process.env,
): { readonly cut?: Cut; readonly now: () => Date } {
  if ((plan || clock) && mode === 'real' && !/^(Pemerintah )?Kabupaten Contoh/.test(centre.name))
    throw new SwitchesRefused('MELAYANI_CUT and MELAYANI_CLOCK are for tests: a real package does not start with them.')
  const cut = cutFrom(plan)
  const now = clock ? () => new Date(readFileSync(clock, 'utf8').trim()) : () => new Date()
  return { ...(cut ? { cut } : {}), now }
}
