import type { ComponentChildren } from 'preact'
import { newId } from '../ids.ts'
import type { Lang } from '../text.ts'
import { platformWords } from '../words/index.ts'

/** A form that changes something. It carries a token, so that a double click acts once. */
export function Form({
  action,
  children,
  class: className,
  upload = false,
  id,
  autocomplete,
}: {
  action: string
  children: ComponentChildren
  class?: string
  upload?: boolean
  id?: string
  /** `off`: the browser itself fills nothing in again, not even on coming back. */
  autocomplete?: 'off'
}) {
  return (
    <form
      method="post"
      action={action}
      class={className}
      id={id}
      autocomplete={autocomplete}
      enctype={upload ? 'multipart/form-data' : undefined}
      novalidate
    >
      <input type="hidden" name="once" value={newId()} />
      {children}
    </form>
  )
}

/**
 * A form whose fields this device keeps until they were sent; give the page the island `keep-form`. `owner` and `name` say
 * whose form of which thing it is, `state` what the server holds, which is another after a success. `typed`: it came back
 * with what was typed. `rows`: its rows can be added and removed; what was typed in other rows comes back from the
 * server, which answers the act `row` = `show` with the form as typed.
 */
export function KeptForm({
  lang,
  owner,
  name,
  state,
  typed = false,
  rows = false,
  action,
  children,
}: {
  lang: Lang
  owner: string | null
  name: string
  state: string | number
  typed?: boolean
  rows?: boolean
  action: string
  children: ComponentChildren
}) {
  const w = platformWords(lang)
  return (
    <keep-form
      owner={owner ?? ''}
      name={name}
      state={String(state)}
      typed={typed || undefined}
      restored={w.formRestored}
      discard={w.formDiscard}
      waiting={rows ? w.formWaiting : undefined}
      show={rows ? w.formShow : undefined}
    >
      <Form action={action}>{children}</Form>
    </keep-form>
  )
}

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'keep-form': preact.HTMLAttributes<HTMLElement> & {
        owner: string
        name: string
        state: string
        typed: true | undefined
        restored: string
        discard: string
        waiting: string | undefined
        show: string | undefined
      }
    }
  }
}

/** A button that is a form of its own. */
export function ActionButton({
  action,
  children,
  kind,
  fields = {},
}: {
  action: string
  children: ComponentChildren
  kind?: 'quiet' | 'danger' | 'link'
  fields?: Record<string, string>
}) {
  return (
    <Form action={action}>
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button type="submit" class={kind}>
        {children}
      </button>
    </Form>
  )
}
