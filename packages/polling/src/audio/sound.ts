import { readFileSync } from 'node:fs'
import path from 'node:path'
import { type PromptKey, promptKeys, prompts, type Voice } from './prompts.ts'

const folder = path.join(import.meta.dirname, 'files')

/** What is said and the Ogg Opus file that says it, with its whole path. */
export const promptOf = (voice: Voice, key: PromptKey): { text: string; file: string } => ({
  text: prompts[voice][key].text,
  file: path.join(folder, `${voice}-${key}.ogg`),
})

/** By file name: what it says and the SHA-256 it must have. */
export type Manifest = Readonly<Record<string, { text: string; said: string; sha256: string; bytes: number }>>
export const manifest = (): Manifest =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, 'manifest.json'), 'utf8')) as Manifest

/** The key that says a candidate's number; none above ten. */
export const numberKey = (number: number): PromptKey | undefined => promptKeys.find((key) => key === `number-${number}`)
