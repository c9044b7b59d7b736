import type { View } from '#platform/http.ts'
import { fill, formatDateTime } from '#platform/text.ts'
import { ErrorSummary, Facts, Form, hrefWith, Notice, Page, sentence, TextArea, TextField } from '#platform/ui/index.ts'
import { platformWords } from '#platform/words/index.ts'
import type { Finalist } from '../domain/decision.ts'
import { type Objection, type ObjectionFigures, objectionWindow } from '../domain/objection.ts'
import { type PanelRound, plenaryOf } from '../domain/panel.ts'
import { panelWords } from '../text/panel.ts'
import { type Again, ObjectionState, textOf } from './objection.tsx'

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
