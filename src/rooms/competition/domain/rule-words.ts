import { fill, formatDateTime, formatNumber, type Lang } from '#platform/text.ts'
import type { Change, Step } from './difference.ts'
import { isList, type Json } from './paths.ts'
import type { AwardRule, Rules } from './round.ts'
import type { Problem } from './round-consistency.ts'

/**
 * Rules said in words: for the public page, the list of changes and the letters. The words themselves are the room's and
 * are given as they are, by their names.
 */
export type Reader = { lang: Lang; words: Readonly<Record<string, string>> }

/** A word by a name that is put together; `otherwise` where there is none. */
const wordFor = ({ words }: Reader, name: string, otherwise = name): string => words[name] ?? otherwise

/** The awards of a rule as a person would list them: "Top terpuji atau Outstanding Achievement tahun 2014–2019". */
export function awardsInWords(rules: readonly AwardRule[], reader: Reader): string {
  const spans = Map.groupBy(rules, ({ fromYear, toYear }) => `${fromYear}–${toYear}`)
  return [...spans.values()].map((same) => awardsOfYears(same, reader)).join(`; ${wordFor(reader, 'or')} `)
}

function awardsOfYears(rules: readonly AwardRule[], reader: Reader): string {
  const names = rules.map(({ level, times }) => {
    const name = wordFor(reader, `award-${level}`)
    return times > 1 ? fill(wordFor(reader, 'awardTimes'), { level: name, n: times }) : name
  })
  const award = [names.slice(0, -1).join(', '), names.at(-1)].filter(Boolean).join(` ${wordFor(reader, 'or')} `)
  const { fromYear, toYear } = rules[0]!
  const years = { award, from: fromYear ?? '', to: toYear ?? '' }
  if (fromYear !== null && toYear !== null) return fill(wordFor(reader, 'awardYears'), years)
  if (fromYear !== null) return fill(wordFor(reader, 'awardFrom'), years)
  return toYear !== null ? fill(wordFor(reader, 'awardTo'), years) : award
}

const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/

/** A value of a rules document as a reader sees it. `name` is the field it stands in. */
export function showValue(value: Json | undefined, reader: Reader, name = ''): string {
  const { lang } = reader
  const absent = wordFor(reader, 'absent')
  if (value === undefined || value === null) return absent
  if (typeof value === 'boolean') return wordFor(reader, value ? 'value-yes' : 'value-no')
  if (typeof value === 'number') return name === 'year' ? String(value) : formatNumber(value, lang, undefined)
  if (typeof value === 'string') {
    if (moment.test(value)) return formatDateTime(new Date(value), lang)
    return coded(value, name, reader)
  }
  if (isList(value)) return value.length === 0 ? absent : value.map((item) => showValue(item, reader, name)).join(', ')
  if (typeof value.id === 'string' && typeof value.en === 'string') return value[lang] as string
  if (typeof value.level === 'string' && typeof value.times === 'number')
    return awardsInWords([value as unknown as AwardRule], reader)
  const { label, key: _key, ...rest } = value as { label?: Json; key?: Json; [field: string]: Json | undefined }
  const inside = Object.entries(rest)
    .filter(([, each]) => each !== null && each !== undefined && !(isList(each) && each.length === 0))
    .map(([field, each]) => `${fieldName(field, reader)}: ${showValue(each, reader, field)}`)
    .join('; ')
  return label === undefined ? inside : [showValue(label, reader), inside && `(${inside})`].filter(Boolean).join(' ')
}

const codes: Record<string, string> = {
  kind: 'stage-',
  agencyKinds: 'kind-',
  accept: 'evidence-',
  level: 'award-',
  method: 'method-',
  ageCountedFrom: 'from-',
}

function coded(value: string, name: string, reader: Reader): string {
  const prefix = codes[name]
  if (!prefix) return value
  return wordFor(reader, `${prefix}${value}`, wordFor(reader, `question-${value}`, value))
}

/** What a field of the document is called. */
export const fieldName = (name: string, reader: Reader): string =>
  wordFor(reader, `f-${name}`, wordFor(reader, `cal-${name}`, name))

/** Where a change happened: "Kelompok › Kelompok Umum › Usia paling rendah (bulan)". */
export const placeInWords = (steps: readonly Step[], rules: Rules, reader: Reader): string =>
  steps
    .map(({ name, label }, i) => {
      // Quotas and places stand by group, so their last step is a group's key.
      const byGroup = ['quotas', 'byGroup', 'quota'].includes(steps[i - 1]?.name ?? '')
      const named = label ?? (byGroup ? rules.groups.find(({ key }) => key === name)?.label : null)
      return named?.[reader.lang] ?? stepName(name, reader)
    })
    .join(' › ')

const stepName = (name: string, reader: Reader): string =>
  name === 'id'
    ? wordFor(reader, 'inIndonesian')
    : name === 'en'
      ? wordFor(reader, 'inEnglish')
      : fieldName(name, reader)

/** Where a problem lies, in words, by the names of the things on the way. */
export function pathInWords(rules: Rules | null, path: string, reader: Reader): string {
  let node: Json | undefined = (rules ?? undefined) as Json | undefined
  return path
    .split('.')
    .map((step) => {
      node = childOf(node, step)
      const label =
        node !== null && typeof node === 'object' && !isList(node) ? (node as { label?: Json }).label : undefined
      return label === undefined ? stepName(step, reader) : showValue(label, reader)
    })
    .join(' › ')
}

function childOf(node: Json | undefined, step: string): Json | undefined {
  if (node === null || node === undefined || typeof node !== 'object') return undefined
  if (isList(node))
    return node.find((item, index) => (item as { key?: string } | null)?.key === step || String(index) === step)
  return node[step]
}

/** What is wrong with a document, as a sentence. */
export function problemInWords({ problem, detail }: Problem, reader: Reader): string {
  const named =
    problem === 'dates-disordered'
      ? wordFor(reader, `cal-${detail}`)
      : problem === 'cluster-overlap' || problem === 'cluster-missing'
        ? wordFor(reader, `kind-${detail}`)
        : detail
  return fill(wordFor(reader, problem), { detail: named })
}

/** Whom a change touches, in words. */
export function affectsInWords(change: Change, rules: Rules, reader: Reader): string {
  const { affects } = change
  if (affects === 'everyone') return wordFor(reader, 'affectsEveryone')
  if (affects === 'nobody') return wordFor(reader, 'affectsNobody')
  const [list, keys] = 'groups' in affects ? [rules.groups, affects.groups] : [rules.clusters, affects.clusters]
  return keys.map((key) => list.find((item) => item.key === key)?.label[reader.lang] ?? key).join(', ')
}
