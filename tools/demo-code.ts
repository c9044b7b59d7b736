import { codeAt } from '#platform/totp.ts'
import { demoSecret } from '../src/demo/cast.ts'

/** `npm run demo-code`: what the authenticator app of the demo's national admin shows now. A code works once. */
const now = new Date()
const left = 30 - (Math.floor(now.getTime() / 1000) % 30)
console.log(
  `${codeAt(demoSecret, now)}  (${left} s left; the next one: ${codeAt(demoSecret, new Date(now.getTime() + 30_000))})`,
)
