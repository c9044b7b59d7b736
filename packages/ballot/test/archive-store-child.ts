/**
 * A writer to be killed: opens the archive named in its first argument and appends ballots of about the size of the
 * second, eight at a time, for ever. Says the event of each acknowledged one on its standard output, at once.
 */
import { writeSync } from 'node:fs'
import { ArchiveStore } from '../src/node/index.ts'

const [path, size] = [process.argv[2]!, Number(process.argv[3])]
const store = await ArchiveStore.open(path)
const fill = 'x'.repeat(size)
let count = store.size

async function vote(): Promise<void> {
  for (;;) {
    const { event } = await store.ballot(`{"ballot":${count++},"fill":"${fill}"}`)
    writeSync(1, `${event}\n`)
  }
}

try {
  await Promise.all(Array.from({ length: 8 }, vote))
} catch (error) {
  writeSync(2, String((error as NodeJS.ErrnoException).code))
  process.exit(3)
}
