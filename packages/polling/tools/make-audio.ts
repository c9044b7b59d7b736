import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promptKeys, prompts, voices } from '../src/audio/prompts.ts'
import { hashOf } from '../src/format/signed.ts'

/**
 * `node tools/make-audio.ts`: speaks every prompt with espeak-ng's Indonesian voice into src/audio/files/<language>-<key>.ogg (Opus, 16 kbit/s,
 * mono) and writes src/audio/manifest.json. Needs espeak-ng and ffmpeg with libopus (`apt-get install espeak-ng ffmpeg`).
 */
const folder = path.join(import.meta.dirname, '../src/audio')
const wordsPerMinute = '135'
const work = mkdtempSync(path.join(tmpdir(), 'melayani-audio-'))
const manifest: Record<string, { text: string; said: string; sha256: string; bytes: number }> = {}
for (const old of readdirSync(path.join(folder, 'files'))) rmSync(path.join(folder, 'files', old))
for (const voice of voices)
  for (const key of promptKeys) {
    const { text, said = text } = { said: undefined, ...prompts[voice][key] }
    const name = `${voice}-${key}.ogg`
    const wave = path.join(work, 'said.wav')
    const file = path.join(folder, 'files', name)
    execFileSync('espeak-ng', ['-v', 'id', '-s', wordsPerMinute, '-w', wave, said])
    const opus = ['-c:a', 'libopus', '-b:a', '16k', '-ac', '1', '-application', 'voip']
    // Without a date, a version or a random number in it, the same words give the same file.
    const plain = ['-map_metadata', '-1', '-fflags', '+bitexact', '-flags:a', '+bitexact']
    execFileSync('ffmpeg', ['-v', 'error', '-y', '-i', wave, ...opus, ...plain, file])
    const bytes = readFileSync(file)
    manifest[name] = { text, said, sha256: hashOf(bytes), bytes: bytes.length }
  }
writeFileSync(path.join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`)
rmSync(work, { recursive: true })
const total = Object.values(manifest).reduce((sum, { bytes }) => sum + bytes, 0)
console.log(`${Object.keys(manifest).length} prompts, ${Math.round(total / 1000)} kB`)
