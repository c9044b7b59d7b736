import type { Form as Typed, View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill, formatDate } from '#platform/text.ts'
import {
  ErrorSummary,
  Facts,
  Form,
  History,
  Page,
  State,
  sentence,
  Table,
  TextArea,
  TextField,
  type Tone,
} from '#platform/ui/index.ts'
import { type Move, moves, type State as ProcessState } from '../domain/process.ts'
import { type Given, named, type Process, type Runner, type Step } from '../domain/shown.ts'
import { stages } from '../domain/stage.ts'
import { words } from '../text/index.ts'
import { nameOf } from './question.tsx'
import { Asleep } from './runners.tsx'

const tones: Record<ProcessState, Tone> = {
  interest: 'calm',
  verified: 'calm',
  agreed: 'active',
  approved: 'active',
  implementing: 'active',
  certified: 'good',
  declined: 'bad',
  ended: 'calm',
}
const ownerOf = ({ ownerName, ownerUnitName }: Process) => named({ agencyName: ownerName, unitName: ownerUnitName })

export function StateOf({ view, state }: { view: View; state: ProcessState }) {
  return <State tone={tones[state]}>{words(view.lang)[`state-${state}`]}</State>
}

type Shown = {
  view: View
  process: Process
  runner: Runner | undefined
  steps: readonly (Step & { move: Move | 'interest' | 'adopt' })[]
  papers: { agreement: Given | undefined; certificate: Given | undefined }
  doable: readonly Move[]
  /** Whether this reader administers the adopter, and there is something to install. */
  adopts: boolean
  installs: boolean
  typed?: { move: string; form: Typed }
  problems?: Problems
  refusal?: string | undefined
}

/** One replication: how far it has come in truth, the letters, what can be done now, and its log. */
export function ProcessPage(shown: Shown) {
  const { view, process, runner, steps, papers, refusal, problems } = shown
  const w = words(view.lang)
  const day = (date: Date | string | null) => (date ? formatDate(date, view.lang, view.zone) : w.notYet)
  return (
    <Page
      view={view}
      title={fill(w.processTitle, { name: process.innovationName, agency: named(process) })}
      lead={<StateOf view={view} state={process.state} />}
      trail={[
        { href: '/replication', label: w.replicationTitle },
        { href: `/replication/innovations/${process.innovation}`, label: process.innovationName },
      ]}
    >
      <ErrorSummary
        lang={view.lang}
        problems={problems}
        refusal={refusal}
        words={w}
        labels={{ note: w.note, begins: w.begins }}
      />
      <div class="with-side">
        <div>
          {runner?.heart && (
            <>
              <h2>{w.stepsHead}</h2>
              <Stages view={view} runner={runner} />
              <p class="hint">{w.stagesHint}</p>
            </>
          )}
          <h2>{w.processHead}</h2>
          {process.expansion && <p>{w.expansionText}</p>}
          <Facts
            facts={[
              [w.owner, ownerOf(process)],
              [w.adopter, named(process)],
              [w.area, process.areaName ?? w.areaNone],
              ...(process.reason ? [[w.reason, process.reason] as const] : []),
              [w.signedOwner, day(process.agreedOwner)],
              [w.signedAdopter, day(process.agreedAdopter)],
              ...(process.begins ? [[w.begins, day(process.begins)] as const] : []),
            ]}
          />
          <ul class="plain stack">
            {papers.agreement && (
              <li>
                <a href={`/replication/processes/${process.id}/agreement.pdf`}>
                  {fill(w.agreementPaper, { number: papers.agreement.number })} (PDF)
                </a>
              </li>
            )}
            {papers.certificate && (
              <li>
                <a href={`/replication/processes/${process.id}/certificate.pdf`}>
                  {fill(w.certificatePaper, { number: papers.certificate.number })} (PDF)
                </a>
              </li>
            )}
          </ul>
          <h2>{w.logHead}</h2>
          <History
            lang={view.lang}
            zone={view.zone}
            items={steps.map(({ move, at, note, who }) => ({
              at,
              who,
              what: [w[`did-${move}`], note].filter(Boolean).join(': '),
            }))}
          />
        </div>
        <aside class="now">
          <h2>{w.nowHead}</h2>
          <Now {...shown} />
        </aside>
      </div>
    </Page>
  )
}

