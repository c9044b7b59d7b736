import path from 'node:path'
import { type Node, type SourceFile, SyntaxKind } from 'typescript/unstable/ast'
import {
  isArrayLiteralExpression,
  isCallExpression,
  isExportDeclaration,
  isExternalModuleReference,
  isIdentifier,
  isImportDeclaration,
  isImportTypeNode,
  isLiteralTypeNode,
  isNewExpression,
  isNoSubstitutionTemplateLiteral,
  isPropertyAccessExpression,
  isStringLiteral,
  isTaggedTemplateExpression,
} from 'typescript/unstable/ast/is'
import { createVirtualFileSystem } from 'typescript/unstable/fs'
import { API } from 'typescript/unstable/sync'

/** Sources by their path from the root of the project: `src/rooms/judging/domain/score.ts` → text. */
export type Sources = Record<string, string>
export type Violation = { file: string; line: number; problem: string; advice: string }

/**
 * Inside a room, which kind of file may know which. A kind is a file (`domain.ts`) or a folder (`domain/score.ts`)
 * beside the room's README. `domain` and `text` know nothing but themselves; nothing calls back.
 */
export const knows: Record<string, readonly string[]> = {
  domain: ['domain'],
  text: ['text'],
  permissions: ['domain', 'permissions'],
  forms: ['domain', 'forms'],
  store: ['domain', 'store'],
  events: ['domain', 'text', 'events'],
  pages: ['domain', 'text', 'pages', 'events'],
  actions: ['domain', 'permissions', 'forms', 'store', 'text', 'events', 'actions'],
}
// A script for the browser, with the room's own calculations in it, and the words of an app that works without a server.
knows.islands = ['domain', 'text', 'islands']
/** Those that bring things together may know all but the door and the addresses. */
const gathers = ['domain', 'text', 'permissions', 'forms', 'store', 'events', 'actions', 'pages']
const meets = ['jobs', 'api', 'import', 'gate', 'nav', 'running']
for (const kind of [...meets, 'permissions.grid']) knows[kind] = [...gathers, kind]
knows.routes = [...gathers, ...meets, 'routes']
knows.index = [...gathers, ...meets, 'routes']
// The assignment is computed in a thread of its own; running.ts starts it.
knows['assignment-worker'] = ['domain']
knows.running = [...gathers, 'running', 'assignment-worker']

/** What a domain may use of the world outside its room: values and texts, no database, no clock, no network. */
const pureModules = [
  '#platform/result.ts',
  '#platform/text.ts',
  '#platform/canonical.ts',
  '#platform/nik.ts',
  'node:crypto',
  'node:assert',
  'node:assert/strict',
  'zod',
  // Parsers and interpreters: bytes or text in, values out.
  'node:zlib',
  'feelin',
  'yaml',
  // The shapes and signatures of the polling place, its audit arithmetic, and the arithmetic of ballots.
  '@melayani/polling/format',
  '@melayani/polling/audit',
  '@melayani/polling/ceremony',
  '@melayani/ballot',
  '@melayani/ballot/cast',
  '@melayani/ballot/trustee',
]
/** What a page may use as a value; of the rest it may know the types. */
const forPages =
  /^#platform\/(?:ui\/.*|words\/.*|islands\/.*|text\.ts|events\.ts|result\.ts|ids\.ts|assets\.ts)$|^preact(?:\/|$)|^d3-/

/** Where HTML may be written without escaping. Empty: nobody needs it. */
export const rawHtmlFiles: readonly string[] = []

/**
 * Where the platform uses a room's table although it knows no room: the name of whoever acted stands in every history
 * (log.ts), and a migration fills the regions before any room is there to ask (regions.ts).
 */
export const platformTables: Record<string, readonly string[]> = {
  'src/platform/log.ts': ['people.person'],
  'src/platform/regions.ts': ['people.region'],
}

const querying = new Set(['selectFrom', 'insertInto', 'updateTable', 'deleteFrom', 'mergeInto', 'replaceInto'])

