import { useEffect, useRef, useState } from 'preact/hooks'
import { fill, type Lang } from '#platform/text.ts'
import { Choices, Select, TextField } from '#platform/ui/field.tsx'
import type { Region } from '../domain/field.ts'
import type { Field, PlainField } from '../domain/package/format/form.ts'
import { recording, shrunk, signable, whereabouts } from './_media.ts'
import { type FieldWords, say } from './_words.ts'

export type Typed = Record<string, string | string[]>

export type Around = {
  lang: Lang
  w: FieldWords
  typed: Typed
  problems: Record<string, string>
  regions: readonly Region[]
  areas: readonly string[]
  /** NIK and KK that the server knows already. */
  known: ReadonlySet<string>
  put: (name: string, value: string) => void
  addFile: (kind: string, blob: Blob) => Promise<string>
  showFile: (hash: string) => Promise<Blob | undefined>
}

const one = (typed: Typed, name: string) => [typed[name] ?? ''].flat()[0] ?? ''

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

type Shared = { label: string; hint?: string | undefined; problem?: string | undefined; optional?: string | undefined }
type Recorded = Around & { shared: Shared; name: string }

function Box({ shared, name, children }: { shared: Shared; name: string; children: preact.ComponentChildren }) {
  return (
    <fieldset id={name} class={shared.problem ? 'field bad' : 'field'} tabindex={-1}>
      <legend>
        {shared.label} {shared.optional && <span class="soft small">({shared.optional})</span>}
      </legend>
      {shared.hint && <p class="hint">{shared.hint}</p>}
      {shared.problem && <p class="problem">{shared.problem}</p>}
      {children}
    </fieldset>
  )
}

function Place({ w, typed, put, shared, name, most }: Recorded & { most?: number | undefined }) {
  const [said, say] = useState('')
  const [lat, lon, n] = ['lat', 'lon', 'accuracy'].map((part) => one(typed, `${name}.${part}`))
  const take = async () => {
    say(w.gpsTaking)
    try {
      const found = await whereabouts()
      for (const [part, value] of Object.entries(found)) put(`${name}.${part}`, String(value))
      say(most && found.accuracy > most ? fill(w.gpsRough, { n: found.accuracy, most }) : '')
    } catch {
      say(w.gpsFailed)
    }
  }
  return (
    <Box shared={shared} name={name}>
      <button type="button" class="quiet" onClick={take}>
        {w.gpsTake}
      </button>
      <p role="status">{said || (lat && fill(w.gpsTaken, { lat, lon: lon!, n: n! }))}</p>
    </Box>
  )
}

/** A picture that lies in a box on the phone. */
function Picture({ hash, showFile, alt }: { hash: string; alt: string } & Pick<Around, 'showFile'>) {
  const [src, setSrc] = useState('')
  useEffect(() => {
    let made = ''
    void showFile(hash).then((blob) => {
      if (!blob) return
      made = URL.createObjectURL(blob)
      setSrc(made)
    })
    return () => URL.revokeObjectURL(made)
  }, [hash])
  return src ? <img src={src} alt={alt} /> : null
}

function Photo({ w, typed, put, addFile, showFile, shared, name, kilobytes }: Recorded & { kilobytes: number }) {
  const [said, say] = useState('')
  const kept = one(typed, name)
  const taken = async (input: HTMLInputElement) => {
    const file = input.files?.[0]
    if (!file) return
    const small = await shrunk(file, kilobytes).catch(() => undefined)
    if (!small) return say(fill(w.photoTooLarge, { n: kilobytes }))
    say('')
    put(name, `${await addFile('photo', small)}:${Math.ceil(small.size / 1024)}`)
  }
  return (
    <Box shared={{ ...shared, hint: shared.hint ?? w.photoHint }} name={name}>
      {kept && (
        <Picture hash={kept.split(':')[0]!} showFile={showFile} alt={fill(w.photoAlt, { label: shared.label })} />
      )}
      <label class="button quiet">
        {kept ? w.photoAgain : w.takePhoto}
        <input
          class="unseen"
          type="file"
          accept="image/*"
          capture="environment"
          onChange={({ currentTarget }) => void taken(currentTarget)}
        />
      </label>
      {kept && (
        <button type="button" class="link" onClick={() => put(name, '')}>
          {w.removeFile}
        </button>
      )}
      <p role="status">{said}</p>
    </Box>
  )
}

