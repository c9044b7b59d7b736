import {
  date,
  dateAndTime,
  evaluate,
  FeelDate,
  FeelDateTime,
  FeelDuration,
  parseExpression,
  parseUnaryTests,
  unaryTest,
} from 'feelin'
import { limits } from './package/limits.ts'

/**
 * The FEEL that a package may use: comparisons, arithmetic, if, between, in, some/every, filters, dates and durations,
 * and the functions below. No functions of its own, no ranges to iterate, no regular expressions, no clock but the one
 * it is given: so every evaluation ends, costs no more than is known beforehand, and gives the same for ever.
 */
const functions = new Set([
  ...['number', 'string', 'date', 'date and time', 'time', 'duration', 'years and months duration', 'not'],
  ...['string length', 'upper case', 'lower case', 'contains', 'starts with', 'ends with', 'substring'],
  ...['list contains', 'count', 'min', 'max', 'sum', 'mean', 'all', 'any', 'distinct values'],
  ...['abs', 'floor', 'ceiling', 'round half up', 'modulo', 'day of week', 'week of year'],
])

const parts = new Set([
  ...['Expression', 'UnaryTests', 'PositiveUnaryTests', 'PositiveUnaryTest', 'SimplePositiveUnaryTest', 'Wildcard'],
  ...['Conjunction', 'Disjunction', 'Comparison', 'CompareOp', 'ArithmeticExpression', 'ArithOp'],
  ...['ParenthesizedExpression', 'IfExpression', 'QuantifiedExpression', 'InExpressions', 'InExpression', 'Name'],
  ...['IterationContext', 'FilterExpression', 'PathExpression', 'PathName', 'VariableName', 'Identifier', 'Interval'],
  ...['FunctionInvocation', 'PositionalParameters', 'NumericLiteral', 'StringLiteral', 'BooleanLiteral', 'List'],
  ...['DateTimeLiteral', 'DateTimeConstructor', 'AtLiteral', 'SpecialFunctionName', 'AdditionalIdentifier'],
  ...[
    'if',
    'then',
    'else',
    'and',
    'or',
    'not',
    'in',
    'between',
    'some',
    'every',
    'satisfies',
    'null',
    'years',
    'months',
    'date',
  ],
  ...['time', 'date and time', 'duration', 'years and months duration', '(', ')', '[', ']', ',', '.', '..', '-', '?'],
])

/**
 * What an expression may name: a plain name (a field), or a name and what stands behind the dot (`setting.zona`).
 * `anything`: what stands behind is not known beforehand. A number: a list of at most so many, of whatever columns.
 */
export type Known = Map<string, 'value' | 'anything' | number | ReadonlySet<string>>

export type Fault = { rule: string; says: string }

