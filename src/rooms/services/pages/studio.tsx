import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill, formatDateTime } from '#platform/text.ts'
import {
  ActionButton,
  ErrorSummary,
  Form,
  Page,
  Select,
  sentence,
  Table,
  TextArea,
  TextField,
} from '#platform/ui/index.ts'
import { say } from '../domain/held.ts'
import type { Problem } from '../domain/package/problem.ts'
import { words } from '../text/index.ts'
import { problemSentence } from './problem.ts'

export type DraftRow = {
  id: string
  title: string
  agency: string
  changed: Date
  by: string | null
  published: string | null
}
export type Sources = {
  agencies: readonly { id: string; name: string }[]
  shipped: readonly { name: string; title: string; version: string }[]
  running: readonly {
    id: string
    agency: string
    version: string
    unitName: string | null
    names: Record<string, string>
  }[]
}

/** Drafts of the agency, and the ways to begin one. */
export function StudioPage({
  view,
  rows,
  sources,
  typed = {},
  problems = {},
  refusal,
  unread = [],
}: {
  view: View
  rows: readonly DraftRow[]
  sources: Sources
  typed?: Record<string, string | string[]>
  problems?: Problems
  refusal?: string | undefined
  /** Why a file could not be read. */
  unread?: readonly Problem[]
}) {
  const w = words(view.lang)
  const { agencies, shipped, running } = sources
  const agency = String(typed.agency ?? agencies[0]?.id ?? '')
  const problem = (name: string) => problems[name] && sentence(problems[name], view.lang, w)
  const whose = (id: string) =>
    agencies.length > 1 ? (
      <Select
        name="agency"
        id={id}
        label={w.startFor}
        value={agency}
        options={agencies.map(({ id: value, name }) => ({ value, label: name }))}
      />
    ) : (
      <input type="hidden" name="agency" value={agency} />
    )
  return (
    <Page
      view={view}
      title={w.studioTitle}
      lead={w.studioLead}
      trail={[{ href: '/services', label: w.servicesTitle }]}
      islands={['keep-form']}
    >
      <ErrorSummary
        lang={view.lang}
        problems={problems}
        refusal={refusal}
        words={w}
        labels={{ name: w.startName, list: w.startPaste, file: w.file }}
      />
      {unread.length > 0 && (
        <ul>
          {unread.slice(0, 20).map((one, i) => (
            <li key={i}>
              {one.at && <span class="soft">{one.at}: </span>}
              {problemSentence(one, view.lang)}
            </li>
          ))}
        </ul>
      )}
      <h2>{w.draftsHead}</h2>
      <Table
        caption={w.draftsHead}
        hideCaption
        empty={<p>{w.draftsNone}</p>}
        rows={rows}
        columns={[
          { head: w.draft, main: true, cell: ({ id, title }) => <a href={`/services/studio/drafts/${id}`}>{title}</a> },
          {
            head: w.lastSaved,
            cell: ({ changed, by }) =>
              fill(w.savedBy, { at: formatDateTime(changed, view.lang, view.zone), who: by ?? '–' }),
          },
          { head: w.publishedVersion, cell: ({ published }) => published ?? w.notPublished },
          { head: w.agency, cell: ({ agency: name }) => name },
        ]}
      />
      <h2 id="start">{w.startNothing}</h2>
      <p class="hint">{w.startNothingHint}</p>
      <Form action="/services/studio/drafts">
        {whose('agency-new')}
        <TextField
          name="name"
          label={w.startName}
          value={String(typed.name ?? '')}
          problem={problem('name')}
          maxlength={100}
        />
        <TextArea
          name="list"
          label={w.startPaste}
          hint={w.startPasteHint}
          optional={w.optional}
          value={String(typed.list ?? '')}
          problem={problem('list')}
          rows={5}
        />
        <div class="actions">
          <button type="submit">{w.startNow}</button>
        </div>
      </Form>
      <h2>{w.startFile}</h2>
      <Form action="/services/studio/files" upload>
        {whose('agency-file')}
        <TextField
          name="file"
          type="file"
          accept=".xlsx,.melayani,.zip"
          label={w.file}
          hint={w.startFileHint}
          problem={problem('file')}
        />
        <div class="actions">
          <button type="submit" class="quiet">
            {w.startFileNow}
          </button>
        </div>
      </Form>
      {running.length > 0 && (
        <>
          <h2>{w.startLocal}</h2>
          <p class="hint">{w.startLocalHint}</p>
          <Table
            caption={w.startLocal}
            hideCaption
            rows={running}
            columns={[
              {
                head: w.package,
                main: true,
                cell: ({ names, version, unitName }) =>
                  [`${say(names, view.lang)} ${version}`, unitName].filter(Boolean).join(', '),
              },
              {
                head: w.changeNow,
                cell: ({ id, agency: of }) => (
                  <ActionButton action={`/services/studio/agencies/${of}/running/${id}`} kind="quiet">
                    {w.changeNow}
                  </ActionButton>
                ),
              },
            ]}
          />
        </>
      )}
      {agency && (
        <>
          <h2>{w.startCopy}</h2>
          <p class="hint">{w.startCopyHint}</p>
          <Table
            caption={w.startCopy}
            hideCaption
            rows={shipped}
            columns={[
              { head: w.package, main: true, cell: ({ title, version }) => `${title} ${version}` },
              {
                head: w.copyNow,
                cell: ({ name }) => (
                  <ActionButton action={`/services/studio/agencies/${agency}/copies/${name}`} kind="quiet">
                    {w.copyNow}
                  </ActionButton>
                ),
              },
            ]}
          />
        </>
      )}
    </Page>
  )
}
