import type { View } from '#platform/http.ts'
import { fill, formatNumber } from '#platform/text.ts'
import { Choices, sentence, TextField } from '#platform/ui/index.ts'
import type { SettingConflict } from '../domain/carrying.ts'
import { say } from '../domain/held.ts'
import { type Change, changesBelow } from '../domain/package/changes.ts'
import type { Package } from '../domain/package/format/index.ts'
import type { Conflict } from '../domain/package/merge.ts'
import { changeWords } from '../text/change.ts'
import { words } from '../text/index.ts'
import { shown, tellChange, tellConflict } from './change-words.ts'
import type { Deciding } from './upgrade-decide.tsx'

type OfConflict<C> = Pick<Deciding, 'view' | 'base' | 'ours' | 'theirs' | 'choices' | 'typed' | 'problems'> & {
  conflict: C
}

/** What was chosen, or typed just now. */
function chosen(
  { typed, choices }: Pick<Deciding, 'typed' | 'choices'>,
  id: string,
): { pick: string; text: string | undefined } {
  const choice = choices[id]
  const text = choice?.pick === 'anew' ? choice.text : undefined
  if (!typed) return { pick: choice?.pick ?? '', text }
  return { pick: String(typed[`pick-${id}`] ?? ''), text: String(typed[`text-${id}`] ?? text ?? '') }
}

/** One conflict as a question: yours, theirs, or words written anew. */
export function ConflictPart(deciding: OfConflict<Conflict>) {
  const { view, base, ours, theirs, conflict, problems = {} } = deciding
  const w = words(view.lang)
  const c = changeWords(view.lang)
  const packages = [ours, theirs, base]
  const { pick, text } = chosen(deciding, conflict.id)
  const problem = problems[`text-${conflict.id}`]
  // What is a thing of its own is told by what changed in it, not by all that it says.
  const inside = (after: unknown) => changesBelow(conflict.path, conflict.base, after).slice(0, 12)
  const whole = typeof (conflict.theirs ?? conflict.ours) === 'object' && conflict.kind !== 'order'
  const side = (after: unknown) =>
    after === undefined
      ? c.nothing
      : whole && conflict.base !== undefined
        ? told(inside(after), packages, view)
        : shown(after, view.lang)
  return (
    <>
      <Choices
        name={`pick-${conflict.id}`}
        label={tellConflict(conflict, packages, view.lang)}
        hint={
          conflict.base === undefined || whole ? undefined : fill(c.before, { value: shown(conflict.base, view.lang) })
        }
        value={pick}
        options={[
          { value: 'ours', label: c.keepOurs, hint: fill(c.oursSays, { value: side(conflict.ours) }) },
          { value: 'theirs', label: c.takeTheirs, hint: fill(c.theirsSays, { value: side(conflict.theirs) }) },
          ...(conflict.text ? [{ value: 'anew', label: c.writeAnew }] : []),
        ]}
      />
      {conflict.text && (
        <TextField
          name={`text-${conflict.id}`}
          label={c.newText}
          optional={c.writeAnew}
          value={text}
          problem={problem && sentence(problem, view.lang, w)}
        />
      )}
    </>
  )
}

const told = (changes: readonly Change[], packages: readonly Package[], view: View) =>
  changes.map((change) => tellChange(change, packages, view.lang)).join(' ')

/** A value of the agency's that the new version does not allow, as a question: the default, or another. */
export function SettingPart(deciding: OfConflict<SettingConflict>) {
  const { view, conflict, problems = {} } = deciding
  const w = words(view.lang)
  const c = changeWords(view.lang)
  const { setting, value, id } = conflict
  const { pick, text } = chosen(deciding, id)
  const problem = problems[`text-${id}`]
  const thing = `“${say(setting.label, view.lang)}”`
  return (
    <>
      <Choices
        name={`pick-${id}`}
        label={fill(c.conflictSetting, { thing, value: shown(value, view.lang), range: rangeOf(setting, view) })}
        value={pick}
        options={[
          { value: 'theirs', label: fill(c.takeDefault, { value: shown(setting.default, view.lang) }) },
          { value: 'anew', label: c.otherValue },
        ]}
      />
      <TextField
        name={`text-${id}`}
        label={c.otherValue}
        optional={rangeOf(setting, view)}
        value={text}
        inputmode={setting.type === 'number' ? 'decimal' : 'text'}
        problem={problem && sentence(problem, view.lang, w)}
      />
    </>
  )
}

function rangeOf(setting: SettingConflict['setting'], view: View): string {
  const c = changeWords(view.lang)
  if (setting.type === 'choice')
    return setting.options.map(({ id, label }) => `${id}: ${say(label, view.lang)}`).join(', ')
  if (setting.type !== 'number') return c.rangeOther
  const [min, max] = [setting.min, setting.max].map((n) => n !== undefined && formatNumber(n, view.lang))
  if (min && max) return fill(c.rangeBetween, { min, max })
  return min ? fill(c.rangeFrom, { min }) : max ? fill(c.rangeTo, { max }) : c.rangeOther
}
