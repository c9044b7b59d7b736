import { readFileSync } from 'node:fs'
import { recomputeBundle } from '../src/rooms/judging/domain/bundle.ts'

/**
 * `npm run recompute -- bundle.json`: the ranking of a published bundle, recomputed, on standard output; on standard
 * error whether it is the published one. Ends with 0 when it is, 1 when it is not, 2 when there is nothing to recompute.
 */
const reasons = {
  'not-a-bundle': 'This file is not a bundle for recomputing.',
  'other-engine': 'This bundle was made by another version of the calculation. Use the source of its year.',
  'rule-changed': 'The rule in this bundle is not the one whose hash was published before reading began.',
} as const

const [file] = process.argv.slice(2)
process.exitCode = file ? recompute(file) : say('Usage: npm run recompute -- bundle.json', 2)

function recompute(file: string): number {
  let bundle: unknown
  try {
    bundle = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    return say(`${file}: ${(error as Error).message}`, 2)
  }
  const result = recomputeBundle(bundle)
  if (!result.ok) return say(reasons[result.refusal], result.refusal === 'rule-changed' ? 1 : 2)
  const { text, hash, same } = result.change
  process.stdout.write(`${text}\n`)
  return same
    ? say(`The same ranking, byte for byte. SHA-256 ${hash}`, 0)
    : say(`NOT the published ranking. Recomputed SHA-256 ${hash}; the bundle says otherwise.`, 1)
}

function say(sentence: string, code: number): number {
  process.stderr.write(`${sentence}\n`)
  return code
}
