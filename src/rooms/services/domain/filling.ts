import { dayOf } from './calendar.ts'
import { agreed, type Case, type Installation, scopeOf } from './case.ts'
import { type Answers, type Filled, fillIn } from './form.ts'
import type { Form } from './package/format/form.ts'
import type { Package } from './package/format/index.ts'

/** Judge a form as it is filled in for a case: the same on the phone and on the server. */
export function fillForm(
  pkg: Package,
  here: Installation,
  it: Case,
  form: Form,
  answers: Answers,
  now: number,
): Filled {
  return fillIn(form, answers, {
    scope: scopeOf(pkg, it, here, now),
    today: dayOf(now, here.place.zone),
    agreed: (purpose, soFar) => {
      const asked = pkg.purposes.find(({ id }) => id === purpose)
      // Asked in this very form: judged by its answer. Asked earlier: as it was given, or taken back since.
      if (asked && form.fields.some(({ id }) => id === asked.askedBy)) return agreed(pkg, purpose, soFar)
      return it.consents[purpose]?.given === true
    },
    ...(here.knowsRegion ? { knowsRegion: here.knowsRegion } : {}),
    ...(here.allowSynthetic ? { allowSynthetic: true } : {}),
  })
}
