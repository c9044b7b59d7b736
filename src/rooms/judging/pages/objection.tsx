import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill, formatDateTime } from '#platform/text.ts'
import {
  Choices,
  ErrorSummary,
  Facts,
  Form,
  hrefWith,
  Notice,
  Page,
  Select,
  State,
  sentence,
  Table,
  TextArea,
  TextField,
} from '#platform/ui/index.ts'
import { platformWords } from '#platform/words/index.ts'
import { type Finalist, outcomesOf } from '../domain/decision.ts'
import { type Objection, type ObjectionFigures, objectionWindow } from '../domain/objection.ts'
import { type PanelRound, plenaryOf } from '../domain/panel.ts'
import { type PanelWords, panelWords } from '../text/panel.ts'
import { panelTrail } from './panel.tsx'
import { outcomeLabel } from './sitting.tsx'

type Again = { typed?: Record<string, unknown>; problems?: Problems; refusal?: keyof PanelWords }
const textOf = (typed: Record<string, unknown>, name: string) =>
  typeof typed[name] === 'string' ? (typed[name] as string) : undefined

/** What the announcement says of objections: until when, and how many there were. */
export function ObjectionNotice({
  view,
  round,
  figures,
}: {
  view: View
  round: PanelRound
  figures: ObjectionFigures
}) {
  const w = panelWords(view.lang)
  const window = objectionWindow(round.rules, plenaryOf(round, 'finalists')?.announced)
  if (!window) return null
  const until = formatDateTime(window.until, view.lang, view.zone)
  return (
    <Notice title={w.objectionsTitle}>
      <p>{fill(view.now <= window.until ? w.objectOpen : w.objectOver, { until })}</p>
      <p>
        {fill(w.objectionFigures, { ...figures })} <a href="/judging/objections">{w.followTitle}</a>
      </p>
    </Notice>
  )
}

export function ObjectPage({
  view,
  round,
  finalist,
  typed = {},
  problems,
  refusal,
}: { view: View; round: PanelRound; finalist: Finalist } & Again) {
  const w = panelWords(view.lang)
  const field = (name: string) => ({
    name,
    value: textOf(typed, name),
    problem: problems?.[name] && sentence(problems[name], view.lang, w),
  })
  const window = objectionWindow(round.rules, plenaryOf(round, 'finalists')?.announced)
  const over = !window || view.now > window.until
  return (
    <Page
      view={view}
      title={w.objectTitle}
      lead={fill(w.objectLead, { title: finalist.title, agency: finalist.agencyName })}
      trail={[
        {
          href: `/judging/rounds/${round.id}/finalists`,
          label: fill(w.finalistsTitle, { round: round.rules.name[view.lang] }),
        },
      ]}
    >
      <ErrorSummary
        lang={view.lang}
        problems={problems}
        refusal={refusal}
        words={w}
        labels={{ name: w.objectName, contact: w.objectContact, text: w.objectText, file: w.objectFile }}
      />
      {window && (
        <p>
          {fill(over ? w.objectOver : w.objectOpen, {
            until: formatDateTime(window.until, view.lang, view.zone, true),
          })}
        </p>
      )}
      {!window && <p>{w['objection-none']}</p>}
      {!over && (
        <Form action={`/judging/entries/${finalist.id}/objection`} upload>
          <p class="hint">{w.objectPrivacy}</p>
          <TextField {...field('name')} label={w.objectName} autocomplete="name" />
          <TextField {...field('contact')} label={w.objectContact} />
          <TextArea {...field('text')} label={w.objectText} hint={w.objectTextHint} rows={8} maxlength={8000} />
          <TextField
            name="file"
            label={w.objectFile}
            optional={platformWords(view.lang).optional}
            type="file"
            accept="application/pdf,image/jpeg,image/png,image/webp"
            problem={field('file').problem}
          />
          <div class="unseen" aria-hidden="true">
            <label for="website">{w.objectTrap}</label>
            <input id="website" name="website" tabindex={-1} autocomplete="off" />
          </div>
          <div class="actions">
            <button type="submit">{w.objectDo}</button>
          </div>
        </Form>
      )}
    </Page>
  )
}

/** Follow an objection with its number and code. */
export function FollowPage({
  view,
  objection,
  code,
  typed = {},
  problems,
  refusal,
}: { view: View; objection?: Objection & { title: string }; code?: string } & Again) {
  const w = panelWords(view.lang)
  if (!objection)
    return (
      <Page view={view} title={w.followTitle}>
        <ErrorSummary
          lang={view.lang}
          problems={problems}
          refusal={refusal}
          words={w}
          labels={{ number: w.receiptNumber, code: w.receiptCode }}
        />
        <form method="post" action="/judging/objections">
          <TextField name="number" label={w.receiptNumber} value={textOf(typed, 'number')} />
          <TextField name="code" label={w.receiptCode} autocomplete="off" />
          <div class="actions">
            <button type="submit">{w.followDo}</button>
          </div>
        </form>
      </Page>
    )
  const moment = (date: Date) => formatDateTime(date, view.lang, view.zone, true)
  return (
    <Page view={view} title={fill(w.receiptTitle, { number: objection.number })}>
      {code && (
        <Notice tone="attention">
          <p>{w.receiptSave}</p>
        </Notice>
      )}
      <Facts
        facts={[
          [w.receiptNumber, <strong key="n">{objection.number}</strong>],
          ...(code ? [[w.receiptCode, <strong key="c">{code}</strong>] as const] : []),
          [w.receiptReceived, moment(objection.received)],
          [w.receiptAbout, objection.title],
          [w.receiptState, <ObjectionState key="s" view={view} objection={objection} />],
          ...(objection.answer
            ? [
                [
                  w.receiptAnswer,
                  <p key="a" class="prose">
                    {objection.answer}
                  </p>,
                ] as const,
              ]
            : []),
          ...(objection.decidedAgain ? [[w.receiptAgain, moment(objection.decidedAgain)] as const] : []),
        ]}
      />
      {code && (
        <div class="actions">
          <a
            class="button quiet"
            href={hrefWith('/judging/objections/receipt.pdf', { nomor: objection.number, kode: code })}
          >
            {w.receiptPdf}
          </a>
        </div>
      )}
    </Page>
  )
}

