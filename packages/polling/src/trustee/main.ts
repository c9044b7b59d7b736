import { readFileSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { readElection } from '@melayani/ballot'
import { isOpen, openReader } from '../card/index.ts'
import { readPackage, shortHash } from '../format/index.ts'
import { fill, languageFrom } from '../screen/index.ts'
import { answerOrder, judgeRequest, readTallyOrder } from './answer.ts'
import { trusteeWords } from './words.ts'

const usage = `npm run tps -- trustee --order FILE --package FILE --reader FOLDER [--out FILE] [--lang id|en]
  --package FILE  the package of that polling place, from the office and not from the polling place`

/**
 * The key holder outside the polling place answers its request: judges the ballots and their tally, shows the hash that was read aloud there, has
 * the number of ballots typed as the chair reads it from paper, asks for the PIN of the card, and writes the answer for the
 * station. Nothing is opened by it alone.
 */
export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      order: { type: 'string' },
      package: { type: 'string' },
      reader: { type: 'string' },
      out: { type: 'string' },
      lang: { type: 'string' },
    },
  })
  if (!values.order || !values.package || !values.reader) return refuse(usage)
  const words = trusteeWords(languageFrom(values.lang))
  const read = readPackage(JSON.parse(readFileSync(values.package, 'utf8')))
  if (!read.ok) return refuse(fill(words.package, { why: read.faults.map(({ rule }) => rule).join(', ') }))
  const request = readTallyOrder(readFileSync(values.order, 'utf8'))
  if (!request) return refuse(words.form)
  const judged = await judgeRequest(request, { content: read.package, hash: read.hash })
  if ('fault' in judged) return refuse(words.faults[judged.fault])
  const { order } = request
  console.log(readElection(order.election).name)
  console.log(fill(words.hash, { hash: shortHash(order.announced.tally) }))
  console.log(words.phone)
  const ask = openQuestions()
  try {
    // Not shown before: it would be copied instead of asked.
    const said = await ask(words.ballots)
    if (said !== String(judged.ballots)) return refuse(fill(words.differs, { n: judged.ballots, said }))
    const card = openReader(values.reader).card()
    if (!card) return refuse(fill(words.noCard, { folder: values.reader }))
    const open = card.open(await ask(fill(words.pin, { name: card.name })))
    if (!isOpen(open)) return refuse(fill(words.closed, { why: open.refused }))
    const answer = answerOrder(order, open)
    if ('refused' in answer) return refuse(fill(words.refused, { why: answer.refused }))
    const out = values.out ?? values.order.replace(/(\.json)?$/, '.jawaban.json')
    writeFileSync(out, `${JSON.stringify(answer)}\n`)
    console.log(fill(words.written, { file: out }))
  } finally {
    ask.close()
  }
}

function refuse(why: string): void {
  console.error(why)
  process.exitCode = 1
}

/** Asks on standard error and takes the next line of standard input; an input that has ended answers nothing. */
function openQuestions() {
  const input = createInterface({ input: process.stdin })
  const lines = input[Symbol.asyncIterator]()
  const ask = async (question: string): Promise<string> => {
    process.stderr.write(question)
    const next = await lines.next()
    return next.done ? '' : next.value.trim()
  }
  return Object.assign(ask, { close: () => input.close() })
}