function Voice({ w, typed, put, addFile, shared, name, seconds }: Recorded & { seconds: number }) {
  const [said, say] = useState('')
  const [stop, setStop] = useState<(() => void) | undefined>()
  const kept = one(typed, name)
  const act = async () => {
    if (stop) return stop()
    try {
      const going = await recording(seconds)
      setStop(() => going.stop)
      say('●')
      const made = await going.done
      put(name, `${await addFile('voice', made.blob)}:${made.seconds}`)
      say('')
    } catch {
      say(w.noMicrophone)
    }
    setStop(undefined)
  }
  return (
    <Box shared={{ ...shared, hint: shared.hint ?? fill(w.voicePlain, { n: seconds }) }} name={name}>
      <button type="button" class={stop ? '' : 'quiet'} onClick={act}>
        {stop ? w.stop : kept ? w.recordAgain : w.record}
      </button>
      {kept && (
        <button type="button" class="link" onClick={() => put(name, '')}>
          {w.removeFile}
        </button>
      )}
      <p role="status">{said || (kept && fill(w.recorded, { n: kept.split(':')[1]! }))}</p>
    </Box>
  )
}

function Signature({ w, typed, put, addFile, shared, name }: Recorded) {
  const place = useRef<HTMLCanvasElement>(null)
  const tools = useRef<{ clear: () => void } | undefined>(undefined)
  const [written, write] = useState('')
  const [agreed, agree] = useState(false)
  const [drawn, setDrawn] = useState(false)
  useEffect(() => {
    if (place.current) tools.current = signable(place.current, () => setDrawn(true))
  }, [])
  const keepDrawn = () =>
    place.current?.toBlob(async (blob) => {
      if (blob) put(name, `${await addFile('signature', blob)}:${Math.ceil(blob.size / 1024)}`)
    }, 'image/png')
  const keepTyped = async () => {
    const blob = new Blob([`${written.trim()}\n${new Date().toISOString()}\n`], { type: 'text/plain' })
    put(name, `${await addFile('signature', blob)}:1`)
  }
  if (one(typed, name))
    return (
      <Box shared={shared} name={name}>
        <p role="status">✓ {w.signKept}</p>
        <button type="button" class="link" onClick={() => put(name, '')}>
          {w.signClear}
        </button>
      </Box>
    )
  return (
    <Box shared={shared} name={name}>
      <p class="hint">{w.signHere}</p>
      <canvas ref={place} width={600} height={240} role="img" aria-label={w.signHere} />
      <div class="actions">
        <button type="button" class="quiet" disabled={!drawn} onClick={keepDrawn}>
          {w.signKeep}
        </button>
        <button
          type="button"
          class="link"
          onClick={() => {
            tools.current?.clear()
            setDrawn(false)
          }}
        >
          {w.signClear}
        </button>
      </div>
      <label for={`${name}-typed`}>{w.signTyped}</label>
      <input id={`${name}-typed`} value={written} maxLength={120} onInput={(e) => write(e.currentTarget.value)} />
      <label class="choice">
        <input type="checkbox" checked={agreed} onChange={(e) => agree(e.currentTarget.checked)} />
        <span>{w.signConfirm}</span>
      </label>
      <button type="button" class="quiet" disabled={!agreed || written.trim().length < 3} onClick={keepTyped}>
        {w.signKeep}
      </button>
    </Box>
  )
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
            {w.removeRow}
          </button>
        )}
      </div>
    </Box>
  )
}
