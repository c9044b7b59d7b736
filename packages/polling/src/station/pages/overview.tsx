import type { Counts } from '../../format/index.ts'
import { Button, fill, type Lang, Screen, type ScreenStatus, sayNumber } from '../../screen/index.ts'
import type { StepName } from '../law.ts'
import type { Problem } from '../problems.ts'
import type { StationState } from '../state.ts'
import { stationWords } from '../words/index.ts'

const where: Record<StepName, string> = {
  join: '/devices',
  zero: '/zero',
  open: '/zero',
  vote: '/',
  queue: '/queue',
  boxes: '/boxes',
  pending: '/sessions',
  'by-hand': '/by-hand',
  reconcile: '/sheet',
  tally: '/tally',
  cards: '/cards',
  result: '/result',
  'hand-over': '/hand-over',
  done: '/hand-over',
}

/** One page that says what is now, what is next, and what is wrong. */
export function Overview({
  lang,
  path,
  status,
  state,
  counts,
  step,
  problems,
  extension,
}: {
  lang: Lang
  path: string
  status: ScreenStatus
  state: StationState
  counts: Counts
  step: StepName
  problems: readonly Problem[]
  /** Minutes of an extension that may be given now. */
  extension?: number
}) {
  const words = stationWords(lang)
  const { until } = state
  return (
    <Screen
      lang={lang}
      path={path}
      status={status}
      title={fill(words.states[state.stage], { until })}
      refresh={10}
      now={
        <>
          <h2>{words.next}</h2>
          <p class="lead">{fill(words.steps[step], { until })}</p>
          <Next lang={lang} state={state} step={step} extension={extension} />
          <h2>{words.all}</h2>
          <ul>
            {Object.entries(words.menu).map(([name, label]) => (
              <li key={name}>
                <a href={`/${name}`}>{label}</a>
              </li>
            ))}
          </ul>
        </>
      }
    >
      <h2>{words.wrong}</h2>
      {problems.length === 0 ? (
        <p class="state good">{words.nothingWrong}</p>
      ) : (
        <ul class="plain">
          {problems.map(({ kind, sentence, href }) => (
            <li key={sentence} class={`state ${kind}`}>
              {href ? <a href={href}>{sentence}</a> : sentence}
            </li>
          ))}
        </ul>
      )}
      {status.media?.some((each) => each.state !== 'good') && (
        <Button action="/rejoin" label={words.rejoin} kind="quiet" />
      )}
      <h2>{words.numbers}</h2>
      <CountsTable lang={lang} counts={counts} />
    </Screen>
  )
}

export function CountsTable({ lang, counts }: { lang: Lang; counts: Counts }) {
  const words = stationWords(lang).counts
  return (
    <dl class="facts">
      {(Object.keys(words) as (keyof Counts)[]).map((name) => (
        <>
          <dt>{words[name]}</dt>
          <dd class="number">{sayNumber(lang, counts[name])}</dd>
        </>
      ))}
    </dl>
  )
}

function Next({
  lang,
  state,
  step,
  extension,
}: {
  lang: Lang
  state: StationState
  step: StepName
  extension?: number | undefined
}) {
  const words = stationWords(lang)
  if (step !== 'vote' && step !== 'queue')
    return (
      <p>
        <a class="button main" href={where[step]}>
          {fill(words.steps[step], { until: state.until })}
        </a>
      </p>
    )
  return (
    <>
      {state.stage === 'open' ? (
        <Button action="/pause" label={words.day.pause} kind="quiet" />
      ) : (
        <Button action="/resume" label={words.day.resume} />
      )}
      {state.queue && (
        <p>
          <a class="button quiet" href="/queue">
            {words.day.queueTitle}
          </a>
        </p>
      )}
      {extension !== undefined && <Button action="/extend" label={fill(words.day.extend, { n: extension })} />}
      <Button action="/head" label={words.day.head} kind="quiet" />
      <Button action="/close" label={words.day.close} kind="grave" />
    </>
  )
}
