import type { Field } from './package/format/index.ts'

type Region = { code: string; kind: string; name: string; within: string }
/** What was meant by a written answer: a value, several regions of that name, or the word for what is not clear. */
export type Told = { value: unknown } | { offer: readonly Region[] } | { unclear: string }

/** The choices of a question, in the order of their numbers. */
export const chosenOf = (field: Field): readonly { id: string; label: Record<string, string> }[] =>
  'options' in field ? field.options : []

const yes = /^(?:ya|y|iya|yes|benar|setuju)[.!]?$/i
const no = /^(?:tidak|tdk|t|no|n|bukan)[.!]?$/i
const plain = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase()

/**
 * Read an answer that was written into a message. Only the shape is read here: whether the value holds is for the form to
 * say. Numbers choose; words choose too when they are those of a choice.
 */
export function told(
  field: Field,
  text: string,
  { regions, phone, offered }: { regions: readonly Region[]; phone: string; offered?: readonly string[] | undefined },
): Told {
  switch (field.type) {
    case 'choice': {
      const chosen = choiceOf(field.options, text)
      return chosen === undefined ? { unclear: 'talkNotAChoice' } : { value: chosen }
    }
    case 'multi': {
      const words = choiceOf(field.options, text)
      if (words !== undefined) return { value: [words] }
      const numbers = text.split(/[\s,;.&+]+|\bdan\b|\band\b/i).filter(Boolean)
      const chosen = numbers.map((number) => choiceOf(field.options, number))
      return chosen.length === 0 || chosen.includes(undefined)
        ? { unclear: 'talkNotAChoice' }
        : { value: [...new Set(chosen)] }
    }
    case 'bool':
      return yes.test(text) ? { value: true } : no.test(text) ? { value: false } : { unclear: 'talkYesNo' }
    case 'int':
    case 'decimal':
      return /^-?\d+(?:[.,]\d+)?$/.test(text) ? { value: Number(text.replace(',', '.')) } : { unclear: 'talkNumber' }
    case 'date':
      return dateOf(text, field.estimated)
    case 'phone':
      return { value: /^(?:ini|nomor ini|this|this number)$/i.test(text) ? phone : text }
    case 'digits':
    case 'nik':
    case 'kk':
      return { value: text.replace(/[\s.-]/g, '') }
    case 'region':
      return regionOf(
        regions.filter(({ kind }) => kind === field.level),
        text,
        offered,
      )
    default:
      return { value: text }
  }
}

function choiceOf(options: readonly { id: string; label: Record<string, string> }[], text: string): string | undefined {
  const number = /^(\d{1,3})[.)]?$/.exec(text.trim())?.[1]
  if (number) return options[Number(number) - 1]?.id
  const wanted = plain(text)
  return options.find(({ label }) => Object.values(label).some((said) => plain(said) === wanted))?.id
}

/** `17-3-1990`, `17/03/1990`, `1990-03-17`; told roughly where that may be: `1990`, `3-1990`. */
function dateOf(text: string, estimated: boolean): Told {
  const parts = text.split(/[-/. ]+/)
  if (!parts.every((part) => /^\d{1,4}$/.test(part))) return { unclear: 'talkDate' }
  const two = (part: string) => part.padStart(2, '0')
  if (parts.length === 3 && parts[2]!.length === 4) return { value: `${parts[2]}-${two(parts[1]!)}-${two(parts[0]!)}` }
  if (parts.length === 3 && parts[0]!.length === 4) return { value: `${parts[0]}-${two(parts[1]!)}-${two(parts[2]!)}` }
  if (estimated && parts.length === 2 && parts[1]!.length === 4) return { value: `${parts[1]}-${two(parts[0]!)}~` }
  if (estimated && parts.length === 1 && parts[0]!.length === 4) return { value: `${parts[0]}~` }
  return { unclear: estimated ? 'talkDateRough' : 'talkDate' }
}

function regionOf(regions: readonly Region[], text: string, offered: readonly string[] = []): Told {
  const dotless = (code: string) => code.replaceAll('.', '')
  const number = /^\d{1,2}$/.test(text) ? offered[Number(text) - 1] : undefined
  if (number) return { value: number }
  if (/^[\d.]+$/.test(text)) return { value: dotless(text) }
  const wanted = plain(text.replace(/^(?:desa|kelurahan|kel|ds|kecamatan|kec)\.? /i, ''))
  const found = regions.filter(({ name, within }) => plain(name) === wanted || plain(`${name} ${within}`) === wanted)
  if (found.length === 1) return { value: dotless(found[0]!.code) }
  if (found.length > 1) return { offer: found.slice(0, 9).map((region) => ({ ...region, code: dotless(region.code) })) }
  return { unclear: 'talkNoRegion' }
}