/** Read an expression without running it: its faults, and which names it uses. */
export function inspect(source: string, known: Known, kind: 'expression' | 'tests' = 'expression') {
  const uses = new Set<string>()
  if (source.length > limits.expression)
    return fault('expression-too-long', `${source.length} characters; at most ${limits.expression}`, uses)
  // The parser itself goes as deep as the brackets do.
  if (nesting(source) > limits.expressionDepth)
    return fault('expression-too-deep', `brackets more than ${limits.expressionDepth} deep`, uses)
  let depth = 0
  /** How often what is read now is done: the lengths of the lists that are walked around it. */
  const rounds: number[] = []
  let cost = 0
  const found: Fault[] = []
  const say = (rule: string, says: string) => found.push({ rule, says })
  const own: string[] = []
  const tree = kind === 'tests' ? parseUnaryTests(source, {}, undefined) : parseExpression(source, {}, undefined)
  tree.iterate({
    enter(node) {
      const text = source.slice(node.from, node.to)
      depth += 1
      if (depth > limits.expressionDepth * 4) {
        say('expression-too-deep', 'too deeply nested')
        return false
      }
      if (node.type.isError)
        say('expression-syntax', `not FEEL at character ${node.from + 1}: “${source.slice(node.from, node.from + 20)}”`)
      else if (!parts.has(node.name)) say('expression-forbidden', `“${node.name}” is not part of the FEEL of packages`)
      else if (node.name === 'ArithOp' && text === '**')
        say('expression-forbidden', 'powers are not part of the FEEL of packages')
      // `for i in 1..1000000000`: only lists that are there are walked.
      else if (node.name === 'IterationContext' && text.includes('..'))
        say('expression-forbidden', 'a range of numbers cannot be walked')
      if (walks.has(node.name)) rounds.push(roundsOf(node.node, source, known))
      cost += rounds.reduce((product, length) => product * length, 1)
      if (node.name === 'InExpression') own.push(text.split(/\s/)[0]!)
      if (node.name === 'VariableName') {
        const parent = node.node.parent
        if (parent?.name === 'FunctionInvocation' && parent.firstChild?.from === node.from) {
          if (!functions.has(text))
            say('expression-forbidden', `the function “${text}” is not part of the FEEL of packages`)
        } else if (parent?.name === 'PathExpression' && parent.from === node.from) {
          const last = path(parent, source)
          uses.add(last)
          checkPath(last, own, known, say)
        } else {
          uses.add(text)
          if (!known.has(text) && !own.includes(text) && text !== 'item' && text !== '?')
            say('unknown-name', `“${text}” is no field, setting or rule here`)
        }
      }
      return undefined
    },
    leave(node) {
      depth -= 1
      if (walks.has(node.name)) rounds.pop()
    },
  })
  if (cost > limits.expressionCost) say('expression-too-costly', 'lists are walked inside lists; take it apart')
  return { faults: found, uses }
}

type SyntaxNode = ReturnType<typeof parseExpression>['topNode']
const walks = new Set(['QuantifiedExpression', 'FilterExpression'])

/** How long the lists are that a part walks: as long as the form lets them become. */
function roundsOf(node: SyntaxNode, source: string, known: Known): number {
  const lists =
    node.name === 'FilterExpression'
      ? [node.firstChild]
      : (node.getChild('InExpressions')?.getChildren('InExpression') ?? []).map((one) =>
          one.getChild('IterationContext'),
        )
  return lists.reduce((product, list) => {
    const length = list && known.get(source.slice(list.from, list.to).trim())
    return product * (typeof length === 'number' ? length : limits.listLength)
  }, 1)
}

function path(node: { from: number; to: number; name: string; parent: unknown }, source: string): string {
  return source.slice(node.from, node.to).replace(/\s+/g, '')
}

function checkPath(text: string, own: string[], known: Known, say: (rule: string, says: string) => void) {
  const [root, member] = text.split('.')
  if (own.includes(root!) || root === 'item') return
  const behind = known.get(root!)
  if (!behind) return say('unknown-name', `“${root}” is no field, setting or rule here`)
  if (
    behind === 'value' &&
    !['days', 'hours', 'minutes', 'years', 'months', 'year', 'month', 'day', 'weekday', 'hour', 'minute'].includes(
      member!,
    )
  )
    return say('unknown-name', `“${text}”: there is nothing behind “${root}”`)
  if (behind instanceof Set && !behind.has(member!)) say('unknown-name', `there is no “${text}”`)
}

function fault(rule: string, says: string, uses: Set<string>) {
  return { faults: [{ rule, says }], uses }
}

/** How deep brackets go. Counted by hand, because it is asked before the parser is trusted with the text. */
function nesting(source: string): number {
  let deep = 0
  let deepest = 0
  for (const sign of source) {
    if ('([{'.includes(sign)) deepest = Math.max(deepest, ++deep)
    else if (')]}'.includes(sign)) deep -= 1
  }
  // Chains that nest without brackets.
  const chained = source.match(/\b(?:if|some|every|not)\b|-(?=\s*-)/g)?.length ?? 0
  return Math.max(deepest, chained)
}

/** The library throws where a range has ends of two kinds (`[1..true]`, an answer that is a word); FEEL says null there. */
function orNull(ask: () => unknown): unknown {
  try {
    return ask()
  } catch {
    return null
  }
}

