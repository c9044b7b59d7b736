import type { ComponentChildren } from 'preact'
import type { View } from '#platform/http.ts'
import { fill } from '#platform/text.ts'
import { ErrorSummary, Form, Notice, Page, sentence, TextArea, TextField } from '#platform/ui/index.ts'
import { words } from '../../text/index.ts'
import { type Again, typedText } from '../parts.tsx'
import { InFull, type ObjectionInFull } from './parts.tsx'

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