/** Read every source with the TypeScript parser and say where a line leaves its room, and what to do about it. */
export function violations(sources: Sources, rooms: Record<string, readonly string[]>): Violation[] {
  const found: Violation[] = []
  for (const [file, source] of parse(sources)) {
    const say = (node: Node, problem: string, advice: string) => {
      const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1
      found.push({ file, line, problem, advice })
    }
    const place = placeOf(file)
    const visit = (node: Node) => {
      const imported = importOf(node)
      if (imported) checkImport(file, place, imported, rooms, (problem, advice) => say(node, problem, advice))
      checkLine(file, place, node, (problem, advice) => say(node, problem, advice))
      checkTables(file, place, node, rooms, (problem, advice) => say(node, problem, advice))
      node.forEachChild(visit)
    }
    visit(source)
    if (place.room !== undefined && !(place.room in rooms))
      say(source, `there is no room "${place.room}"`, 'add it to src/rooms.ts with the rooms that it may know')
    if (place.room !== undefined && !place.test && !(place.kind in knows) && place.kind !== 'data')
      say(
        source,
        `a room has no files of the kind "${place.kind}"`,
        `put it under one of: ${Object.keys(knows).join(', ')}; a new kind is named, with what it may know, in test/boundaries.ts`,
      )
  }
  return found.sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1))
}

type Place = { room?: string; kind: string; test: boolean; platform: boolean }

function placeOf(file: string): Place {
  const test = /\.test\.tsx?$/.test(file)
  const parts = file.split('/')
  const base = { test, platform: file.startsWith('src/platform/') }
  if (parts[0] !== 'src' || parts[1] !== 'rooms' || parts.length < 4) return { ...base, kind: '' }
  return { ...base, room: parts[2]!, kind: parts[3]!.replace(/(?:\.test)?\.tsx?$/, '') }
}

type Imported = { target: string; typeOnly: boolean }

/** What a node brings in, however it is written: import, export from, import(), import type, require. */
function importOf(node: Node): Imported | undefined {
  if (isImportDeclaration(node) && isStringLiteral(node.moduleSpecifier)) {
    const clause = node.importClause
    return { target: node.moduleSpecifier.text, typeOnly: clause?.phaseModifier === SyntaxKind.TypeKeyword }
  }
  if (isExportDeclaration(node) && node.moduleSpecifier && isStringLiteral(node.moduleSpecifier))
    return { target: node.moduleSpecifier.text, typeOnly: node.isTypeOnly }
  if (isImportTypeNode(node) && isLiteralTypeNode(node.argument) && isStringLiteral(node.argument.literal))
    return { target: node.argument.literal.text, typeOnly: true }
  if (isExternalModuleReference(node) && isStringLiteral(node.expression))
    return { target: node.expression.text, typeOnly: false }
  if (isCallExpression(node)) {
    const [first] = node.arguments
    const loads =
      node.expression.kind === SyntaxKind.ImportKeyword ||
      (isIdentifier(node.expression) && node.expression.text === 'require')
    if (loads && first && (isStringLiteral(first) || isNoSubstitutionTemplateLiteral(first)))
      return { target: first.text, typeOnly: false }
    // A name that is put together at run time cannot be checked, so it is not allowed where boundaries count.
    if (loads && first) return { target: '(computed)', typeOnly: false }
  }
  return undefined
}

type Say = (problem: string, advice: string) => void