function ObjectionState({ view, objection }: { view: View; objection: Pick<Objection, 'outcome'> }) {
  const w = panelWords(view.lang)
  if (objection.outcome === 'upheld') return <State tone="attention">{w.receiptUpheld}</State>
  if (objection.outcome === 'rejected') return <State tone="calm">{w.receiptRejected}</State>
  return <State tone="active">{w.receiptWaiting}</State>
}

/** The secretariat's list. */
export function ObjectionsPage({
  view,
  round,
  objections,
}: {
  view: View
  round: PanelRound
  objections: readonly (Objection & { title: string })[]
}) {
  const w = panelWords(view.lang)
  return (
    <Page view={view} title={w.objectionsTitle} lead={w.objectionsLead} trail={panelTrail(round, view.lang)}>
      <Table
        caption={w.objectionsTitle}
        hideCaption
        rows={objections}
        empty={w.objectionsNone}
        columns={[
          {
            head: w.receiptNumber,
            cell: (o) => <a href={`/judging/objections/${o.id}`}>{o.number}</a>,
            main: true,
          },
          { head: w.receiptAbout, cell: (o) => o.title },
          { head: w.receiptReceived, cell: (o) => formatDateTime(o.received, view.lang, view.zone) },
          { head: w.receiptState, cell: (o) => <ObjectionState view={view} objection={o} /> },
        ]}
      />
    </Page>
  )
}

/** One objection for the secretariat, with who made it, the answer, and the new decision when it was upheld. */
export function ObjectionPage({
  view,
  round,
  objection,
  title,
  name,
  contact,
  group,
  typed = {},
  problems,
  refusal,
}: {
  view: View
  round: PanelRound
  objection: Objection
  title: string
  name: string
  contact: string
  group: string
} & Again) {
  const w = panelWords(view.lang)
  const problem = (field: string) => problems?.[field] && sentence(problems[field], view.lang, w)
  const at = `/judging/objections/${objection.id}`
  return (
    <Page
      view={view}
      title={fill(w.receiptTitle, { number: objection.number })}
      lead={title}
      trail={[
        ...panelTrail(round, view.lang),
        { href: `/judging/rounds/${round.id}/objections`, label: w.objectionsTitle },
      ]}
    >
      <ErrorSummary
        lang={view.lang}
        problems={problems}
        refusal={refusal}
        words={w}
        labels={{ outcome: w.objectionOutcome, answer: w.objectionAnswer, reason: w.reason }}
      />
      <div class="with-side">
        <div>
          <Facts
            facts={[
              [w.objector, `${name} · ${contact}`],
              [w.receiptReceived, formatDateTime(objection.received, view.lang, view.zone, true)],
              [w.receiptState, <ObjectionState key="s" view={view} objection={objection} />],
              ...(objection.answer ? [[w.objectionAnswer, objection.answer] as const] : []),
            ]}
          />
          <h2>{w.objectText}</h2>
          <p class="prose">{objection.text}</p>
          {objection.file && (
            <p>
              <a href={`${at}/file`}>{w.objectionFile}</a>
            </p>
          )}
        </div>
        <aside class="now">
          {!objection.outcome && (
            <Form action={`${at}/answer`}>
              <h2>{w.objectionAnswerTitle}</h2>
              <Choices
                name="outcome"
                label={w.objectionOutcome}
                value={textOf(typed, 'outcome')}
                problem={problem('outcome')}
                options={[
                  { value: 'upheld', label: w.upheld, hint: w.upheldHint },
                  { value: 'rejected', label: w.rejected },
                ]}
              />
              <TextArea
                name="answer"
                label={w.objectionAnswer}
                hint={w.objectionAnswerHint}
                value={textOf(typed, 'answer')}
                problem={problem('answer')}
              />
              <button type="submit">{w.objectionAnswerDo}</button>
            </Form>
          )}
          {objection.outcome === 'upheld' && !objection.decidedAgain && (
            <Form action={`${at}/decide`}>
              <h2>{fill(w.decideAgain, { number: objection.number })}</h2>
              <Select
                name="outcome"
                label={w.decision}
                value={textOf(typed, 'outcome')}
                problem={problem('outcome')}
                empty=""
                options={outcomesOf(round.rules, 'finalists', group).map((outcome) => ({
                  value: outcome,
                  label: outcomeLabel(round, outcome, view.lang),
                }))}
              />
              <TextArea
                name="reason"
                label={w.reason}
                rows={3}
                value={textOf(typed, 'reason')}
                problem={problem('reason')}
              />
              <button type="submit">{w.decideAgainDo}</button>
            </Form>
          )}
        </aside>
      </div>
    </Page>
  )
}
