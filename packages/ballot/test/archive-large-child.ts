/**
 * Reads the archive named in its first argument, with the limit in its second, after a small one in its third, and says
 * as JSON what was found and by how many bytes the memory of the process had to grow for the large one.
 */
import { type ReadOptions, records } from '../src/archive/index.ts'
import { openFileSource } from '../src/node/index.ts'

const [path, limit, small] = [process.argv[2]!, Number(process.argv[3]), process.argv[4]!]

async function read(file: string, options: ReadOptions) {
  const source = await openFileSource(file)
  const found: (string | number)[] = []
  for await (const item of records(source, options)) found.push(item.kind === 'fault' ? item.rule : item.body.length)
  await source.close()
  return found
}

const peak = () => process.resourceUsage().maxRSS * 1024
await read(small, {})
const before = peak()
const found = await read(path, { largestRecord: limit, hash: 'deferred' })
process.stdout.write(JSON.stringify({ found, grown: peak() - before }))