function Stages({ view, runner }: { view: View; runner: Runner }) {
  const w = words(view.lang)
  const reached = runner.heart!.reached
  return (
    <>
      <ol class="flow">
        {stages.map((stage) => (
          <li key={stage} class={reached[stage] ? 'done' : undefined}>
            <span class="value">{w[`stage-${stage}`]}</span>{' '}
            {reached[stage] ? formatDate(reached[stage], view.lang, view.zone) : w.stageToCome}
          </li>
        ))}
      </ol>
      {runner.heart!.asleep && <Asleep view={view} runner={runner} />}
    </>
  )
}

function Now(shown: Shown) {
  const { view, process, runner, doable, adopts, installs, typed, problems = {} } = shown
  const w = words(view.lang)
  const reached = runner?.heart?.reached
  const links = [
    ...(installs ? [{ href: adoptAddress(process), label: w.doInstall }] : []),
    ...(adopts && process.service && !reached?.configured
      ? [
          { href: `/services/${process.service}/settings`, label: w.doSettings },
          { href: `/services/${process.service}/roles`, label: w.doRoles },
        ]
      : []),
    ...(adopts && process.service && !reached?.['first-case']
      ? [{ href: `/services/${process.service}`, label: w.doFirst }]
      : []),
  ]
  if (links.length === 0 && doable.length === 0) return <p>{w.nothingNow}</p>
  return (
    <>
      {links.length > 0 && (
        <ol class="stack">
          {links.map(({ href, label }) => (
            <li key={href}>
              <a href={href}>{label}</a>
            </li>
          ))}
        </ol>
      )}
      {doable.map((move) => {
        const own = typed?.move === move ? typed.form : {}
        const problem = (name: string) =>
          typed?.move === move && problems[name] ? sentence(problems[name], view.lang, w) : undefined
        const { note } = moves[move]
        const strict = move === 'decline' || move === 'end'
        const fields = (
          <Form action={`/replication/processes/${process.id}/${move}`}>
            {note !== 'none' && (
              <TextArea
                name="note"
                id={`note-${move}`}
                rows={3}
                label={move === 'certify' ? w.noteCertify : note === 'must' ? w.noteMust : w.note}
                value={String(own.note ?? '')}
                problem={problem('note')}
              />
            )}
            {move === 'approve' && (
              <TextField
                name="begins"
                type="date"
                label={w.begins}
                value={String(own.begins ?? '')}
                problem={problem('begins')}
              />
            )}
            <div class="actions">
              <button type="submit" class={strict ? 'danger' : undefined}>
                {w[`do-${move}`]}
              </button>
            </div>
          </Form>
        )
        return strict ? (
          <details key={move} open={typed?.move === move}>
            <summary>{w[`do-${move}`]}</summary>
            {fields}
          </details>
        ) : (
          <div key={move}>{fields}</div>
        )
      })}
    </>
  )
}

const adoptAddress = ({ innovation, agency, unit }: Process) =>
  `/replication/innovations/${innovation}/adopt?${new URLSearchParams({ agency, unit: unit ?? '', look: '1' })}`

/** What this reader's agencies replicate, and what others replicate of theirs. */
export function ProcessesPage({
  view,
  rows,
  questions,
}: {
  view: View
  rows: readonly Process[]
  questions: readonly { id: string; names: Record<string, string>; unitName: string | null }[]
}) {
  const w = words(view.lang)
  return (
    <Page
      view={view}
      title={w.processesTitle}
      lead={w.processesLead}
      trail={[{ href: '/replication', label: w.replicationTitle }]}
    >
      {questions.length > 0 && (
        <>
          <h2>{w.openQuestions}</h2>
          <ul class="plain stack">
            {questions.map((question) => (
              <li key={question.id}>
                <a href={`/replication/questions/${question.id}`}>
                  {fill(w.questionTitle, { name: nameOf(question, view.lang) })}
                </a>{' '}
                {question.unitName}
              </li>
            ))}
          </ul>
        </>
      )}
      <Table
        caption={w.processesTitle}
        hideCaption
        empty={<p>{w.processesNone}</p>}
        rows={rows}
        columns={[
          {
            head: w.innovation,
            main: true,
            cell: ({ id, innovationName }) => <a href={`/replication/processes/${id}`}>{innovationName}</a>,
          },
          { head: w.adopter, cell: (row) => named(row) },
          { head: w.owner, cell: ownerOf },
          { head: w.state, cell: ({ state }) => <StateOf view={view} state={state} /> },
          { head: w.since, cell: ({ since }) => formatDate(since, view.lang, view.zone) },
        ]}
      />
    </Page>
  )
}
