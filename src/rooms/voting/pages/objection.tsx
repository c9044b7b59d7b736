import type { ComponentChildren } from 'preact'
import type { Form as Typed, View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill, formatDateTime } from '#platform/text.ts'
import {
  Choices,
  ErrorSummary,
  Facts,
  Form,
  Notice,
  Page,
  Select,
  State,
  sentence,
  TextArea,
  TextField,
  Tick,
  type Tone,
} from '#platform/ui/index.ts'
import type { Election } from '../domain/election.ts'
import {
  isOverdue,
  type ObjectionKind,
  type ObjectionRole,
  type ObjectionState,
  objectionKinds,
  objectionRoles,
  outcomes,
  type StepKind,
  type StepOutcome,
} from '../domain/objection.ts'
import { words } from '../text/index.ts'
import { typedText, withinTrail } from './parts.tsx'

export type StepShown = {
  n: number
  kind: StepKind
  outcome: StepOutcome | null
  text: string
  at: Date
  late: boolean
}
export type ObjectionShown = {
  id: string
  number: number
  tpsNumber: number | null
  role: ObjectionRole
  about: ObjectionKind
  statement: string | null
  filed: Date
  due: Date
  state: ObjectionState
  steps: readonly StepShown[]
}
type Again = { typed?: Typed; problems?: Problems; refusal?: string | undefined }
type InElection = Pick<Election, 'id' | 'wave' | 'waveName' | 'villageName' | 'mode'>

const tones: Record<ObjectionState, Tone> = {
  filed: 'attention',
  mediated: 'active',
  answered: 'active',
  appealed: 'attention',
  decided: 'good',
  withdrawn: 'calm',
}

function ObjectionFacts({ view, objection }: { view: View; objection: ObjectionShown }) {
  const w = words(view.lang)
  const when = (at: Date) => formatDateTime(at, view.lang, view.zone)
  const late = isOverdue(objection, view.now)
  const waits = objection.state === 'filed' || objection.state === 'mediated'
  return (
    <Facts
      facts={[
        [
          w.objectionState,
          <>
            <State tone={tones[objection.state]}>{w[`ostate-${objection.state}`]}</State>
            {late && <State tone="bad">{w.overdue}</State>}
          </>,
        ],
        [w.objectionAbout, w[`about-${objection.about}`]],
        [w.objectionTps, objection.tpsNumber === null ? w.objectionTpsNone : fill(w.tpsN, { n: objection.tpsNumber })],
        [w.filedOn, `${when(objection.filed)} · ${w[`orole-${objection.role}`]}`],
        ...(waits ? [[w.dueOn, when(objection.due)] as const] : []),
      ]}
    />
  )
}

function Steps({ view, steps }: { view: View; steps: readonly StepShown[] }) {
  const w = words(view.lang)
  if (steps.length === 0) return null
  return (
    <ol class="history">
      {steps.map((step) => (
        <li key={step.n}>
          <strong>{w[`ostep-${step.kind}`]}</strong>
          {step.outcome && `: ${w[`out-${step.outcome}`]}`}
          {step.late && ` (${w.stepLate})`}
          <p>{step.text}</p>
          <time datetime={step.at.toISOString()}>{formatDateTime(step.at, view.lang, view.zone)}</time>
        </li>
      ))}
    </ol>
  )
}

/** Every objection to an election with what was done about it, for everybody. Nobody's name stands here. */
export function ObjectionsPage({
  view,
  election,
  objections,
  office,
  closed,
}: {
  view: View
  election: InElection
  objections: readonly ObjectionShown[]
  /** This reader may open each in full. */
  office: boolean
  /** Why none may be filed now. */
  closed: 'objection-early' | 'objection-over' | undefined
}) {
  const w = words(view.lang)
  return (
    <Page view={view} title={w.objectionsTitle} lead={w.objectionsLead} trail={withinTrail(view, election)}>
      <p class="actions">
        {closed ? (
          <span>{w[closed]}</span>
        ) : (
          <a class="button" href={`/voting/elections/${election.id}/objections/new`}>
            {w.objectionFile}
          </a>
        )}{' '}
        <a href="/voting/objections">{w.objectionFollow}</a>
      </p>
      {objections.length === 0 && <p>{w.objectionsNone}</p>}
      {objections.map((objection) => (
        <section key={objection.id} id={`keberatan-${objection.number}`}>
          <h2>{fill(w.objectionN, { n: objection.number })}</h2>
          <ObjectionFacts view={view} objection={objection} />
          <p>{objection.statement ?? <span class="soft">{w.statementHidden}</span>}</p>
          <Steps view={view} steps={objection.steps} />
          {office && (
            <p>
              <a href={`/voting/objections/${objection.id}`}>{w.objectionOpen}</a>
            </p>
          )}
        </section>
      ))}
    </Page>
  )
}

