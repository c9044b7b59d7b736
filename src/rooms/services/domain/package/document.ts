import { isAlias, isCollection, isScalar, LineCounter, parseDocument, visit } from 'yaml'
import { limits } from './limits.ts'
import { type Problem, problem } from './problem.ts'

/** A parsed file, and where in its text each place stands. */
export type Document = { content: unknown; lineOf(path: readonly PropertyKey[]): number | undefined }

/**
 * One YAML (1.2, core schema) or JSON file as plain data. Refused before anything is built from it: references (they
 * unfold to gigabytes), tags (they make objects), keys given twice, depth, number of values, long texts, names with a
 * meaning for JavaScript, markup and invisible signs in words.
 */
export function parse(file: string, bytes: Uint8Array): { document?: Document; problems: Problem[] } {
  const stop = (rule: string, says: string, path: readonly PropertyKey[] | string = '') => ({
    problems: [problem(rule, says, file, path)],
  })
  if (bytes.length > limits.file) return stop('file-too-large', `${bytes.length} bytes; at most ${limits.file}`)
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return stop('not-utf8', 'the file is not UTF-8 text')
  }
  // The parser goes as deep as the brackets and the indentation do, so both are measured before it is called.
  if (depthOf(text) > limits.depth) return stop('too-deep', `nested more than ${limits.depth} deep`)
  return file.endsWith('.json') ? fromJson(file, text) : fromYaml(file, text)
}

function fromYaml(file: string, text: string) {
  const lines = new LineCounter()
  const document = parseDocument(text, { version: '1.2', schema: 'core', uniqueKeys: true, lineCounter: lines })
  const broken = document.errors[0] ?? document.warnings[0]
  if (broken) {
    const rule = broken.code === 'DUPLICATE_KEY' ? 'duplicate-key' : /TAG/.test(broken.code) ? 'yaml-tag' : 'not-yaml'
    const line = broken.linePos?.[0].line
    return { problems: [{ ...problem(rule, broken.message.split('\n')[0]!, file), ...(line ? { line } : {}) }] }
  }
  let bad: Problem | undefined
  visit(document, {
    Node(_, node) {
      if (isAlias(node) || (!isAlias(node) && 'anchor' in node && node.anchor))
        bad ??= problem('yaml-alias', 'references (& and *) are not read; write it out', file)
      else if ('tag' in node && node.tag && !/^tag:yaml\.org,2002:(map|seq|str|int|float|bool|null)$/.test(node.tag))
        bad ??= problem('yaml-tag', `the tag ${node.tag} is not read`, file)
      return bad ? visit.BREAK : undefined
    },
    Pair(_, pair) {
      if (!isScalar(pair.key) || typeof pair.key.value !== 'string')
        bad ??= problem('not-the-schema', 'a key must be a word', file)
    },
  })
  if (bad) return { problems: [bad] }
  const lineOf = (path: readonly PropertyKey[]) => {
    for (let length = path.length; length > 0; length--) {
      const node = document.getIn(path.slice(0, length), true)
      if ((isScalar(node) || isCollection(node)) && node.range) return lines.linePos(node.range[0]).line
    }
    return 1
  }
  return finish(file, document.toJS({ maxAliasCount: 0 }), lineOf)
}

function fromJson(file: string, text: string) {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (error) {
    return { problems: [problem('not-json', (error as Error).message, file)] }
  }
  const twice = duplicateKey(text)
  if (twice) return { problems: [problem('duplicate-key', `“${twice}” is given twice`, file)] }
  return finish(file, content, () => undefined)
}

function finish(file: string, content: unknown, lineOf: Document['lineOf']) {
  const found = suspicious(file, content)
  return found ? { problems: [found] } : { document: { content, lineOf }, problems: [] }
}

const forbidden = new Set(['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString', 'valueOf'])
/** Markup, entities and addresses that run: words are words. A comparison (`a < b`) has a space behind its sign. */
const markup =
  /<[a-z!/?][^<]*>|<\s*\/?\s*(?:script|iframe|svg|img|object|embed|style)\b|javascript\s*:|data\s*:\s*text\/html|&#?\w{2,8};|\bon\w+\s*=\s*["']/i
/** Signs that are not seen, or turn the direction of writing, so that a text reads otherwise than it is. */
const invisible = /(?![\n\r\t])[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/u

function suspicious(file: string, content: unknown): Problem | undefined {
  let values = 0
  const look = (value: unknown, path: PropertyKey[]): Problem | undefined => {
    if (++values > limits.values) return problem('too-many-values', `more than ${limits.values} values`, file)
    if (typeof value === 'string') {
      if (value.length > limits.text)
        return problem('text-too-long', `${value.length} characters; at most ${limits.text}`, file, path)
      if (markup.test(value)) return problem('markup', 'words hold no markup and no script', file, path)
      if (invisible.test(value)) return problem('invisible-signs', 'holds signs that are not seen', file, path)
    }
    if (typeof value === 'number' && !Number.isFinite(value))
      return problem('not-the-schema', 'a number must be finite', file, path)
    if (value === null || typeof value !== 'object') return undefined
    for (const key of Object.getOwnPropertyNames(value)) {
      if (Array.isArray(value) && key === 'length') continue
      if (forbidden.has(key)) return problem('prototype-name', `“${key}” is not a name that may be used`, file, path)
      const step = Array.isArray(value) ? Number(key) : key
      const found = look((value as Record<string, unknown>)[key], [...path, step])
      if (found) return found
    }
    return undefined
  }
  return look(content, [])
}

/** An upper bound of how deep a text nests, by brackets and by indentation, without parsing it. */
function depthOf(text: string): number {
  let brackets = 0
  let deepest = 0
  for (const sign of text) {
    if (sign === '[' || sign === '{') deepest = Math.max(deepest, ++brackets)
    else if (sign === ']' || sign === '}') brackets -= 1
  }
  for (const line of text.split('\n')) {
    const lead = /^[ \t]*(?:[-?:][ \t]+)*/.exec(line)![0]
    deepest = Math.max(deepest, (lead.match(/[-?:]/g) ?? []).length, Math.floor(lead.length / 4))
  }
  return deepest
}

/** JSON.parse keeps the last of two equal keys in silence; two readers may then see two different packages. */
function duplicateKey(text: string): string | undefined {
  const open: (Set<string> | undefined)[] = []
  let key: string | undefined
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?|[[\]{}]/g)) {
    if (token === '{') open.push(new Set())
    else if (token === '[') open.push(undefined)
    else if (token === '}' || token === ']') open.pop()
    else if (token.endsWith(':')) {
      key = JSON.parse(token.slice(0, token.lastIndexOf('"') + 1)) as string
      const keys = open.at(-1)
      if (keys?.has(key)) return key
      keys?.add(key)
    }
  }
  return undefined
}
