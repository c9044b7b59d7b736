import type { Files } from './archive.ts'
import { badName } from './archive.ts'
import { checkFlows } from './checks/flows.ts'
import { checkForms } from './checks/forms.ts'
import { checkMessages } from './checks/messages.ts'
import { checkAssign, checkIdentity } from './checks/persons.ts'
import {
  checkCalendars,
  checkConsents,
  checkExamples,
  checkIndicators,
  checkLanguages,
  checkManifest,
  checkSettings,
} from './checks/rest.ts'
import { checkRules } from './checks/rules.ts'
import { type Document, parse } from './document.ts'
import { type Kind, kindOf, kinds, type Package } from './format/index.ts'
import { limits } from './limits.ts'
import { knownNames } from './names.ts'
import { type Problem, problem, type Reading, refuses } from './problem.ts'
import { type Seal, type Trust, unseal } from './seal.ts'

/**
 * A package from its files, or everything that is wrong with it. In this order, and a later step is taken only when the
 * earlier ones found nothing: names and sizes → documents (YAML, JSON) → schemas → whether it all fits together.
 * That its example cases come out as they should is a step of its own (rehearsal.ts).
 */
export function readPackage(files: Files): Reading<Package> {
  const problems = checkFiles(files)
  if (refuses(problems)) return { ok: false, problems }

  const documents = new Map<string, Document>()
  for (const [path, bytes] of files) {
    if (!kindOf(path)) continue
    const parsed = parse(path, bytes)
    problems.push(...parsed.problems)
    if (parsed.document) documents.set(path, parsed.document)
  }
  if (refuses(problems)) return { ok: false, problems }

  const contents = new Map<string, unknown>()
  const parts = new Map<Kind, unknown[]>()
  for (const [path, document] of documents) {
    const { kind, id } = kindOf(path)!
    const result = kinds[kind].safeParse(document.content)
    if (result.success) {
      parts.set(kind, [...(parts.get(kind) ?? []), result.data])
      contents.set(path.replace(/\.\w+$/, ''), result.data)
      if (id !== undefined && (result.data as { id: string }).id !== id)
        problems.push(
          problem(
            'name-differs',
            `the file is named ${id}, and what it holds ${(result.data as { id: string }).id}`,
            path,
          ),
        )
    } else {
      for (const issue of result.error.issues) problems.push(fromIssue(path, issue, document))
    }
  }
  if (refuses(problems)) return { ok: false, problems }

  const pkg = assemble(parts)
  const known = knownNames(pkg)
  const found = [
    ...checkManifest(pkg),
    ...checkIdentity(pkg),
    ...checkAssign(pkg),
    ...checkLanguages(pkg, contents),
    ...checkForms(pkg, known),
    ...checkFlows(pkg, known),
    ...checkRules(pkg, known),
    ...checkMessages(pkg, known),
    ...checkConsents(pkg, known),
    ...checkIndicators(pkg, known),
    ...checkSettings(pkg),
    ...checkCalendars(pkg),
    ...checkExamples(pkg),
  ].map((problem) => located(problem, documents))
  return refuses(found) ? { ok: false, problems: found } : { ok: true, value: pkg, problems: found }
}

/** A sealed package: first whether it is whole and whose it is, then what it says. */
export function readSealed(
  bytes: Uint8Array,
  trust: Trust,
): Reading<{ pkg: Package; seal: Seal; hash: string; files: Files }> {
  const opened = unseal(bytes, trust)
  if (!opened.ok) return opened
  const { files, seal, hash } = opened.value
  const read = readPackage(files)
  if (!read.ok) return read
  const { id, version } = read.value.manifest
  if (id !== seal.id || version !== seal.version)
    return {
      ok: false,
      problems: [
        problem(
          'seal-differs',
          `the seal is of ${seal.id} ${seal.version}, the package says ${id} ${version}`,
          'seal.json',
        ),
      ],
    }
  return { ok: true, value: { pkg: read.value, seal, hash, files }, problems: read.problems }
}