/** The form for whoever objects. */
export function ObjectPage({
  view,
  election,
  places,
  typed,
  problems = {},
  refusal,
}: { view: View; election: InElection; places: readonly { id: string; number: number }[] } & Again) {
  const w = words(view.lang)
  const labels = {
    role: w.objectionRole,
    about: w.objectionAbout,
    tps: w.objectionTps,
    name: w.objectorName,
    contact: w.objectorContact,
    statement: w.statement,
    demand: w.demand,
    file: w.evidence,
  }
  const problem = (name: string) => problems[name] && sentence(problems[name], view.lang, w)
  const field = (name: keyof typeof labels) => ({
    name,
    label: labels[name],
    value: typedText(typed, name),
    problem: problem(name),
  })
  return (
    <Page view={view} title={w.objectionFile} lead={w.objectionFileLead} trail={withinTrail(view, election)}>
      <ErrorSummary lang={view.lang} problems={problems} refusal={refusal} words={w} labels={labels} />
      <Form action={`/voting/elections/${election.id}/objections/new`} upload={true}>
        <Choices {...field('role')} options={objectionRoles.map((value) => ({ value, label: w[`orole-${value}`] }))} />
        <Select {...field('about')} options={objectionKinds.map((value) => ({ value, label: w[`about-${value}`] }))} />
        <Select
          {...field('tps')}
          empty={w.objectionTpsNone}
          options={places.map(({ id, number }) => ({ value: id, label: fill(w.tpsN, { n: number }) }))}
        />
        <TextField {...field('name')} autocomplete="name" />
        <TextField {...field('contact')} />
        <TextArea {...field('statement')} hint={w.statementHint} maxlength={5000} />
        <TextArea {...field('demand')} rows={3} maxlength={2000} />
        <TextField
          name="file"
          type="file"
          label={w.evidence}
          hint={w.evidenceHint}
          accept="image/jpeg,image/png,application/pdf"
          problem={problem('file')}
        />
        <Tick name="public" label={w.statementPublic} checked={typed?.public !== undefined} />
        <div class="actions">
          <button type="submit">{w.objectionSend}</button>
        </div>
      </Form>
    </Page>
  )
}

export type ObjectionInFull = ObjectionShown & {
  name: string
  contact: string
  statement: string
  demand: string
  evidence: string | null
}

function InFull({ view, objection, own }: { view: View; objection: ObjectionInFull; own: boolean }) {
  const w = words(view.lang)
  return (
    <>
      <ObjectionFacts view={view} objection={objection} />
      <Facts
        facts={[
          [own ? w.objectorName : w.filedBy, objection.name],
          [own ? w.objectorContact : w.filedContact, objection.contact],
          [w.statement, objection.statement],
          [own ? w.demand : w.filedDemand, objection.demand],
        ]}
      />
      <h2>{w.stepsHead}</h2>
      {objection.steps.length === 0 ? <p>{w.stepsNone}</p> : <Steps view={view} steps={objection.steps} />}
    </>
  )
}

