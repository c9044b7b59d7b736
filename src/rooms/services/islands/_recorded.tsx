import { useEffect, useRef, useState } from 'preact/hooks'
import { fill, type Lang } from '#platform/text.ts'
import type { Region } from '../domain/field.ts'
import { recording, shrunk, signable, whereabouts } from './_media.ts'
import type { FieldWords } from './_words.ts'

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

export const one = (typed: Typed, name: string) => [typed[name] ?? ''].flat()[0] ?? ''

export type Shared = {
  label: string
  hint?: string | undefined
  problem?: string | undefined
  optional?: string | undefined
}
type Recorded = Around & { shared: Shared; name: string }

export function Box({ shared, name, children }: { shared: Shared; name: string; children: preact.ComponentChildren }) {
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

export function Place({ w, typed, put, shared, name, most }: Recorded & { most?: number | undefined }) {
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

export function Photo({ w, typed, put, addFile, showFile, shared, name, kilobytes }: Recorded & { kilobytes: number }) {
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

export function Voice({ w, typed, put, addFile, shared, name, seconds }: Recorded & { seconds: number }) {
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

export function Signature({ w, typed, put, addFile, shared, name }: Recorded) {
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
      <p class="hint">{w.signInBox}</p>
      <canvas ref={place} width={600} height={240} role="img" aria-label={w.signInBox} />
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
