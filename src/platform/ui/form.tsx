import type { ComponentChildren } from 'preact'
import { newId } from '../ids.ts'

/** A form that changes something. It carries a token, so that a double click acts once. */
export function Form({
  action,
  children,
  class: className,
  upload = false,
  id,
}: {
  action: string
  children: ComponentChildren
  class?: string
  upload?: boolean
  id?: string
}) {
  return (
    <form
      method="post"
      action={action}
      class={className}
      id={id}
      enctype={upload ? 'multipart/form-data' : undefined}
      novalidate
    >
      <input type="hidden" name="once" value={newId()} />
      {children}
    </form>
  )
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
