import type { Lang } from '#platform/text.ts'
import type { Book, Carried } from '../domain/field.ts'
import type { Objection } from '../domain/form.ts'
import type { Draft, Phone } from './_phone.ts'
import { type FieldWords, say } from './_words.ts'

type Engine = typeof import('./field-engine.ts').engine
declare global {
  var melayaniEngine: Engine | undefined
}

export type Filling = {
  phone: Phone
  engine: Engine
  lang: Lang
  w: FieldWords
  draft: Draft
  book: Book
  /** The case that it moves, as it will be once what waits here for it has been taken in. */
  carried: Carried | undefined
}

/** Each objection by its field, in words: ours, or those of the package's own check. */
export function problemsOf(
  book: Book,
  formId: string | undefined,
  objections: readonly Objection[],
  lang: Lang,
  w: FieldWords,
): Record<string, string> {
  const checks = book.pkg.forms.find(({ id }) => id === formId)?.checks ?? []
  const said = w as Record<string, string>
  const problems: Record<string, string> = {}
  for (const { rule, field } of objections) {
    const check = checks.find(({ id }) => id === rule)
    const place = rule.includes(':') ? rule.slice(rule.indexOf(':') + 1) : field
    problems[place] ??= check ? say(check.says, lang) : (said[`o-${rule.split(':')[0]}`] ?? said['o-other']!)
  }
  return problems
}

/** Where the thumb is: the way on, large, at the lower edge. */
export const Thumb = ({ children }: { children: preact.ComponentChildren }) => <div class="thumb">{children}</div>

/** Everything at a glance, with a way back to each screen. */
export function Glance({
  engine,
  book,
  lang,
  w,
  judged,
  fields,
  screens,
  go,
}: Pick<Filling, 'engine' | 'book' | 'lang' | 'w'> & {
  judged: ReturnType<Engine['judge']>
  fields: Book['pkg']['forms'][number]['fields']
  screens: ReturnType<Engine['screensOf']>
  go: (to: string) => void
}) {
  const regions = new Map(book.regions.map(({ code, name }) => [code, name]))
  return (
    <dl class="glance">
      {fields
        .filter(
          ({ id }) => judged.data[id] !== undefined && screens.some((one) => one.some((field) => field.id === id)),
        )
        .map((field) => (
          <div key={field.id}>
            <dt>{say(field.label, lang)}</dt>
            <dd>
              {field.type === 'photo' || field.type === 'voice' || field.type === 'signature'
                ? '✓'
                : engine.shownValue(field, judged.data[field.id], { lang, yes: w.yes, no: w.no, regions })}{' '}
              <button
                type="button"
                class="link"
                aria-label={`${w.change}: ${say(field.label, lang)}`}
                onClick={() => go(screens.find((one) => one.some(({ id }) => id === field.id))![0]!.id)}
              >
                {w.change}
              </button>
            </dd>
          </div>
        ))}
    </dl>
  )
}
