import { HTTPException } from 'hono/http-exception'
import { type C, found, idParam } from '#platform/http.ts'
import { fill, type Lang } from '#platform/text.ts'
import { nationalHolidays } from '../domain/holidays.ts'
import { kindOf, type Package } from '../domain/package/format/index.ts'
import type { Problem } from '../domain/package/problem.ts'
import { readPackage } from '../domain/package/read.ts'
import { type Rehearsal, rehearse } from '../domain/rehearsal.ts'
import { partOf } from '../domain/studio/asks.ts'
import { at, type Documents, filesOf, listAt } from '../domain/studio/documents.ts'
import type { ProblemShown } from '../pages/draft.tsx'
import { problemSentence } from '../pages/problem.ts'
import { type Draft, findDraft } from '../store/draft.ts'
import { words } from '../text/index.ts'
import { signedIn } from './parts.ts'

/** The draft of the address, for whoever may see it. */
export async function openedDraft(c: C): Promise<Draft> {
  const actor = signedIn(c)
  return found(await findDraft(c.get('ctx').db, actor, idParam(c, 'draft')))
}

type Judged = { problems: Problem[]; pkg: Package | undefined; played?: Rehearsal[] }
/** What was found in a revision: it never changes, and is asked for by every page. */
const judgedBefore = new Map<string, Judged>()

/** All that is wrong with a draft, as a stranger's package is judged. */
export function judged({ id, revision, documents }: Pick<Draft, 'id' | 'revision' | 'documents'>): Judged {
  const key = `${id} ${revision}`
  const known = judgedBefore.get(key)
  if (known) return known
  if (judgedBefore.size >= 40) judgedBefore.delete(judgedBefore.keys().next().value!)
  const read = readPackage(filesOf(documents))
  const judgement: Judged = { problems: read.problems, pkg: read.ok ? read.value : undefined }
  judgedBefore.set(key, judgement)
  return judgement
}

/** Its examples, played; none where it cannot be read yet. */
export function playedExamples(draft: Draft): Rehearsal[] {
  const judgement = judged(draft)
  judgement.played ??= judgement.pkg ? rehearse(judgement.pkg, nationalHolidays()) : []
  return judgement.played
}

/** Documents that a package may have once; those that are not there yet are begun by filling them in. */
export const singles = ['package', 'roles', 'messages', 'consents', 'calendars', 'settings', 'indicators'] as const
const keys: Record<string, string> = { consents: 'purposes' }
export const listKeyOf = (path: string) => keys[path] ?? path

export const draftAt = (draft: Pick<Draft, 'id'>) => `/services/studio/drafts/${draft.id}`
export const documentAt = (draft: Pick<Draft, 'id'>, path: string) =>
  `${draftAt(draft)}/documents/${path.replace('/', '.')}`

/** The document of the address: one that is there, or one that may be begun. */
export function documentParam(c: C, { documents }: Draft): string {
  const path = (c.req.param('document') ?? '').replace('.', '/')
  const known = Object.hasOwn(documents, path) && (kindOf(`${path}.yaml`) || path === 'README')
  if (!known && !(singles as readonly string[]).includes(path)) throw new HTTPException(404)
  return path
}

/** A document by its name for people. */
export function documentName(documents: Documents, path: string, lang: Lang): string {
  const w = words(lang) as Record<string, string>
  const [folder, id] = path.split('/')
  if (!id) return w[`d-${path}`] ?? path
  const names = at(documents[path], ['names'])
  const said = names && typeof names === 'object' ? (names as Record<string, unknown>) : {}
  const name = said[lang] ?? Object.values(said)[0]
  return `${w[`d-${folder}`] ?? folder}: ${typeof name === 'string' && name ? name : id}`
}

/** What a document holds, in a few words. */
export function holdsOf(document: unknown, path: string, lang: Lang): string {
  const w = words(lang)
  const count = (key: string) => listAt(document, [key]).length
  if (path.startsWith('forms/')) return fill(w.nQuestions, { n: count('fields') })
  if (path.startsWith('flows/')) return fill(w.nStates, { n: count('states'), m: count('moves') })
  if (path.startsWith('rules/')) return fill(w.nVersions, { n: count('versions') })
  if (path.startsWith('examples/')) return fill(w.nSteps, { n: count('steps') })
  return path === 'package' || path === 'README' ? '' : fill(w.nItems, { n: count(listKeyOf(path)) })
}

/** `fields[3].label` → `fields.3.label` */
export const dotted = (place: string) => place.replaceAll('[', '.').replaceAll(']', '').replace(/^\./, '')
export const pathOfFile = (file: string) => file.replace(/\.\w+$/, '')

/** The field of a page that a place in a document is asked by. */
const fieldOf = (place: string) =>
  place
    .replace(/^(effects\.\d+)(?:\..*)?$/, '$1.effect.what')
    .replace(/^((?:inputs|rows)\..*)$/, 'table.$1')
    .replaceAll('.', '-')

/** Where a problem can be mended: the page that asks for its place, at the field. */
export function mendAt(draft: Pick<Draft, 'id' | 'documents'>, { file, at: place, rule }: Problem): string {
  const path = pathOfFile(file)
  if (rule === 'no-examples') return `${draftAt(draft)}/try`
  if (!Object.hasOwn(draft.documents, path))
    return (singles as readonly string[]).includes(path) ? documentAt(draft, path) : draftAt(draft)
  const plain = dotted(place)
  const part = partOf(path, plain)
  const rest = part ? plain.slice(part.length + 1) : plain
  return `${documentAt(draft, path)}${part ? `/parts/${part}` : ''}${rest ? `#${fieldOf(rest)}` : ''}`
}

export const shownProblem = (draft: Draft, problem: Problem, lang: Lang): ProblemShown => ({
  href: mendAt(draft, problem),
  document: problem.file ? documentName(draft.documents, pathOfFile(problem.file), lang) : words(lang).package,
  line: problem.line,
  says: problemSentence(problem, lang),
})

/** Problems of a document, or of a part of it, split into what must and what may be mended. */
export function problemsIn(draft: Draft, path: string, part: string, lang: Lang) {
  const own = judged(draft).problems.filter(
    ({ file, at: place }) =>
      pathOfFile(file) === path && (part === '' || dotted(place) === part || dotted(place).startsWith(`${part}.`)),
  )
  const shown = (level: Problem['level']) =>
    own.filter((one) => one.level === level).map((one) => shownProblem(draft, one, lang))
  return { own, errors: shown('error'), notices: shown('warning') }
}
