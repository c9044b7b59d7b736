import type { View } from '#platform/http.ts'
import { fill, formatDateTime, formatDistance, type Lang } from '#platform/text.ts'
import { State, type Tone } from '#platform/ui/index.ts'
import { deadline } from '../domain/calendar.ts'
import { sourceTitle } from '../domain/published-sources.ts'
import type { Rules } from '../domain/round.ts'
import { nextDate, runningStage } from '../domain/round-life.ts'
import { provenance } from '../domain/round-notes.ts'
import type { Reader } from '../domain/rule-words.ts'
import type { Round, RoundState, StageRow } from '../domain/running-round.ts'
import { words } from '../text/index.ts'

/** Whoever reads rules said in words. */
export const reader = (lang: Lang): Reader => ({ lang, words: words(lang) })

export const roundPath = (id: string) => `/competition/rounds/${id}`

const tones: Record<RoundState, Tone> = { draft: 'attention', published: 'active', finished: 'good', archived: 'calm' }

export const RoundStateLine = ({ state, lang }: { state: RoundState; lang: Lang }) => (
  <State tone={tones[state]}>{words(lang)[`round-state-${state}`]}</State>
)

/** Whether a value is a regulation's or a choice, and where it comes from. Nothing when the document says nothing. `of`: what it is said of. */
export function Origin({ rules, path, lang, of }: { rules: Rules; path: string; lang: Lang; of?: string }) {
  const said = provenance(rules, path)
  if (!said) return null
  const w = words(lang)
  return (
    <p class="hint">
      {of && `${of}: `}
      {said.setting && `${w.settingMark}. ${said.setting[lang]} `}
      {said.sources.length > 0 && `${w.sourceMark}: ${said.sources.map(sourceTitle).join('; ')}.`}
    </p>
  )
}

/** A moment in the three zones of the country, and how far off it is. */
export function ThreeZones({ at, view }: { at: Date; view: View }) {
  const { lang } = view
  return (
    <time datetime={at.toISOString()}>
      {formatDateTime(at, lang, 'WIB')} <span class="soft">({formatDistance(at, view.now, lang)})</span>
      <br />
      <span class="soft small">
        {formatDateTime(at, lang, 'WITA')} · {formatDateTime(at, lang, 'WIT')}
      </span>
    </time>
  )
}

/** The next deadline of whoever takes part. */
export function NextDeadline({ round, view }: { round: Round; view: View }) {
  const w = words(view.lang)
  const next = round.state === 'published' || round.state === 'draft' ? nextDate(round, view.now) : null
  if (next)
    return (
      <>
        {next.name === 'opens' ? w.roundOpens : w.roundCloses}: <ThreeZones at={next.at} view={view} />
      </>
    )
  return (
    <>
      {w.roundClosed}: {formatDateTime(new Date(deadline(round.rules, round.extensions)), view.lang)}
    </>
  )
}

/** Where the round stands, as a sentence. */
export function stageSentence(rules: Rules, stages: readonly StageRow[], lang: Lang): string {
  const w = words(lang)
  const now = runningStage(stages)
  if (now) return fill(w.stageNow, { stage: stageLabel(rules, now, lang) })
  return stages.length > 0 && stages.every((stage) => stage.closed) ? w.stageAll : w.stageNone
}

/** The name of a stage in this round's own words. */
export const stageLabel = (rules: Rules, { seq, kind }: Pick<StageRow, 'seq' | 'kind'>, lang: Lang): string =>
  rules.stages[seq - 1]?.label[lang] ?? kind