function checkImport(
  file: string,
  place: Place,
  { target, typeOnly }: Imported,
  rooms: Record<string, readonly string[]>,
  say: Say,
) {
  const { room, kind, test } = place
  if (target === '(computed)') {
    if (room !== undefined || place.platform)
      say('imports something whose name is made at run time', 'write the path out, so that it can be checked')
    return
  }
  const door = /^#(?!platform\/)([a-z-]+)$/.exec(target)?.[1]
  const local = target.startsWith('.') ? path.posix.join(path.posix.dirname(file), target) : undefined
  const intoRoom = local?.startsWith('src/rooms/') ? local.split('/')[2] : undefined

  if (place.platform && (door !== undefined || intoRoom !== undefined))
    return say(
      `the platform knows no room, and imports ${target}`,
      'pass what it needs in from src/app.ts or src/jobs.ts',
    )
  if (room === undefined) {
    if (intoRoom !== undefined && file.startsWith('src/') && local !== 'src/rooms.ts')
      say(
        `reaches past the door of ${intoRoom} to ${target}`,
        `import it from '#${intoRoom}', and name it in that room's index.ts`,
      )
    return
  }

  if (door !== undefined && door !== room) {
    if (!(door in rooms)) return say(`there is no room ${target}`, 'see src/rooms.ts for the rooms there are')
    if (!rooms[room]?.includes(door))
      return say(
        `${room} may not know ${door}`,
        `turn it round (let ${door} ask ${room}), or write the dependency into src/rooms.ts if the design allows it`,
      )
    if (!test && !typeOnly && (kind === 'domain' || kind === 'text'))
      say(
        `${kind} knows no other room, and imports ${target}`,
        'pass the values in as arguments; a type may be imported as `import type`',
      )
    return
  }
  if (door === room) return say('imports its own door', 'inside a room imports are relative')

  if (local !== undefined) {
    if (intoRoom !== room) {
      if (intoRoom !== undefined)
        say(
          `reaches past the door of ${intoRoom} to ${target}`,
          `import it from '#${intoRoom}', and name it in that room's index.ts`,
        )
      else if (!test && kind !== 'permissions.grid')
        say(`climbs out of its room to ${target}`, 'rooms reach the platform as #platform/…, and nothing else outside')
      return
    }
    const other = local.split('/')[3]!.replace(/(?:\.test)?\.tsx?$/, '')
    if (other === 'data' || test || !(kind in knows)) return
    if (!knows[kind]!.includes(other))
      say(`${kind} must not know ${other}`, `${kind} may know: ${knows[kind]!.join(', ')}. ${whatToDo(kind, other)}`)
    return
  }

  if (test) return
  if (kind === 'domain' && !typeOnly && !pureModules.includes(target))
    say(`domain is pure, and imports ${target}`, 'let an action, a job or a route fetch it and pass it in')
  if (kind === 'text' && target !== '#platform/text.ts')
    say(`text knows nothing, and imports ${target}`, 'words are plain data')
  if (kind === 'pages' && !typeOnly && !forPages.test(target))
    say(`a page draws plain data, and imports ${target}`, 'let the route read it and pass it in')
  if ((target === 'kysely' || target === 'pg') && kind !== 'store')
    say(`only store speaks SQL, and this imports ${target}`, 'move the query to store/ and call it')
}

function whatToDo(kind: string, other: string): string {
  if (kind === 'pages' && other === 'store') return 'A page never fetches: let the route read and pass plain data.'
  if (kind === 'store' && other === 'actions') return 'The store never decides: let the action call it.'
  if (kind === 'domain') return 'Nothing calls back: pass values in as arguments.'
  if (other === 'routes' || other === 'index')
    return 'Nothing calls back: move what is needed down to domain, store or actions.'
  return 'Move what is needed to a kind that both may know, or pass it in.'
}

const reading = new Set(['selectFrom', 'innerJoin', 'leftJoin', 'rightJoin', 'fullJoin', 'crossJoin', 'using'])
const writing = new Set(['insertInto', 'updateTable', 'deleteFrom', 'mergeInto'])

/** The tables that a line reads or writes, in the query builder's words or in SQL. */
function tablesOf(node: Node): { table: string; write: boolean }[] {
  if (isCallExpression(node) && isPropertyAccessExpression(node.expression) && isIdentifier(node.expression.name)) {
    const called = node.expression.name.text
    if (!reading.has(called) && !writing.has(called)) return []
    const first = node.arguments[0]
    const names = first && isArrayLiteralExpression(first) ? [...first.elements] : first ? [first] : []
    return names.filter(isStringLiteral).map(({ text }) => ({ table: text.split(' ')[0]!, write: writing.has(called) }))
  }
  if (isTaggedTemplateExpression(node)) {
    const text = node.getText()
    return [...text.matchAll(/\b(from|join|into|update)\s+(?:only\s+)?([a-z_]+\.[a-z_]+)/gi)].map(
      ([, verb, table]) => ({
        table: table!.toLowerCase(),
        write: /into|update/i.test(verb!) || new RegExp(`delete\\s+from\\s+${table}`, 'i').test(text),
      }),
    )
  }
  return []
}

