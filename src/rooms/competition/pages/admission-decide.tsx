import { fill } from '#platform/text.ts'
import { Form, Notice, Select, sentence, TextArea } from '#platform/ui/index.ts'
import { platformWords } from '#platform/words/index.ts'
import { failReasons, reasonOf } from '../domain/admission-decision.ts'
import { admissionWords } from '../text/admission.ts'
import { reasonWords } from '../text/reason.ts'
import type { EntryPageProps } from './admission-entry.tsx'
import { tellFinding } from './finding-words.ts'

/** What this reader may do with the entry now: read it, read it second, or change what was decided. */
export function Decide(props: EntryPageProps) {
  const { view, round, entry, mayNow, readings, winners } = props
  const { lang } = view
  const w = admissionWords(lang)
  const p = platformWords(lang)
  if (mayNow === 'wait') return <Notice tone="attention">{<p>{w.decideWaits}</p>}</Notice>
  if (mayNow === 'nothing') return null
  const path = `/competition/rounds/${round.id}/admission/${entry.id}`
  if (mayNow === 'change') {
    const toPass = readings.at(-1)?.verdict === 'fail'
    return (
      <details open={props.problems !== undefined || props.refusal !== undefined}>
        <summary>{w.changeTitle}</summary>
        <p class="small">{w.changeLead}</p>
        <Form action={`${path}/change`}>
          <input type="hidden" name="verdict" value={toPass ? 'pass' : 'fail'} />
          {!toPass && <Reasons {...props} />}
          <Note {...props} label={w.changeReason} />
          <div class="actions">
            <button type="submit" class="danger">
              {toPass ? w.changeToPass : w.changeToFail}
            </button>
          </div>
        </Form>
      </details>
    )
  }
  const verdict = props.typed?.verdict
  return (
    <section>
      <h2>{mayNow === 'read-second' ? w.decideSecondTitle : w.decideTitle}</h2>
      {mayNow === 'read-second' && <p>{fill(w.decideSecondLead, { name: readings[0]?.reader ?? '' })}</p>}
      <Form action={path}>
        <fieldset class={props.problems?.verdict ? 'field bad' : 'field'} id="verdict" tabindex={-1}>
          <legend>{w.verdict}</legend>
          {props.problems?.verdict && <p class="problem">{sentence(props.problems.verdict, lang, w)}</p>}
          {(['pass', 'fail'] as const).map((value) => (
            <label class="choice" key={value}>
              <input type="radio" name="verdict" value={value} checked={verdict === value} />
              <span>
                {value === 'pass' ? w.verdictPass : w.verdictFail}
                {value === 'fail' && <span class="hint">{w.verdictFailHint}</span>}
              </span>
            </label>
          ))}
        </fieldset>
        <Reasons {...props} />
        <Note {...props} label={w.noteForOwners} hint={w.noteForOwnersHint} optional={p.optional} />
        {winners.length > 0 && (
          <Select
            name="source"
            label={w.recommendSource}
            hint={w.recommendSourceHint}
            empty={w.recommendNone}
            value={String(props.typed?.source ?? '')}
            options={winners.map(({ winner }) => ({
              value: winner.id,
              label: `${winner.title} · ${winner.agencyName} ${winner.year || ''}`,
            }))}
          />
        )}
        <div class="actions">
          <button type="submit">{w.saveReading}</button>
        </div>
      </Form>
    </section>
  )
}

function Note({
  view: { lang },
  typed,
  problems,
  label,
  hint,
  optional,
}: EntryPageProps & { label: string; hint?: string; optional?: string }) {
  const w = admissionWords(lang)
  return (
    <TextArea
      name="note"
      label={label}
      hint={hint}
      optional={optional}
      rows={3}
      value={String(typed?.note ?? '')}
      problem={problems?.note && sentence(problems.note, lang, w)}
    />
  )
}

/** The reasons, each with its explanation; those to which the machine points come first, with what it found. */
function Reasons({ view: { lang }, round: { rules }, entry, examination, typed, problems }: EntryPageProps) {
  const w = admissionWords(lang)
  const found = (examination?.findings ?? []).filter(({ severity }) => severity === 'fail' || severity === 'warning')
  const saidOf = (reason: string) =>
    found
      .filter((each) => reasonOf[each.rule] === reason)
      .map((each) => tellFinding(each, rules, entry.group, lang).found)
  const ticked = Array.isArray(typed?.reasons) ? (typed.reasons as string[]) : []
  const pointed = failReasons.filter((reason) => saidOf(reason).length > 0)
  const rest = failReasons.filter((reason) => !pointed.includes(reason))
  const one = (reason: (typeof failReasons)[number]) => {
    const words = reasonWords(reason, lang)
    const note = `note-${reason}`
    const said = saidOf(reason)
    return (
      <div key={reason} class="stack">
        <label class="choice">
          <input type="checkbox" name="reasons[]" value={reason} checked={ticked.includes(reason)} />
          <span>
            {words.name}
            {said.slice(0, 2).map((each) => (
              <span key={each} class="hint">
                {fill(w.machineSays, { found: each })}
              </span>
            ))}
            {said.length > 2 && <span class="hint">{fill(w.moreFindings, { n: said.length - 2 })}</span>}
          </span>
        </label>
        <details open={ticked.includes(reason) || problems?.[note] !== undefined}>
          <summary>{fill(w.reasonNote, { reason: words.name })}</summary>
          <TextArea
            name={note}
            label={fill(w.reasonNote, { reason: words.name })}
            hint={w.reasonNoteHint}
            rows={3}
            value={String(typed?.[note] ?? said.join(' '))}
            problem={problems?.[note] && sentence(problems[note], lang, w)}
          />
        </details>
      </div>
    )
  }
  return (
    <fieldset class={problems?.reasons ? 'field bad' : 'field'} id="reasons" tabindex={-1}>
      <legend>{w.reasons}</legend>
      {problems?.reasons && <p class="problem">{sentence(problems.reasons, lang, w)}</p>}
      {pointed.map(one)}
      {pointed.length === 0 ? (
        rest.map(one)
      ) : (
        <details open={rest.some((reason) => ticked.includes(reason))}>
          <summary>{w.otherReasons}</summary>
          {rest.map(one)}
        </details>
      )}
    </fieldset>
  )
}
