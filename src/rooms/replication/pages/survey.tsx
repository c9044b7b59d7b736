import type { Form as Typed, View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill, formatNumber } from '#platform/text.ts'
import { Choices, ErrorSummary, Form, Page, Select, State, sentence, TextArea, TextField } from '#platform/ui/index.ts'
import { Radar } from '#platform/ui/radar.tsx'
import { type Answer, type Instrument, type Question, type SurveyState, scoreOf } from '../domain/maturity.ts'
import { words } from '../text/index.ts'

type Shown = {
  view: View
  hub: { id: string; name: string }
  year: number
  instrument: Instrument
  state: SurveyState | null
  answers: readonly Answer[]
  /** What this reader can do with it now; the public reads what was verified, without evidence. */
  mode: 'fill' | 'verify' | 'read' | 'public'
  typed?: Typed | undefined
  problems?: Problems
  refusal?: string | undefined
  /** A sentence of its own, in place of a refusal. */
  said?: string | undefined
}
const tones = { draft: 'calm', sent: 'active', verified: 'good' } as const

/** The maturity of a hub in a year: filled in, verified, or read. */
export function SurveyPage(shown: Shown) {
  const { view, hub, year, instrument, state, answers, mode, problems, refusal, said } = shown
  const w = words(view.lang)
  const chosen = (which: 'own' | 'verified') => new Map(answers.map((answer) => [answer.question, answer[which]]))
  const own = scoreOf(instrument, chosen('own'))
  const verified = state === 'verified' ? scoreOf(instrument, chosen('verified')) : null
  const at = `/replication/hubs/${hub.id}/surveys/${year}`
  const counts = verified ?? own
  const total = { total: formatNumber(counts.total, view.lang, 2), grade: w[`grade-${counts.grade}`] }
  const questions = <Questions {...shown} />
  return (
    <Page
      view={view}
      title={fill(w.surveyTitle, { year, hub: hub.name })}
      lead={w.surveyLead}
      trail={[
        { href: '/replication/hubs', label: w.hubsTitle },
        { href: `/replication/hubs/${hub.id}`, label: hub.name },
      ]}
    >
      {said ? (
        <div class="notice bad" role="alert">
          <p>{said}</p>
        </div>
      ) : (
        <ErrorSummary lang={view.lang} problems={problems} refusal={refusal} words={w} />
      )}
      <p>
        <State tone={state ? tones[state] : 'calm'}>{w[`survey-${state ?? 'none'}`]}</State>
      </p>
      {own.answered > 0 && (
        <>
          <p>
            <strong>{fill(verified ? w.surveyTotal : w.surveyTotalOwn, total)}</strong>
          </p>
          <Radar
            lang={view.lang}
            caption={w.surveyRadar}
            labelHead={w.surveyAspect}
            most={10}
            series={mode === 'public' ? [w.surveyVerified] : [w.surveyOwn, w.surveyVerified]}
            axes={instrument.aspects.map(({ id, names }) => {
              const of = (scored: typeof own | null) =>
                scored?.aspects.find((aspect) => aspect.id === id)?.score ?? null
              return { label: names[view.lang], values: mode === 'public' ? [of(verified)] : [of(own), of(verified)] }
            })}
          />
        </>
      )}
      <p class="hint">{instrument.known[view.lang]}</p>
      {mode === 'fill' ? (
        <>
          <Form action={at} upload>
            {questions}
            <div class="actions">
              <button type="submit">{w.surveySave}</button>
            </div>
          </Form>
          {state === 'draft' && (
            <Form action={`${at}/send`}>
              <div class="actions">
                <button type="submit" class="quiet">
                  {w.surveySend}
                </button>
              </div>
            </Form>
          )}
        </>
      ) : mode === 'verify' ? (
        <Form action={`${at}/verify`}>
          {questions}
          <div class="actions">
            <button type="submit">{w.surveyVerify}</button>
          </div>
        </Form>
      ) : (
        questions
      )}
    </Page>
  )
}

function Questions(shown: Shown) {
  const { view, instrument } = shown
  return (
    <>
      {instrument.aspects.map((aspect) => (
        <section key={aspect.id}>
          <h2>{aspect.names[view.lang]}</h2>
          {aspect.questions.map((question) => (
            <OneQuestion key={question.id} {...shown} question={question} weight={aspect.weight} />
          ))}
        </section>
      ))}
    </>
  )
}

function OneQuestion({
  view,
  hub,
  year,
  answers,
  mode,
  typed,
  problems = {},
  question,
  weight,
}: Shown & { question: Question; weight: number }) {
  const w = words(view.lang)
  const answer = answers.find((one) => one.question === question.id)
  const options = question.options.map(({ id, names, score }) => ({
    value: id,
    label: `${names[view.lang]} (${formatNumber(score, view.lang)})`,
  }))
  const nameOf = (option: string | null | undefined) =>
    options.find(({ value }) => value === option)?.label ?? w.surveyUnanswered
  const hint = [
    fill(w.surveyEvidence, { evidence: question.evidence[view.lang] }),
    fill(w.surveyWeights, {
      aspect: formatNumber(weight, view.lang, 2),
      question: formatNumber(question.weight, view.lang, 2),
    }),
  ].join(' · ')
  const field = (name: string) => `${name}-${question.id}`
  const was = (name: 'own' | 'link' | 'verified' | 'note') => String(typed?.[field(name)] ?? answer?.[name] ?? '')
  const problem = (name: string) => {
    const found = problems[`${question.id}.${name}`]
    return found && sentence(found, view.lang, w)
  }
  const file = answer?.file && (
    <a href={`/replication/hubs/${hub.id}/surveys/${year}/evidence/${question.id}`}>
      {fill(w.surveyFileKept, { name: answer.fileName ?? '' })}
    </a>
  )
  if (mode === 'fill')
    return (
      <>
        <Choices
          name={field('own')}
          label={question.names[view.lang]}
          hint={hint}
          value={was('own')}
          options={options}
        />
        <TextField name={field('link')} type="url" label={w.surveyLink} value={was('link')} problem={problem('link')} />
        <TextField name={field('file')} type="file" label={w.surveyFile} hint={file || undefined} />
      </>
    )
  return (
    <>
      <h3>{question.names[view.lang]}</h3>
      {mode === 'public' ? (
        <p>{nameOf(answer?.verified)}</p>
      ) : (
        <p>
          {w.surveyOwn}: {nameOf(answer?.own)}
          {answer?.verified && (
            <>
              <br />
              {w.surveyVerified}: {nameOf(answer.verified)}
              {answer.note && `. ${answer.note}`}
            </>
          )}
          {answer?.link && (
            <>
              <br />
              <a href={answer.link} rel="noopener nofollow">
                {answer.link}
              </a>
            </>
          )}
          {file && (
            <>
              <br />
              {file}
            </>
          )}
        </p>
      )}
      {mode === 'verify' && (
        <>
          <Select
            name={field('verified')}
            label={w.surveyVerified}
            value={was('verified') || (answer?.own ?? '')}
            problem={problem('verified')}
            options={options}
          />
          <TextArea name={field('note')} rows={2} label={w.surveyNote} value={was('note')} problem={problem('note')} />
        </>
      )}
    </>
  )
}