/** What whoever filed it reads with the code of the receipt, and what is open to them: appeal, or withdraw. */
export function FollowObjectionPage({
  view,
  objection,
  code,
  fresh = false,
  typed,
  problems = {},
  refusal,
}: { view: View; objection?: ObjectionInFull; code?: string; fresh?: boolean } & Again) {
  const w = words(view.lang)
  const title = objection ? fill(w.objectionN, { n: objection.number }) : w.objectionFollow
  const form: ComponentChildren = (
    <Form action="/voting/objections" autocomplete="off">
      <TextField
        name="code"
        label={w.receiptCode}
        value={typedText(typed, 'code')}
        problem={problems.code && sentence(problems.code, view.lang, w)}
        autocomplete="off"
      />
      <div class="actions">
        <button type="submit">{w.objectionFollow}</button>
      </div>
    </Form>
  )
  const open = objection && objection.state !== 'decided' && objection.state !== 'withdrawn'
  return (
    <Page
      view={view}
      title={title}
      {...(objection ? {} : { lead: w.objectionFollowLead })}
      trail={[{ href: '/voting', label: w.votingTitle }]}
    >
      <ErrorSummary
        lang={view.lang}
        problems={problems}
        refusal={refusal}
        words={w}
        labels={{ code: w.receiptCode, text: w.ownStepText }}
      />
      {!objection && form}
      {objection && code && fresh && (
        <Notice tone="good" title={w.receiptHead}>
          <p>
            {w.receiptCode}: <strong class="nowrap">{code}</strong>
          </p>
          <p>
            {w.receiptKeep} {w.receiptPrint}
          </p>
        </Notice>
      )}
      {objection && <InFull view={view} objection={objection} own={true} />}
      {open && code && (
        <section>
          <h2>{w.ownStepHead}</h2>
          <Form action="/voting/objections/own" autocomplete="off">
            <input type="hidden" name="code" value={code} />
            <TextArea
              name="text"
              label={w.ownStepText}
              rows={3}
              value={typedText(typed, 'text')}
              problem={problems.text && sentence(problems.text, view.lang, w)}
            />
            <div class="actions">
              {objection.state === 'answered' && (
                <button type="submit" name="kind" value="appeal">
                  {w.appealIt}
                </button>
              )}
              <button type="submit" name="kind" value="withdrawal" class="quiet">
                {w.withdrawIt}
              </button>
            </div>
          </Form>
        </section>
      )}
    </Page>
  )
}

/** The same for the committee, which mediates and answers, and for the regency, which decides. */
export function ObjectionPage({
  view,
  election,
  objection,
  kinds,
  typed,
  problems = {},
  refusal,
}: {
  view: View
  election: InElection
  objection: ObjectionInFull
  /** Steps that this reader may take now. */
  kinds: readonly ('mediation' | 'answer' | 'decision')[]
} & Again) {
  const w = words(view.lang)
  const labels = { kind: w.stepKind, outcome: w.stepOutcome, text: w.stepText }
  const problem = (name: string) => problems[name] && sentence(problems[name], view.lang, w)
  return (
    <Page
      view={view}
      title={fill(w.objectionN, { n: objection.number })}
      trail={[
        ...withinTrail(view, election),
        { href: `/voting/elections/${election.id}/objections`, label: w.objectionsTitle },
      ]}
    >
      <ErrorSummary lang={view.lang} problems={problems} refusal={refusal} words={w} labels={labels} />
      <InFull view={view} objection={objection} own={false} />
      {objection.evidence && (
        <p>
          <a href={`/voting/objections/${objection.id}/evidence`}>{w.evidence}</a>
        </p>
      )}
      {kinds.length > 0 && (
        <section>
          <h2>{w.ownStepHead}</h2>
          <Form action={`/voting/objections/${objection.id}`}>
            <Choices
              name="kind"
              label={w.stepKind}
              value={typedText(typed, 'kind') || kinds.at(-1)}
              options={kinds.map((value) => ({ value, label: w[`ostep-${value}`] }))}
              problem={problem('kind')}
            />
            <Choices
              name="outcome"
              label={w.stepOutcome}
              value={typedText(typed, 'outcome')}
              options={outcomes.map((value) => ({ value, label: w[`out-${value}`] }))}
              problem={problem('outcome')}
            />
            <TextArea
              name="text"
              label={w.stepText}
              hint={w.stepTextHint}
              value={typedText(typed, 'text')}
              problem={problem('text')}
            />
            <div class="actions">
              <button type="submit">{w.stepSave}</button>
            </div>
          </Form>
        </section>
      )}
    </Page>
  )
}
