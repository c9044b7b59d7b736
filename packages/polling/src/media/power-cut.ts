import { existsSync, readFileSync } from 'node:fs'
import type { Cut } from './medium.ts'

/**
 * The power-cut simulator. With `MELAYANI_CUT=n` the process ends by SIGKILL in its n-th durable write, counted from 1:
 * `n` before a byte of it, `n.5` after half of its bytes, `n.9` after all of them but before anybody was told. With
 * `MELAYANI_CUT=list` every write is named on standard error instead ("write 17 ssd box 4096"), so that a test can go through
 * all of them; and with `MELAYANI_CUT=@FILE` the file says one of these, followed by a space and anything, and can say another
 * while the process runs: counting begins anew with each. Only a build for tests reads it: a device started from a real package refuses the variable.
 */
export function cutFrom(plan: string | undefined): Cut | undefined {
  if (!plan) return undefined
  if (plan.startsWith('@')) return cutFromFile(plan.slice(1))
  let count = 0
  if (plan === 'list')
    return ({ medium, file, bytes }) => process.stderr.write(`write ${++count} ${medium} ${file} ${bytes}\n`)
  const [at, part] = plan.split('.') as [string, string | undefined]
  return ({ bytes }, write) => {
    if (++count !== Number(at)) return
    if (part === '5') write(Math.floor(bytes / 2))
    if (part === '9') write(bytes)
    process.kill(process.pid, 'SIGKILL')
  }
}

function cutFromFile(file: string): Cut {
  let heard = ''
  let cut: Cut | undefined
  return (write, part) => {
    const said = existsSync(file) ? readFileSync(file, 'utf8') : ''
    if (said !== heard) cut = cutFrom(said.split(' ')[0])
    heard = said
    cut?.(write, part)
  }
}
