import { runVerify } from './command.ts'
import { isJudgeThread } from './worker-judge.ts'

/** `melayani-verify` as a program. In a single file, threads that judge are started with this very program. */
if (!isJudgeThread())
  process.exitCode = await runVerify(process.argv.slice(2), {
    out: (text) => process.stdout.write(text),
    error: (text) => process.stderr.write(text),
    terminal: process.stderr.isTTY === true,
    env: process.env,
  })
