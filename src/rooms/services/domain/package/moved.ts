import type { Field, Package } from './format/index.ts'

type Three = [base: Package, ours: Package, theirs: Package]

/**
 * A question that one side moved into another form is moved on the other sides too, before they are compared: what was
 * changed of it there goes along, instead of standing against its removal.
 */
export function alignMoves(base: Package, ours: Package, theirs: Package): Three {
  const three: Three = [base, ours, theirs]
  for (const [side, other] of [
    [1, 2],
    [2, 1],
  ] as const) {
    for (const { id, from, to } of movedFields(base, three[side])) {
      const like = three[side].forms.find((form) => form.id === to)!.fields.map((field) => field.id)
      if (movedFields(base, three[other]).some((move) => move.id === id && move.to !== to)) continue
      three[0] = moveField(three[0], id, from, to, like)
      three[other] = moveField(three[other], id, from, to, like)
    }
  }
  return three
}

/** Questions that stand in another form than before, where both forms were there before and are still. */
export function movedFields(before: Package, after: Package): { id: string; from: string; to: string }[] {
  const has = (pkg: Package, form: string, id: string) => fieldsOf(pkg, form).some((field) => field.id === id)
  return before.forms.flatMap(({ id: from, fields }) =>
    fields.flatMap(({ id }) => {
      if (!after.forms.some((form) => form.id === from) || has(after, from, id)) return []
      const targets = after.forms.filter(
        (form) =>
          form.id !== from &&
          before.forms.some((one) => one.id === form.id) &&
          has(after, form.id, id) &&
          !has(before, form.id, id),
      )
      return targets.length === 1 ? [{ id, from, to: targets[0]!.id }] : []
    }),
  )
}

const fieldsOf = (pkg: Package, form: string): readonly Field[] => pkg.forms.find(({ id }) => id === form)?.fields ?? []

/** The package with a question in another form, behind what it stands behind in `like`. As it is where that cannot be. */
function moveField(pkg: Package, id: string, from: string, to: string, like: readonly string[]): Package {
  const field = fieldsOf(pkg, from).find((one) => one.id === id)
  const target = pkg.forms.find((form) => form.id === to)
  if (!field || !target || target.fields.some((one) => one.id === id)) return pkg
  const before = like.slice(0, like.indexOf(id)).findLast((name) => target.fields.some((one) => one.id === name))
  const at = target.fields.findIndex((one) => one.id === before) + 1
  return {
    ...pkg,
    forms: pkg.forms.map((form) => {
      if (form.id === from) return { ...form, fields: form.fields.filter((one) => one.id !== id) }
      return form.id === to ? { ...form, fields: form.fields.toSpliced(at, 0, field) } : form
    }),
  }
}