/** The same documents as JSON, as they stand in a sealed package: one content, one text, whatever it was written in. */
export function asJson(files: Files): Files {
  const out: Files = new Map()
  for (const [path, bytes] of files) {
    const { document } = parse(path, bytes)
    if (kindOf(path) && document)
      out.set(
        path.replace(/\.yaml$/, '.json'),
        new TextEncoder().encode(`${JSON.stringify(document.content, undefined, 1)}\n`),
      )
  }
  return out
}

function checkFiles(files: Files): Problem[] {
  const found: Problem[] = []
  if (files.size > limits.files) return [problem('too-many-files', `${files.size} files; at most ${limits.files}`)]
  let total = 0
  const seen = new Set<string>()
  for (const [path, bytes] of files) {
    total += bytes.length
    if (total > limits.unpacked) return [problem('package-too-large', `more than ${limits.unpacked} bytes`)]
    const bad = badName(path)
    if (bad) found.push(bad)
    else if (path !== 'README.md' && !kindOf(path))
      found.push(problem('unknown-file', 'a package has no such file', path))
    const stem = path.replace(/\.\w+$/, '')
    if (seen.has(stem)) found.push(problem('duplicate-file', 'once as YAML and once as JSON', path))
    seen.add(stem)
  }
  for (const needed of ['package', 'roles', 'calendars'])
    if (!seen.has(needed)) found.push(problem('file-missing', `a package has ${needed}.yaml`, needed))
  return found
}

type Issue = { code?: string; message: string; path: PropertyKey[]; keys?: string[]; errors?: Issue[][] }

function fromIssue(file: string, issue: unknown, { lineOf }: Document): Problem {
  const deepest = nearest(issue as Issue)
  const line = lineOf(deepest.path)
  const rule = deepest.code === 'unrecognized_keys' ? 'unknown-field' : 'not-the-schema'
  return { ...problem(rule, deepest.message, file, deepest.path), ...(line ? { line } : {}) }
}

/**
 * Of a choice between several shapes, the one that was nearest: it says what is wrong in the words of what was meant. A key
 * that none of them knows is wrong whichever was meant.
 */
function nearest(issue: Issue): Issue {
  const branches = (issue.errors ?? []).filter((branch) => branch.length > 0)
  const unknown = branches.map((branch) => branch.find(({ code }) => code === 'unrecognized_keys'))
  const branch = branches.sort((a, b) => weight(a) - weight(b))[0]
  const best = branches.length > 0 && unknown.every((found) => found) ? unknown[0] : branch?.[0]
  return best ? nearest({ ...best, path: [...issue.path, ...best.path] }) : issue
}
function weight(branch: Issue[]): number {
  return branch.reduce((sum, { code, path }) => sum + (code === 'unrecognized_keys' ? 1 : path.length > 0 ? 2 : 10), 0)
}

function assemble(parts: ReadonlyMap<Kind, unknown[]>): Package {
  const one = <T>(kind: Kind) => parts.get(kind)?.[0] as T | undefined
  const list = <T>(kind: Kind, key: string) => (one<Record<string, T[]>>(kind)?.[key] ?? []) as T[]
  const many = <T>(kind: Kind) => (parts.get(kind) ?? []) as T[]
  return {
    manifest: one<Package['manifest']>('manifest')!,
    roles: list('roles', 'roles'),
    calendars: list('calendars', 'calendars'),
    messages: list('messages', 'messages'),
    purposes: list('consents', 'purposes'),
    indicators: list('indicators', 'indicators'),
    settings: list('settings', 'settings'),
    forms: many('form'),
    flows: many('flow'),
    rules: many('rule'),
    examples: many('example'),
  }
}

/** Put the file's real name and the line beside a problem that was found in the assembled package. */
function located(found: Problem, documents: ReadonlyMap<string, Document>): Problem {
  const file = [`${found.file}.yaml`, `${found.file}.json`].find((path) => documents.has(path))
  if (!file) return found
  const path = found.at
    .split(/[.[\]]+/)
    .filter(Boolean)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part))
  const line = documents.get(file)!.lineOf(path)
  return { ...found, file, ...(line ? { line } : {}) }
}