/** Values that an expression is given. Dates are `YYYY-MM-DD`; see `asDate`. */
export type Scope = Record<string, unknown>

/**
 * The value of an expression that was inspected when the package was read: null where FEEL says null (a missing
 * answer, a comparison of a number with a word). Dates and durations come back as ISO 8601 texts.
 */
export function value(source: string, scope: Scope): unknown {
  return recalled('value', source, scope, (narrow) => plain(orNull(() => evaluate(source, narrow).value)))
}

/** Whether a condition holds. What cannot be known (a missing answer) does not hold. */
export function holds(source: string | boolean, scope: Scope): boolean {
  if (typeof source === 'boolean') return source
  return recalled('holds', source, scope, (narrow) => orNull(() => evaluate(source, narrow).value) === true) === true
}

/** Whether a value passes the unary tests of a table's cell: `>= 35`, `"SD", "SMP"`, `[20..34]`, `-`. */
export function passes(tests: string | number | boolean, value: unknown, scope: Scope): boolean {
  if (tests === '-') return true
  if (typeof tests !== 'string') return value === tests
  const all = { ...scope, '?': value }
  const ask = (narrow: Scope) => orNull(() => unaryTest(tests, { ...narrow, '?': value }).value) === true
  return recalled('tests', tests, all, ask) === true
}

/** A day as FEEL knows it, so that it can be compared and subtracted. */
export function asDate(iso: string): unknown {
  return date(iso)
}

/** An instant (ms since 1970) as FEEL knows it, in local time with the zone's offset in hours. */
export function asInstant(at: number, offsetHours: number): unknown {
  const local = new Date(at + offsetHours * 3_600_000).toISOString().slice(0, 19)
  return dateAndTime(`${local}+0${offsetHours}:00`)
}

/** Only what the expression names: the parser looks through all that it is given. */
function named(source: string, scope: Scope): Scope {
  const narrow: Scope = {}
  for (const word of source.match(/[a-z][a-z0-9_]*/g) ?? []) if (Object.hasOwn(scope, word)) narrow[word] = scope[word]
  return narrow
}

/**
 * What expressions said, by what they were given: reading FEEL takes fifty times as long as looking that up, and most cases answer
 * most questions alike. Only numbers and yes or no are kept, under a hash, so that nothing of a person can be read from it.
 */
const said = new Map<string, number | boolean | null>()
// On a phone there is no such module, and one report at a time needs no memory.
const hash = globalThis.process?.getBuiltinModule?.('node:crypto').hash
const mostSaid = 50_000

function recalled(kind: string, source: string, scope: Scope, work: (narrow: Scope) => unknown): unknown {
  const narrow = named(source, scope)
  if (!hash) return work(narrow)
  const given = Object.hasOwn(scope, '?') ? [narrow, scope['?']] : narrow
  const key = hash('sha1', `${kind}\n${source}\n${JSON.stringify(given, asText)}`, 'base64')
  const known = said.get(key)
  if (known !== undefined) return known
  const result = work(narrow)
  if (typeof result !== 'number' && typeof result !== 'boolean' && result !== null) return result
  if (said.size >= mostSaid) said.clear()
  said.set(key, result)
  return result
}

/** A day or a duration of FEEL by its kind and text, so that it is not taken for a text that reads the same. */
function asText(this: unknown, key: string, shown: unknown): unknown {
  const inner = (this as Record<string, unknown>)[key]
  if (inner === undefined) return 'undefined'
  if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return shown
  const kind = Object.getPrototypeOf(inner) as object
  return kind === Object.prototype ? shown : [kind.constructor.name, String(inner)]
}

function plain(result: unknown): unknown {
  if (result instanceof FeelDate || result instanceof FeelDateTime || result instanceof FeelDuration)
    return result.toString()
  if (Array.isArray(result)) return result.map(plain)
  if (typeof result === 'number' && !Number.isFinite(result)) return null
  // What is written into a case again and again must not grow without end.
  if (typeof result === 'string') return result.slice(0, limits.text)
  if (typeof result === 'number') return Math.round(result * 1e9) / 1e9
  return result === undefined ? null : result
}
