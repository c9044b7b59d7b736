import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill, type Lang } from '#platform/text.ts'
import { ErrorSummary, KeptForm, Notice, Page, Select, sentence, TextArea, TextField } from '#platform/ui/index.ts'
import { platformWords } from '#platform/words/index.ts'
import type { Rules } from '../domain/round.ts'
import type { Problem } from '../domain/round-consistency.ts'
import type { Addition, Block } from '../domain/round-field.ts'
import { fieldsOf, sectionOf } from '../domain/round-fields.ts'
import type { Typed } from '../domain/round-form.ts'
import { fieldName, pathInWords, problemInWords } from '../domain/rule-words.ts'
import type { Round } from '../domain/running-round.ts'
import { words } from '../text/index.ts'
import { type Draft, sectionName, trailOf } from './round-edit.tsx'
import { labelOf, RuleField, type Shown } from './round-field.tsx'
import { reader, roundPath } from './round-parts.tsx'
import { rowLabels } from './round-rows.tsx'

/** One section of the draft as a form. `typed` is what came back with problems. */
export function EditSectionPage({
  view,
  round,
  draft,
  section,
  typed,
  problems = {},
  places = [],
  refusal,
  touched,
}: {
  view: View
  round: Round
  draft: Draft
  section: string
  typed?: Typed | undefined
  problems?: Problems
  /** Problems in a document that was typed as a whole. */
  places?: readonly Problem[]
  refusal?: string | undefined
  /** The list whose button was pressed. */
  touched?: string | undefined
}) {
  const { lang } = view
  const w = words(lang)
  const path = roundPath(round.id)
  const { rules } = draft
  const shown: Shown = { rules, typed, problems, lang, touched }
  const known = draft.problems.filter((problem) => sectionOf(problem.path) === section)
  // A form that came back still names the save it started from, so that sending it again cannot overwrite a later one.
  const from = (name: 'base' | 'revision') => String(typed?.[name] ?? draft[name])
  return (
    <Page
      view={view}
      title={sectionName(rules, section, lang)}
      islands={['keep-form']}
      trail={[...trailOf(round, lang), { href: `${path}/edit`, label: fill(w.editTitle, { round: rules.name[lang] }) }]}
    >
      <ErrorSummary
        lang={lang}
        problems={problems}
        refusal={refusal}
        words={w}
        labels={labelsOf(rules, section, typed, lang)}
      />
      {places.length > 0 && (
        <Notice tone="bad">
          <ul>
            {places.map((problem, i) => (
              <li key={i}>
                <code>{problem.path}</code>: {problemInWords(problem, reader(lang))}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {!typed && known.length > 0 && (
        <Notice tone="attention" title={w.problemsTitle}>
          <ul>
            {known.map((problem, i) => (
              <li key={i}>
                {pathInWords(rules, problem.path, reader(lang))}: {problemInWords(problem, reader(lang))}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {touched && (
        <Notice tone="attention">
          <p>{w.rowsNotSaved}</p>
        </Notice>
      )}
      <KeptForm
        lang={lang}
        owner={view.actor.id}
        name={`round:${round.id}:${section}`}
        state={`${draft.base}.${draft.revision}`}
        typed={typed !== undefined}
        rows
        action={`${path}/edit/${section}`}
      >
        {/* The first button is the one that the Enter key presses: it must save, not remove a row. */}
        <button type="submit" class="unseen" tabindex={-1}>
          {w.saveSection}
        </button>
        <input type="hidden" name="base" value={from('base')} />
        <input type="hidden" name="revision" value={from('revision')} />
        {section === 'document' ? (
          <TextArea
            name="document"
            label={w.expertTitle}
            hint={w.expertHint}
            rows={30}
            value={typed ? String(typed.document ?? '') : JSON.stringify(rules, null, 2)}
            problem={problems.document && sentence(problems.document, lang, w)}
          />
        ) : (
          <Fields {...shown} section={section} />
        )}
        <div class="actions">
          <button type="submit">{w.saveSection}</button>
          <a class="button quiet" href={`${path}/edit`}>
            {platformWords(lang).back}
          </a>
        </div>
      </KeptForm>
    </Page>
  )
}

function Fields({ section, ...shown }: Shown & { section: string }) {
  const fields = fieldsOf(shown.rules, section)
  if (!fields) return null
  return (
    <>
      {section === 'interview' && !shown.rules.interview && <p class="hint">{words(shown.lang).withInterview}</p>}
      {fields.blocks.map((block, i) => (
        <BlockFields key={i} block={block} {...shown} />
      ))}
      {fields.additions.map((addition) => (
        <AdditionFields key={addition.list} addition={addition} {...shown} />
      ))}
    </>
  )
}

function BlockFields({ block, ...shown }: Shown & { block: Block }) {
  const { typed, problems, lang } = shown
  const w = words(lang)
  const { item, order, title } = block
  const inside = block.fields.map((field) => <RuleField key={field.path} field={field} {...shown} />)
  if (item === null) return <>{inside}</>
  const gone = typed ? [typed.remove ?? []].flat().includes(item) : false
  const name = title?.[lang] ?? item
  const id = item.replace(/[^\w-]/g, '-')
  const wrong = Object.keys(problems).some((field) => field === item || field.startsWith(`${item}.`))
  // Questions have many fields each; one looks for the question first.
  const many = block.fields.length > 6
  const open = wrong || (shown.touched?.startsWith(`${item}.`) ?? false)
  const body = (
    <>
      {order !== null && (
        <TextField
          name={`order.${item}`}
          label={w.orderN}
          inputmode="decimal"
          value={typed ? String(typed[`order.${item}`] ?? '') : order}
        />
      )}
      {inside}
      <div class="field">
        {problems[item] && <p class="problem">{sentence(problems[item], lang, w)}</p>}
        <label class="choice">
          <input type="checkbox" name="remove[]" value={item} checked={gone} />
          <span>{fill(w.removeThis, { name })}</span>
        </label>
      </div>
    </>
  )
  if (many)
    return (
      <details id={id} open={open}>
        <summary>{order === null ? name : `${order}. ${name}`}</summary>
        <fieldset>
          <legend class="unseen">{name}</legend>
          {body}
        </fieldset>
      </details>
    )
  return (
    <fieldset id={id}>
      <legend>{name}</legend>
      {body}
    </fieldset>
  )
}

function AdditionFields({ addition, typed, problems, lang }: Shown & { addition: Addition }) {
  const w = words(lang)
  const { list, kinds } = addition
  const shared = (part: string, label: string) => {
    const name = `add.${list}.${part}`
    return {
      name,
      label,
      value: typed ? String(typed[name] ?? '') : '',
      problem: problems[name] && sentence(problems[name], lang, w),
    }
  }
  const kindWords = w as Record<string, string>
  const kindName = (kind: string) =>
    kindWords[`${list === 'stages' ? 'stage' : list === 'clusters' ? 'kind' : 'question'}-${kind}`] ?? kind
  return (
    <details open={Boolean(typed?.[`add.${list}.key`])}>
      <summary>
        {w.addOne}: {fieldName(addition.name, reader(lang))}
      </summary>
      <TextField {...shared('key', w.addKey)} hint={w.addKeyHint} />
      <TextField {...shared('id', `${w.addName} (${w.inIndonesian})`)} />
      <TextField {...shared('en', `${w.addName} (${w.inEnglish})`)} />
      {kinds && (
        <Select {...shared('kind', w['f-kind'])} options={kinds.map((value) => ({ value, label: kindName(value) }))} />
      )}
    </details>
  )
}

/** What the summary of problems calls each field. */
function labelsOf(rules: Rules, section: string, typed: Typed | undefined, lang: Lang): Record<string, string> {
  const w = words(lang)
  const fields = fieldsOf(rules, section)
  if (!fields) return {}
  const own = fields.blocks.flatMap((block) =>
    block.fields.flatMap((field) => {
      const under = (label: string) => [block.title?.[lang], label].filter(Boolean).join(' › ')
      const name = under(labelOf(field, lang))
      if (field.kind === 'rows' || field.kind === 'copied')
        return rowLabels(field, typed, lang).map(([at, label]) => [at, under(label)])
      return [
        [field.path, name],
        [`${field.path}.id`, `${name} (${w.inIndonesian})`],
        [`${field.path}.en`, `${name} (${w.inEnglish})`],
      ]
    }),
  )
  return Object.fromEntries(own)
}
