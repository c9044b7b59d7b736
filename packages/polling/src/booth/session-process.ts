import { platformRandom } from '@melayani/ballot'
import { drawCredential, openBooth } from '@melayani/ballot/cast'
import { openSpoken } from '../audio/index.ts'
import type { ElectionPackage } from '../format/index.ts'
import { type Printer, printerOf, selfTest } from '../print/index.ts'
import { listen } from '../screen/index.ts'
import type { Answer, Ask } from './ask.ts'
import type { BoothStatus, Down, Up } from './link.ts'
import { papersOf } from './papers.ts'
import { sessionApp } from './session-app.tsx'
import { openVoter } from './voter.ts'

/**
 * The process with one voter. It is started before the voter comes, prepares everything with a ballot nobody will see, serves
 * the voter's pages when its turn comes, and ends after that voter: what it knew is nowhere any more.
 */
let status: BoothStatus
let asked = 0
const waiting = new Map<number, (answer: Answer) => void>()
const up = (message: Up) => process.send?.(message)
const ask = (what: Ask) =>
  new Promise<Answer>((resolve) => {
    waiting.set(++asked, resolve)
    up({ asked, ask: what })
  })

/** Opened when it is this process's turn: the one before may still be printing. */
let device: Printer | undefined
let open: () => Printer
const printer: Printer = {
  name: 'printer',
  status: () => device!.status(),
  async print(paper) {
    const outcome = await device!.print(paper)
    // Voter and officers read on their screens what is wrong with it, not what it was before.
    status = { ...status, printer: outcome.status }
    up({ printer: outcome.status })
    return outcome
  },
  judged: (readable) => device!.judged(readable),
  close: async () => device?.close(),
}

let content: ElectionPackage
let voter: ReturnType<typeof openVoter>
let app: ReturnType<typeof sessionApp>
let ending = false

function begin({ packageText, printer: named, status: first }: Extract<Down, { begin: object }>['begin']) {
  status = first
  content = JSON.parse(packageText) as ElectionPackage
  open = () => printerOf(named, content)
  voter = openVoter({
    package: content,
    booth: openBooth(content.ballot.election, { check: true }),
    printer,
    papers: papersOf(content),
    ask,
    random: platformRandom,
    now: Date.now,
  })
  voter.warm(drawCredential(platformRandom))
  app = sessionApp({
    package: content,
    voter,
    status: () => status,
    spoken: openSpoken(content),
    ended: () => end(1200),
  })
  up({ ready: true })
}

/** The last page asks for its style sheet and its sounds; then nothing is left to do. */
function end(milliseconds: number) {
  if (ending) return
  ending = true
  setTimeout(() => {
    up({ done: true })
    process.disconnect?.()
    process.exit(0)
  }, milliseconds)
}

/** The printer is nobody's: no voter has begun, or one waits for officers. */
const idle = () => {
  const { state, busy } = voter.view()
  return !busy && (state === 'waiting' || state.endsWith('-help'))
}

/** The paper self-test, between voters or before a reprint. What officers see on it they say on their own page. */
async function testPaper() {
  up({ tested: idle() && (await printer.print(selfTest(content))).ok })
}

/** The port is free as soon as the process before has ended. */
async function serve(port: number) {
  device = open()
  for (let tries = 0; ; tries++)
    try {
      const { port: taken } = await listen(app, port)
      up({ serving: taken })
      break
    } catch (error) {
      if (tries > 200) throw error
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
  const tell = async () => {
    if (idle()) up({ printer: await device!.status() })
  }
  await tell()
  setInterval(() => void tell(), 2000).unref()
  // A browser that never asks for the last page must not keep the next voter waiting.
  setInterval(() => voter.view().final && end(15_000), 1000).unref()
}

process.on('message', (message: Down) => {
  if ('begin' in message) begin(message.begin)
  else if ('status' in message) status = message.status
  else if ('serve' in message) void serve(message.serve)
  else if ('answer' in message) {
    waiting.get(message.to)?.(message.answer)
    waiting.delete(message.to)
  } else if (message.order === 'agreed') voter.agreed()
  else if (message.order === 'test-paper') void testPaper()
  else void voter.endByOfficers()
})
process.on('disconnect', () => process.exit(1))
// It may have been killed before anybody listened.
if (!process.connected) process.exit(1)
