import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { longestVoice } from '../format/package-shape.ts'

const run = promisify(execFile)
/** Samples a second of what is kept: speech stays clear, a name takes about 15 kB. */
const keptRate = 11_025

/**
 * A candidate's name as spoken by espeak-ng's Indonesian voice: WAV of 8 bits and 11,025 Hz in base64, for `voice` of the candidate in the
 * election package. undefined where espeak-ng is not installed, and for a name that takes longer than a package has room for (13 s): then the
 * booth says the number alone, and whoever calls this says so. Whoever prepares the package listens to it before signing, for a name said
 * wrong is a candidate shown wrong (R37).
 */
export async function speakName(name: string, program = 'espeak-ng'): Promise<string | undefined> {
  try {
    const { stdout } = await run(program, ['-v', 'id', '-s', '135', '--stdout', '--', name], {
      encoding: 'buffer',
      maxBuffer: 8_000_000,
    })
    const spoken = halve(stdout).toString('base64')
    return spoken.length > longestVoice ? undefined : spoken
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** From 22,050 Hz of 16 bits, mono, to half the rate and 8 bits: two samples become their mean. */
function halve(wave: Buffer): Buffer {
  if (wave.readUInt32LE(24) !== 2 * keptRate || wave.readUInt16LE(22) !== 1 || wave.readUInt16LE(34) !== 16)
    throw new Error('espeak-ng wrote sound of another form')
  const start = wave.indexOf('data') + 8
  const count = Math.floor((wave.length - start) / 4)
  const out = Buffer.alloc(44 + count)
  out.write('RIFF', 0, 'latin1')
  out.writeUInt32LE(36 + count, 4)
  out.write('WAVEfmt ', 8, 'latin1')
  out.writeUInt32LE(16, 16)
  out.writeUInt16LE(1, 20)
  out.writeUInt16LE(1, 22)
  out.writeUInt32LE(keptRate, 24)
  out.writeUInt32LE(keptRate, 28)
  out.writeUInt16LE(1, 32)
  out.writeUInt16LE(8, 34)
  out.write('data', 36, 'latin1')
  out.writeUInt32LE(count, 40)
  for (let at = 0; at < count; at++) {
    const mean = (wave.readInt16LE(start + at * 4) + wave.readInt16LE(start + at * 4 + 2)) / 2
    out[44 + at] = Math.round(mean / 256) + 128
  }
  return out
}
