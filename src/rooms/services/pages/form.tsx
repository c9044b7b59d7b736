import { fill, type Lang } from '#platform/text.ts'
import { Choices, Select, TextField } from '#platform/ui/index.ts'
import { say } from '../domain/held.ts'
import type { Field, PlainField } from '../domain/package/format/form.ts'
import { words } from '../text/index.ts'
import { PhotoField, PlaceField, SignatureField, VoiceField } from './media-field.tsx'

export type Typed = Record<string, string | string[]>
/** A form of a package as it is drawn: what was typed, the problem of each field, and regions to choose from. */
export type Drawn = {
  lang: Lang
  fields: readonly Field[]
  typed: Typed
  problems: Record<string, string>
  regions: readonly { code: string; kind: string; name: string; within: string }[]
  /** NIK and KK that are known already. */
  known: ReadonlySet<string>
  /** The texts that a field asks consent to. */
  consents: Record<string, readonly string[]>
}

const one = (typed: Typed, name: string) => [typed[name] ?? ''].flat()[0] ?? ''

/** The questions of a form, in their order. */
export function Questions(drawn: Drawn) {
  const w = words(drawn.lang)
  return (
    <>
      {drawn.fields.map((field) => (
        <>
          {drawn.consents[field.id] && (
            <div class="notice">
              <p class="small soft">{w.formConsent}</p>
              {drawn.consents[field.id]!.map((text) => (
                <p key={text}>{text}</p>
              ))}
            </div>
          )}
          {field.type === 'group' ? (
            <Rows {...drawn} field={field} />
          ) : (
            <Question {...drawn} field={field} name={field.id} />
          )}
        </>
      ))}
    </>
  )
}

/** Rows of a repeated group: those filled in and a spare one. */
function Rows({ field, ...drawn }: Drawn & { field: Field & { type: 'group' } }) {
  const w = words(drawn.lang)
  const filled = Object.keys(drawn.typed).flatMap((key) => {
    const row = key.startsWith(`${field.id}.`) && one(drawn.typed, key) !== '' ? Number(key.split('.')[1]) : -1
    return row >= 0 ? [row + 1] : []
  })
  const rows = Math.min(field.atMost, Math.max(field.atLeast, ...filled, 0) + 2)
  return (
    <fieldset id={field.id} class={drawn.problems[field.id] ? 'field bad' : 'field'}>
      <legend>{say(field.label, drawn.lang)}</legend>
      {drawn.problems[field.id] && <p class="problem">{drawn.problems[field.id]}</p>}
      {Array.from({ length: rows }, (_, i) => (
        <fieldset key={i}>
          <legend class="small">{fill(w.row, { label: say(field.label, drawn.lang), n: i + 1 })}</legend>
          {field.fields.map((column) => (
            <Question key={column.id} {...drawn} field={column} name={`${field.id}.${i}.${column.id}`} />
          ))}
        </fieldset>
      ))}
    </fieldset>
  )
}

function Question({ field, name, ...drawn }: Drawn & { field: PlainField; name: string }) {
  const { lang, typed, problems, regions } = drawn
  const w = words(lang)
  const hint = field.hint && say(field.hint, lang)
  const shared = {
    name,
    label: say(field.label, lang),
    hint,
    problem: problems[name],
    optional: field.when !== undefined ? w.ifApplies : field.required === false ? w.optional : undefined,
  }
  const value = one(typed, name)
  const options =
    'options' in field ? field.options.map(({ id, label }) => ({ value: id, label: say(label, lang) })) : []
  switch (field.type) {
    case 'choice':
      return options.length > 8 ? (
        <Select {...shared} value={value} options={options} empty={w.choose} />
      ) : (
        <Choices {...shared} value={value} options={options} />
      )
    case 'multi':
      return <Choices {...shared} many value={[typed[name] ?? []].flat()} options={options} />
    case 'bool':
      return (
        <Choices
          {...shared}
          value={value}
          options={[
            { value: 'ya', label: w.yes },
            { value: 'tidak', label: w.no },
          ]}
        />
      )
    case 'region': {
      const wanted = regions.filter(({ kind }) => kind === field.level)
      if (wanted.length === 0) return <TextField {...shared} value={value} inputmode="numeric" />
      const choices = wanted.map(({ code, name: region, within }) => ({
        value: code.replaceAll('.', ''),
        label: `${region}, ${within}`,
      }))
      return <Select {...shared} value={value} options={choices} empty={w.choose} />
    }
    case 'date':
      return field.estimated ? (
        <TextField {...shared} hint={hint ? `${hint} ${w.dateRough}` : w.dateRough} value={value} />
      ) : (
        <TextField {...shared} type="date" value={value} />
      )
    case 'int':
    case 'decimal':
      return (
        <TextField {...shared} type="text" inputmode={field.type === 'int' ? 'numeric' : 'decimal'} value={value} />
      )
    case 'nik':
    case 'kk':
      return (
        <TextField
          {...shared}
          hint={drawn.known.has(field.id) ? w.keptNumber : hint}
          inputmode="numeric"
          maxlength={16}
          autocomplete="off"
          value={value}
        />
      )
    case 'digits':
      return <TextField {...shared} inputmode="numeric" maxlength={field.length} value={value} />
    case 'phone':
      return <TextField {...shared} type="tel" value={value} />
    case 'gps':
      return <PlaceField {...shared} lang={lang} typed={typed} most={field.accuracy} />
    case 'photo':
      return <PhotoField {...shared} lang={lang} typed={typed} kilobytes={field.kilobytes} />
    case 'voice':
      return <VoiceField {...shared} lang={lang} typed={typed} seconds={field.seconds} />
    case 'signature':
      return <SignatureField {...shared} lang={lang} typed={typed} />
    case 'text':
      return <TextField {...shared} maxlength={field.max} value={value} />
    default:
      return null
  }
}
