import { type Problems, problemsOf } from '#platform/problems.ts'
import {
  awardKey,
  awardsOfRow,
  innovationRow,
  languageOf,
  provinceCode,
  type RegisterAward,
} from '../domain/register.ts'

/** What is wrong with a row, counted from 1; row 0 is the file itself. */
export type RowProblem = { row: number; name: string; problems: Problems }
export type ReadFile = { awards: RegisterAward[]; problems: RowProblem[] }

const wholeFile = (code: string): ReadFile => ({
  awards: [],
  problems: [{ row: 0, name: '', problems: { content: { code } } }],
})

/** Read an import file. With any problem in it nothing may be imported. */
export function readInnovations(raw: unknown): ReadFile {
  if (!Array.isArray(raw) || raw.length === 0 || raw.length > 50_000) return wholeFile('import-not-a-list')
  const textOf = (each: unknown, key: string) =>
    each && typeof each === 'object' && key in each ? String((each as Record<string, unknown>)[key]) : ''
  const lang = languageOf(raw.map((each) => textOf(each, 'summary')).join(' '))
  const awards: RegisterAward[] = []
  const problems: RowProblem[] = []
  const seen = new Map<string, number>()
  for (const [i, each] of raw.entries()) {
    const row = i + 1
    const name = textOf(each, 'name').slice(0, 100)
    const parsed = innovationRow.safeParse(each, { reportInput: true })
    if (!parsed.success) {
      problems.push({ row, name, problems: problemsOf(parsed.error) })
      continue
    }
    const region = provinceCode(parsed.data.region)
    if (region === undefined) {
      problems.push({ row, name, problems: { region: { code: 'import-unknown-region' } } })
      continue
    }
    const found = awardsOfRow(row, parsed.data, region, lang)
    const earlier = found.map((award) => seen.get(awardKey(award))).find((other) => other !== undefined)
    if (earlier !== undefined)
      problems.push({ row, name, problems: { name: { code: 'import-twice', limit: earlier } } })
    for (const award of found) seen.set(awardKey(award), row)
    awards.push(...found)
  }
  return { awards, problems }
}

/** The same from the text of a file. */
export function readInnovationText(content: string): ReadFile {
  if (content.trim() === '') return wholeFile('required')
  try {
    return readInnovations(JSON.parse(content.replace(/^\uFEFF/, '')))
  } catch {
    return wholeFile('import-not-json')
  }
}
