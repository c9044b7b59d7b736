import { fill, formatDateTime, formatNumber, type Lang } from '#platform/text.ts'
import { platformWords } from '#platform/words/index.ts'
import type { Change, Step } from '../domain/difference.ts'
import { isList, type Json } from '../domain/paths.ts'
import type { AwardRule, Problem, Rules } from '../domain/round.ts'
import { type CompetitionWords, words } from '../text/index.ts'

/** A word of the room by a name that is put together; the name itself where there is none. */
export function wordFor(lang: Lang, name: string, otherwise = name): string {
  const found = (words(lang) as Record<string, string>)[name]
  return found ?? otherwise
}

/** The awards of a rule as a person would list them: "Top terpuji tahun 2014–2019 atau …". */
export function awardsInWords(rules: readonly AwardRule[], lang: Lang): string {
  const w = words(lang)
  return rules.map((rule) => awardInWords(rule, w)).join(` ${w.or} `)
}

function awardInWords({ level, times, fromYear, toYear }: AwardRule, w: CompetitionWords): string {
  const name = w[`award-${level}`]
  const award = times > 1 ? fill(w.awardTimes, { level: name, n: times }) : name
  if (fromYear !== null && toYear !== null) return fill(w.awardYears, { award, from: fromYear, to: toYear })
  if (fromYear !== null) return fill(w.awardFrom, { award, from: fromYear })
  return toYear !== null ? fill(w.awardTo, { award, to: toYear }) : award
}

const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/

/** A value of a rules document as a reader sees it. `name` is the field it stands in. */
export function showValue(value: Json | undefined, lang: Lang, name = ''): string {
  const w = words(lang)
  if (value === undefined || value === null) return w.absent
  if (typeof value === 'boolean') return value ? platformWords(lang).yes : platformWords(lang).no
  if (typeof value === 'number') return name === 'year' ? String(value) : formatNumber(value, lang, undefined)
  if (typeof value === 'string') {
    if (moment.test(value)) return formatDateTime(new Date(value), lang)
    return coded(value, name, lang)
  }
  if (isList(value)) return value.length === 0 ? w.absent : value.map((item) => showValue(item, lang, name)).join(', ')
  if (typeof value.id === 'string' && typeof value.en === 'string') return value[lang] as string
  if (typeof value.level === 'string' && typeof value.times === 'number')
    return awardInWords(value as unknown as AwardRule, w)
  const { label, key: _key, ...rest } = value as { label?: Json; key?: Json; [field: string]: Json | undefined }
  const inside = Object.entries(rest)
    .filter(([, each]) => each !== null && each !== undefined && !(isList(each) && each.length === 0))
    .map(([field, each]) => `${fieldName(field, lang)}: ${showValue(each, lang, field)}`)
    .join('; ')
  return label === undefined ? inside : [showValue(label, lang), inside && `(${inside})`].filter(Boolean).join(' ')
}

const codes: Record<string, string> = {
  kind: 'stage-',
  agencyKinds: 'kind-',
  accept: 'evidence-',
  method: 'method-',
  ageCountedFrom: 'from-',
}

function coded(value: string, name: string, lang: Lang): string {
  const prefix = codes[name]
  if (!prefix) return value
  return wordFor(lang, `${prefix}${value}`, wordFor(lang, `question-${value}`, value))
}

/** What a field of the document is called. */
export const fieldName = (name: string, lang: Lang): string =>
  wordFor(lang, `f-${name}`, wordFor(lang, `cal-${name}`, name))

/** Where a change happened: "Kelompok › Kelompok Umum › Usia paling rendah (bulan)". */
export const placeInWords = (steps: readonly Step[], lang: Lang): string =>
  steps
    .map(
      ({ name, label }) =>
        label?.[lang] ?? (name === lang || isLang(name) ? langName(name, lang) : fieldName(name, lang)),
    )
    .join(' › ')

const isLang = (name: string): name is Lang => name === 'id' || name === 'en'
const langName = (name: string, lang: Lang) => (name === 'id' ? words(lang).inIndonesian : words(lang).inEnglish)

/** Where a problem lies, in words, by the names of the things on the way. */
export function pathInWords(rules: Rules | null, path: string, lang: Lang): string {
  let node: Json | undefined = (rules ?? undefined) as Json | undefined
  return path
    .split('.')
    .map((step) => {
      node = childOf(node, step)
      const label =
        node !== null && typeof node === 'object' && !isList(node) ? (node as { label?: Json }).label : undefined
      return label === undefined ? fieldName(step, lang) : showValue(label, lang)
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
export function problemInWords({ problem, detail }: Problem, lang: Lang): string {
  const named =
    problem === 'dates-disordered'
      ? wordFor(lang, `cal-${detail}`)
      : problem === 'cluster-overlap' || problem === 'cluster-missing'
        ? wordFor(lang, `kind-${detail}`)
        : detail
  return fill(words(lang)[problem], { detail: named })
}

/** Whom a change touches, in words. */
export function affectsInWords(change: Change, rules: Rules, lang: Lang): string {
  const w = words(lang)
  const { affects } = change
  if (affects === 'everyone') return w.affectsEveryone
  if (affects === 'nobody') return w.affectsNobody
  const [list, keys] = 'groups' in affects ? [rules.groups, affects.groups] : [rules.clusters, affects.clusters]
  return keys.map((key) => list.find((item) => item.key === key)?.label[lang] ?? key).join(', ')
}
