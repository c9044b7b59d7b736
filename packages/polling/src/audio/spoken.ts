import { readFileSync } from 'node:fs'
import type { ElectionPackage } from '../format/index.ts'
import { addAsset } from '../screen/assets.ts'
import { type PromptKey, promptKeys, type Voice, voices } from './prompts.ts'
import { numberKey, promptOf } from './sound.ts'

/** A candidate's number, or blank. */
export type Picked = number | 'blank'

/**
 * What is said on each page of the booth, of a button when it is reached, and of what went wrong; where "choice" stands, the choice is
 * said. Each sentence has at most eight words (R45).
 */
export const spokenPages = {
  waiting: ['waiting'],
  stamp: ['stamp'],
  choosing: ['choosing'],
  candidate: ['choice'],
  confirming: ['chosen', 'choice', 'confirming'],
  saving: ['saving'],
  deciding: ['receipt', 'deciding'],
  opened: ['opened', 'again'],
  checking: ['checking', 'good', 'wrong'],
  thanks: ['thanks', 'box', 'return'],
  voided: ['voided'],
  help: ['help'],
  left: ['left'],
  settings: ['settings'],
  yes: ['yes'],
  no: ['no'],
  cast: ['deciding'],
  test: ['test'],
  again: ['again'],
  good: ['good'],
  wrong: ['wrong'],
  unreadable: ['unreadable'],
  'not-open': ['not-open'],
  stopped: ['stopped'],
} as const satisfies Record<string, readonly (PromptKey | 'choice')[]>

const isPage = (page: string): page is keyof typeof spokenPages => Object.hasOwn(spokenPages, page)

/** The audio of a candidate's name by its first bytes; anything else is left out, and the number alone is said. */
function nameAudio(voice: string | undefined): { bytes: Buffer; type: string; ending: string } | undefined {
  if (!voice) return undefined
  const bytes = Buffer.from(voice, 'base64')
  const magic = bytes.subarray(0, 4).toString('latin1')
  if (magic === 'OggS') return { bytes, type: 'audio/ogg', ending: 'ogg' }
  if (magic === 'RIFF') return { bytes, type: 'audio/wav', ending: 'wav' }
  return undefined
}

/** Numbers of the candidates whose names no booth of this package says: there is no sound of them. */
export const silentNames = ({ candidates }: Pick<ElectionPackage, 'candidates'>): number[] =>
  candidates.flatMap(({ number, voice, emptyBox }) => (emptyBox || nameAudio(voice) ? [] : [number]))

/**
 * Adds the spoken words to what this device serves. The answer gives the addresses to be played one after the other on a page: its prompts, and
 * where a choice is meant its number and, where the package has it, the name. In a practice package the first page says so too.
 */
export function openSpoken(
  content: ElectionPackage,
): (voice: Voice, page: string, picked?: Picked) => readonly string[] {
  const addresses = new Map<string, string>()
  for (const voice of voices)
    for (const key of promptKeys)
      addresses.set(
        `${voice} ${key}`,
        addAsset(`spoken-${voice}-${key}.ogg`, readFileSync(promptOf(voice, key).file), 'audio/ogg'),
      )
  const names = new Map<number, string>()
  for (const { number, voice } of content.candidates) {
    const audio = nameAudio(voice)
    if (audio) names.set(number, addAsset(`spoken-name-${number}.${audio.ending}`, audio.bytes, audio.type))
  }
  const prompt = (voice: Voice, key: PromptKey) => addresses.get(`${voice} ${key}`)!
  const choice = (voice: Voice, picked: Picked | undefined): string[] => {
    const candidate = content.candidates.find(({ number }) => number === picked)
    if (!candidate) return picked === 'blank' ? [prompt(voice, 'blank')] : []
    const number = numberKey(candidate.number)
    const name = candidate.emptyBox ? prompt(voice, 'empty-box') : names.get(candidate.number)
    return [...(number ? [prompt(voice, number)] : []), ...(name ? [name] : [])]
  }
  return (voice, page, picked) => {
    if (!isPage(page)) return []
    const said = spokenPages[page].flatMap((each) =>
      each === 'choice' ? choice(voice, picked) : [prompt(voice, each)],
    )
    return page === 'waiting' && content.mode === 'practice' ? [prompt(voice, 'practice'), ...said] : said
  }
}
