import { fill, type Lang } from '#platform/text.ts'
import { TextField, Tick } from '#platform/ui/index.ts'
import type { Field } from '../domain/package/format/form.ts'
import { words } from '../text/index.ts'

type Typed = Record<string, string | string[]>
type Shared = {
  name: string
  label: string
  hint?: string | undefined
  problem?: string | undefined
  optional?: string | undefined
  lang: Lang
  typed: Typed
}

const one = (typed: Typed, name: string) => [typed[name] ?? ''].flat()[0] ?? ''
const plainOf = (fields: readonly Field[]) =>
  fields.flatMap((field) => (field.type === 'group' ? field.fields : [field])).map(({ type }) => type)

/** Whether a form is sent with files. */
export const asksForFiles = (fields: readonly Field[]): boolean =>
  plainOf(fields).some((type) => type === 'photo' || type === 'voice' || type === 'signature')
export const asksForPlace = (fields: readonly Field[]): boolean => plainOf(fields).includes('gps')

/** What is kept already of a file; a page that comes back has not lost it. */
function Kept({ name, typed, lang }: Pick<Shared, 'name' | 'typed' | 'lang'>) {
  const kept = one(typed, name)
  if (!/^[0-9a-f]{64}:/.test(kept)) return null
  return (
    <>
      <input type="hidden" name={name} value={kept} />
      <p class="hint">✓ {words(lang).fileKept}</p>
    </>
  )
}

/** A photograph: from the camera or from a file. The script makes it smaller before it is sent. */
export function PhotoField({ lang, typed, kilobytes, ...shared }: Shared & { kilobytes: number }) {
  const w = words(lang)
  const hint = [shared.hint, fill(w.photoPlain, { n: kilobytes })].filter(Boolean).join(' ')
  return (
    <photo-field id={shared.name} most={String(kilobytes)} failed={fill(w.photoTooLarge, { n: kilobytes })}>
      <TextField
        {...shared}
        id={`${shared.name}-file`}
        name={`${shared.name}.file`}
        hint={hint}
        type="file"
        accept="image/jpeg,image/png,image/webp"
      />
      <Kept name={shared.name} typed={typed} lang={lang} />
    </photo-field>
  )
}

/** Sound: from a file, or recorded here by the script. */
export function VoiceField({ lang, typed, seconds, ...shared }: Shared & { seconds: number }) {
  const w = words(lang)
  const hint = [shared.hint, fill(w.voicePlain, { n: seconds })].filter(Boolean).join(' ')
  const said = { record: w.record, stop: w.stop, recorded: w.recorded, again: w.recordAgain, failed: w.noMicrophone }
  return (
    <voice-field id={shared.name} most={String(seconds)} words={JSON.stringify(said)}>
      <TextField
        {...shared}
        id={`${shared.name}-file`}
        name={`${shared.name}.file`}
        hint={hint}
        type="file"
        accept="audio/*"
      />
      <input type="hidden" name={`${shared.name}.seconds`} value="" />
      <Kept name={shared.name} typed={typed} lang={lang} />
    </voice-field>
  )
}

/** A signature: drawn with the script, or a name that is typed and confirmed. */
export function SignatureField({ lang, typed, ...shared }: Shared) {
  const w = words(lang)
  const { name } = shared
  return (
    <fieldset id={name} class={shared.problem ? 'field bad' : 'field'}>
      <legend>
        {shared.label} {shared.optional && <span class="soft small">({shared.optional})</span>}
      </legend>
      {shared.hint && <p class="hint">{shared.hint}</p>}
      {shared.problem && <p class="problem">{shared.problem}</p>}
      <Kept name={name} typed={typed} lang={lang} />
      <sign-field words={JSON.stringify({ here: w.signInBox, clear: w.signClear })}>
        <input type="hidden" name={`${name}.drawn`} value="" />
      </sign-field>
      <TextField name={`${name}.typed`} label={w.signTyped} value={one(typed, `${name}.typed`)} maxlength={120} />
      <Tick name={`${name}.confirm`} label={w.signConfirm} checked={one(typed, `${name}.confirm`) !== ''} />
    </fieldset>
  )
}

/** A place: taken by the script with how far off it may be, or typed. */
export function PlaceField({ lang, typed, most, ...shared }: Shared & { most?: number | undefined }) {
  const w = words(lang)
  const { name } = shared
  const said = { take: w.gpsTake, taking: w.gpsTaking, taken: w.gpsTaken, failed: w.gpsFailed, rough: w.gpsRough }
  return (
    <fieldset id={name} class={shared.problem ? 'field bad' : 'field'}>
      <legend>
        {shared.label} {shared.optional && <span class="soft small">({shared.optional})</span>}
      </legend>
      {shared.hint && <p class="hint">{shared.hint}</p>}
      {shared.problem && <p class="problem">{shared.problem}</p>}
      <gps-field name={name} most={most === undefined ? undefined : String(most)} words={JSON.stringify(said)} />
      <TextField name={`${name}.lat`} label={w.latitude} inputmode="decimal" value={one(typed, `${name}.lat`)} />
      <TextField name={`${name}.lon`} label={w.longitude} inputmode="decimal" value={one(typed, `${name}.lon`)} />
      <TextField
        name={`${name}.accuracy`}
        label={w.accuracy}
        inputmode="decimal"
        value={one(typed, `${name}.accuracy`)}
      />
    </fieldset>
  )
}

export type FileShown = { label: string; kind: 'photo' | 'voice' | 'signature'; href: string }

/** The files of a case, for those who see their fields. */
export function CaseFiles({ lang, files }: { lang: Lang; files: readonly FileShown[] }) {
  const w = words(lang)
  return (
    <>
      {files.map(({ label, kind, href }) => (
        <figure key={href}>
          {kind === 'photo' && (
            <a href={href}>
              <img src={href} alt={fill(w.photoAlt, { label })} loading="lazy" />
            </a>
          )}
          {/* biome-ignore lint/a11y/useMediaCaption: what somebody recorded has no captions; its case says what it is about. */}
          {kind === 'voice' && <audio controls preload="none" src={href} aria-label={label} />}
          <figcaption class="small">
            {label} {kind !== 'photo' && <a href={href}>{w.fileOpen}</a>}
          </figcaption>
        </figure>
      ))}
    </>
  )
}

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'photo-field': preact.HTMLAttributes<HTMLElement> & { most: string; failed: string }
      'voice-field': preact.HTMLAttributes<HTMLElement> & { most: string; words: string }
      'sign-field': preact.HTMLAttributes<HTMLElement> & { words: string }
      'gps-field': preact.HTMLAttributes<HTMLElement> & { name: string; most: string | undefined; words: string }
    }
  }
}
