import { SwitchesRefused } from './media/switches.ts'

/** `npm run tps -- station|desk|booth|ceremony|record|check-uji …`: the programs of a polling place, each with a folder of its own. */
const programs: Record<string, () => Promise<{ run(args: string[]): Promise<void> }>> = {
  booth: () => import('./booth/main.ts'),
  desk: () => import('./desk/main.ts'),
  practice: () => import('./practice/main.ts'),
  station: () => import('./station/main.ts'),
  ceremony: () => import('./ceremony/main.ts'),
  'check-uji': () => import('./uji/main.ts'),
  consumables: () => import('./stock/main.ts'),
  record: () => import('./record/main.ts'),
  seal: () => import('./seal/main.ts'),
  trustee: () => import('./trustee/main.ts'),
}

const [name = '', ...args] = process.argv.slice(2)
const program = programs[name]
if (program)
  try {
    await (await program()).run(args)
  } catch (error) {
    if (!(error instanceof SwitchesRefused)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
else {
  console.error(`npm run tps -- ${Object.keys(programs).join('|')} …`)
  process.exitCode = 2
}
