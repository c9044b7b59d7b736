import type { View } from '#platform/http.ts'
import { fill, formatDateTime } from '#platform/text.ts'
import { ErrorSummary, Form, KeptForm, Notice, Page, TextArea, TextField } from '#platform/ui/index.ts'
import { words } from '../text/index.ts'
import { type Asked, Asks, FirstButton } from './ask.tsx'
import { draftTrail, ProblemList, type ProblemShown } from './draft.tsx'
import { FlowPicture, type FlowShown } from './drawing.tsx'

export type Shared = {
  view: View
  draft: { id: string; title: string; revision: number }
  /** Address of the document's own page. */
  at: string
  name: string
  /** The revision that the form was made from: an older one where somebody else saved since. */
  revision: number
  /** The revision whose rows its hidden numbers count. */
  base: number
  typed: boolean
  refusal?: string | undefined
  /** Somebody else's save of the same part. */
  theirs?: { who: string; at: Date; text: string } | undefined
  errors: readonly ProblemShown[]
  notices: readonly ProblemShown[]
}

/** What stands above every form of a draft: a refusal, somebody else's save, and what is wrong. */
function Head({ view, refusal, theirs, errors, notices, name }: Shared) {
  const w = words(view.lang)
  return (
    <>
      <ErrorSummary lang={view.lang} refusal={refusal} words={w} />
      {theirs && (
        <Notice tone="attention">
          <p>{fill(w.changedBy, { who: theirs.who, at: formatDateTime(theirs.at, view.lang, view.zone) })}</p>
          <details>
            <summary>{w.seeTheirs}</summary>
            <pre>{theirs.text}</pre>
          </details>
        </Notice>
      )}
      {errors.length > 0 && (
        <Notice tone="attention">
          <ProblemList view={view} title={fill(`${w.problemsOf}: {name}`, { name })} problems={errors} most={12} />
        </Notice>
      )}
      {notices.length > 0 && (
        <details>
          <summary>{fill(w.nNotices, { n: notices.length })}</summary>
          <ProblemList view={view} title={w.noticesOf} problems={notices} most={12} />
        </details>
      )}
    </>
  )
}

/** A document of a draft, or a part of one, as questions. */
export function DocumentPage({
  asked,
  place,
  parent,
  flow,
  form,
  textHref,
  playHref,
  ...shared
}: Shared & {
  asked: Asked
  /** The part of the document; '' for the whole. */
  place: string
  parent?: { href: string; label: string } | undefined
  flow?: FlowShown | undefined
  /** A form of questions can be pasted into, and goes to and from XLSForm. */
  form?: boolean
  textHref: string
  playHref?: string | undefined
}) {
  const { view, draft, at, name, revision, base, typed, theirs } = shared
  const w = words(view.lang)
  const action = place ? `${at}/parts/${place}` : at
  return (
    <Page
      view={view}
      title={name}
      trail={[...draftTrail(view, draft), ...(parent ? [parent] : [])]}
      islands={['keep-form', 'sheet-rows']}
    >
      <Head {...shared} />
      {flow && <FlowPicture flow={flow} lang={view.lang} />}
      <KeptForm
        lang={view.lang}
        owner={view.actor.id}
        name={action}
        state={revision}
        typed={typed}
        rows
        action={action}
      >
        <FirstButton>{w.save}</FirstButton>
        <input type="hidden" name="revision" value={revision} />
        <input type="hidden" name="base" value={base} />
        <sheet-rows>
          <Asks {...asked} />
        </sheet-rows>
        <div class="actions save-bar">
          <button type="submit">{theirs ? w.saveMine : w.save}</button>
          <a href={textHref}>{w.asText}</a>
          {playHref && <a href={playHref}>{w.playExamples}</a>}
        </div>
      </KeptForm>
      {form && (
        <>
          <h2>{w.pasteHead}</h2>
          <Form action={`${at}/rows`}>
            <input type="hidden" name="revision" value={draft.revision} />
            <TextArea name="list" label={w.pasteRows} hint={w.startPasteHint} rows={5} />
            <div class="actions">
              <button type="submit" class="quiet">
                {w.pasteNow}
              </button>
            </div>
          </Form>
          <h2>{w.xlsformHead}</h2>
          <p>
            <a href={`${at}/xlsform.xlsx`}>{w.xlsformGet}</a>
          </p>
          <Form action={`${at}/xlsform`} upload>
            <input type="hidden" name="revision" value={draft.revision} />
            <TextField name="file" type="file" accept=".xlsx" label={w.xlsformPut} hint={w.xlsformPutHint} />
            <div class="actions">
              <button type="submit" class="quiet">
                {w.xlsformPut}
              </button>
            </div>
          </Form>
        </>
      )}
    </Page>
  )
}

/** A document as text, where everything of the format can be written. */
export function TextPage({
  text,
  problem,
  schemaHref,
  removable,
  ...shared
}: Shared & { text: string; problem?: string | undefined; schemaHref: string | undefined; removable: boolean }) {
  const { view, draft, at, name, revision, typed, theirs } = shared
  const w = words(view.lang)
  return (
    <Page
      view={view}
      title={fill(w.asTextTitle, { name })}
      lead={w.asTextLead}
      trail={[...draftTrail(view, draft), { href: at, label: name }]}
      islands={['keep-form']}
    >
      <Head {...shared} />
      <KeptForm
        lang={view.lang}
        owner={view.actor.id}
        name={`${at}/text`}
        state={revision}
        typed={typed}
        action={`${at}/text`}
      >
        <input type="hidden" name="revision" value={revision} />
        <div class="code">
          <TextArea name="text" label={w.documentText} value={text} problem={problem} rows={24} />
        </div>
        <div class="actions save-bar">
          <button type="submit">{theirs ? w.saveMine : w.save}</button>
          {schemaHref && <a href={schemaHref}>{w.schemaOf}</a>}
        </div>
      </KeptForm>
      {removable && (
        <Form action={`${at}/remove`}>
          <input type="hidden" name="revision" value={draft.revision} />
          <button type="submit" class="danger">
            {w.removeDocument}
          </button>
        </Form>
      )}
    </Page>
  )
}

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'sheet-rows': preact.HTMLAttributes<HTMLElement>
    }
  }
}
