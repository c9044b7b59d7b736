import { runVerify } from './command.ts'

/** `melayani-verify` as a program. */
process.exitCode = await runVerify(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
  terminal: process.stderr.isTTY === true,
  env: process.env,
})
