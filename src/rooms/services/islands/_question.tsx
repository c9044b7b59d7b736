import { useState } from 'preact/hooks'
import { fill } from '#platform/text.ts'
import { Choices, Select, TextField } from '#platform/ui/field.tsx'
import type { Field, PlainField } from '../domain/package/format/form.ts'
import { type Around, Box, one, Photo, Place, Signature, Voice } from './_recorded.tsx'
import { say } from './_words.ts'

export type { Typed } from './_recorded.tsx'

/** One question on the phone. What is typed or chosen is an ordinary control; what is recorded has a button of its own. */
export function Question({ field, name = field.id, ...around }: Around & { field: Field; name?: string }) {
  if (field.type === 'group') return <Group {...around} field={field} />
  return <Plain {...around} field={field} name={name} />
}

function Plain({ field, name, ...around }: Around & { field: PlainField; name: string }) {
  const { lang, w, typed, problems } = around
  const hint = field.hint && say(field.hint, lang)
  const shared = {
    name,
    label: say(field.label, lang),
    hint,
    problem: problems[name],
    optional: field.required === false ? w.optional : undefined,
  }
  const value = one(typed, name)
  const options =
    'options' in field ? field.options.map(({ id, label }) => ({ value: id, label: say(label, lang) })) : []
  switch (field.type) {
    case 'choice':
      return <Choices {...shared} value={value} options={options} />
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
      const ofLevel = around.regions.filter(({ kind }) => kind === field.level)
      const near = ofLevel.filter(({ code }) => around.areas.some((area) => code.startsWith(area)))
      const wanted = near.length > 0 ? near : ofLevel
      if (wanted.length === 0) return <TextField {...shared} value={value} inputmode="numeric" />
      const choices = wanted.map((region) => ({ value: region.code, label: `${region.name}, ${region.within}` }))
      return <Select {...shared} value={value} options={choices} empty={w.choose} />
    }
    case 'date':
      return field.estimated ? (
        <TextField {...shared} hint={w.dateRough} value={value} />
      ) : (
        <TextField {...shared} type="date" value={value} />
      )
    case 'int':
    case 'decimal':
      return <TextField {...shared} inputmode={field.type === 'int' ? 'numeric' : 'decimal'} value={value} />
    case 'nik':
    case 'kk':
      return (
        <TextField
          {...shared}
          hint={around.known.has(field.id) ? w.keptNumber : hint}
          inputmode="numeric"
          maxlength={16}
          autocomplete="off"
          value={value}
        />
      )
    case 'digits':
      return <TextField {...shared} inputmode="numeric" maxlength={field.length} value={value} />
    case 'phone':
      return <TextField {...shared} type="tel" autocomplete="off" value={value} />
    case 'text':
      return <TextField {...shared} maxlength={field.max} autocomplete="off" value={value} />
    case 'gps':
      return <Place {...around} shared={shared} name={name} most={field.accuracy} />
    case 'photo':
      return <Photo {...around} shared={shared} name={name} kilobytes={field.kilobytes} />
    case 'voice':
      return <Voice {...around} shared={shared} name={name} seconds={Math.min(60, field.seconds)} />
    case 'signature':
      return <Signature {...around} shared={shared} name={name} />
    default:
      return null
  }
}

/** Rows of a repeated group: those that are filled in, and one more on demand. */
function Group({ field, ...around }: Around & { field: Field & { type: 'group' } }) {
  const { lang, w, typed, problems, put } = around
  const used = Object.keys(typed).flatMap((key) =>
    key.startsWith(`${field.id}.`) && [typed[key]!].flat().some((text) => text !== '')
      ? [Number(key.split('.')[1]) + 1]
      : [],
  )
  const [extra, setExtra] = useState(0)
  const rows = Math.min(field.atMost, Math.max(1, field.atLeast, extra, ...used))
  return (
    <Box
      name={field.id}
      shared={{
        label: say(field.label, lang),
        hint: field.hint && say(field.hint, lang),
        problem: problems[field.id],
      }}
    >
      {Array.from({ length: rows }, (_, i) => (
        <fieldset key={i}>
          <legend class="small">{fill(w.row, { label: say(field.label, lang), n: i + 1 })}</legend>
          {field.fields.map((column) => (
            <Plain key={column.id} {...around} field={column} name={`${field.id}.${i}.${column.id}`} />
          ))}
        </fieldset>
      ))}
      <div class="actions">
        <button type="button" class="quiet" disabled={rows >= field.atMost} onClick={() => setExtra(rows + 1)}>
          {w.addRow}
        </button>
        {rows > 1 && (
          <button
            type="button"
            class="link"
            onClick={() => {
              for (const { id } of field.fields) put(`${field.id}.${rows - 1}.${id}`, '')
              setExtra(rows - 1)
            }}
          >
            {w.dropRow}
          </button>
        )}
      </div>
    </Box>
  )
}