function checkTables(file: string, place: Place, node: Node, rooms: Record<string, readonly string[]>, say: Say) {
  if (place.test || (place.room === undefined && !place.platform)) return
  for (const { table, write } of tablesOf(node)) {
    const owner = table.split('.')[0]!
    if (!(owner in rooms) || owner === place.room) continue
    if (place.room === undefined) {
      if (!platformTables[file]?.includes(table))
        say(`the platform knows no room, and uses ${table}`, 'pass it in, or name it in platformTables with the reason')
    } else if (write) say(`writes ${table}, which belongs to ${owner}`, `ask ${owner} to do it, through its door`)
    else if (!rooms[place.room]?.includes(owner))
      say(`${place.room} may not know ${owner}, and reads ${table}`, 'see src/rooms.ts for who may know whom')
  }
}

/** What a line itself may not do, whatever it imports. */
function checkLine(file: string, place: Place, node: Node, say: Say) {
  if (
    isIdentifier(node) &&
    node.text === 'dangerouslySetInnerHTML' &&
    file.startsWith('src/') &&
    !rawHtmlFiles.includes(file)
  )
    say(
      'writes HTML that is not escaped',
      'draw it with elements; if that is impossible, name the file in rawHtmlFiles with the reason',
    )
  const { room, kind, test } = place
  if (room === undefined || test) return
  if (isCallExpression(node) && isPropertyAccessExpression(node.expression)) {
    const { name, expression } = node.expression
    const called = isIdentifier(name) ? name.text : ''
    if (querying.has(called) && kind !== 'store')
      say(`only store speaks SQL, and ${kind} calls ${called}`, 'move the query to store/ and call it')
    const on = isIdentifier(expression) ? expression.text : ''
    if (kind === 'domain' && ((on === 'Date' && called === 'now') || (on === 'Math' && called === 'random')))
      say(`domain is pure, and calls ${on}.${called}()`, 'pass the time or the chance in as an argument')
  }
  if (
    kind === 'domain' &&
    isNewExpression(node) &&
    isIdentifier(node.expression) &&
    node.expression.text === 'Date' &&
    !node.arguments?.length
  )
    say('domain is pure, and reads the clock', 'pass the time in as an argument')
  if (
    kind === 'domain' &&
    isPropertyAccessExpression(node) &&
    isIdentifier(node.expression) &&
    node.expression.text === 'process'
  )
    say('domain is pure, and reads the process', 'pass it in as an argument')
  if (kind === 'pages' && isCallExpression(node) && isIdentifier(node.expression) && node.expression.text === 'fetch')
    say('a page fetches', 'let the route read it and pass it in')
  if (kind === 'pages' && node.kind === SyntaxKind.AwaitExpression)
    say('a page waits for something', 'let the route wait and pass plain data')
}

/** The syntax trees. Nothing is resolved or type-checked, and nothing but `sources` is read. */
function parse(sources: Sources): Map<string, SourceFile> {
  const options = {
    noResolve: true,
    noLib: true,
    noEmit: true,
    jsx: 'preserve',
    allowImportingTsExtensions: true,
    types: [],
  }
  const root = '/project'
  const virtual: Record<string, string> = {
    [`${root}/tsconfig.json`]: JSON.stringify({ compilerOptions: options, files: Object.keys(sources) }),
  }
  for (const [file, text] of Object.entries(sources)) virtual[`${root}/${file}`] = text
  const api = new API({ cwd: root, fs: createVirtualFileSystem(virtual) })
  try {
    const snapshot = api.updateSnapshot({ openProjects: [`${root}/tsconfig.json`] })
    const program = snapshot.getProject(`${root}/tsconfig.json`)?.program
    const trees = new Map(
      Object.keys(sources).map((file) => {
        const parsed = program?.getSourceFile(`${root}/${file}`)
        if (!parsed) throw new Error(`The TypeScript parser did not read ${file}.`)
        return [file, parsed]
      }),
    )
    snapshot.dispose()
    return trees
  } finally {
    api.close()
  }
}
