/** `npm run tps -- station|desk|booth|ceremony|record …`: the programs of a polling place, each with a folder of its own. */
const programs: Record<string, () => Promise<{ run(args: string[]): Promise<void> }>> = {
  booth: () => import('./booth/main.ts'),
  desk: () => import('./desk/main.ts'),
  practice: () => import('./practice/main.ts'),
  station: () => import('./station/main.ts'),
  ceremony: () => import('./ceremony/main.ts'),
  record: () => import('./record/main.ts'),
  seal: () => import('./seal/main.ts'),
  trustee: () => import('./trustee/main.ts'),
}

const [name = '', ...args] = process.argv.slice(2)
const program = programs[name]
if (program) await (await program()).run(args)
else {
  console.error(`npm run tps -- ${Object.keys(programs).join('|')} …`)
  process.exitCode = 2
}
