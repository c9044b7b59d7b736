import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill, formatDate } from '#platform/text.ts'
import {
  ActionButton,
  Choices,
  ErrorSummary,
  Form,
  type Happened,
  History,
  Page,
  Select,
  sentence,
  Table,
  TextArea,
  TextField,
} from '#platform/ui/index.ts'
import { platformWords } from '#platform/words/index.ts'
import { type Status, statuses } from '../domain/innovation.ts'
import { dayThatHasCome } from '../domain/keeping.ts'
import type { Innovation } from '../domain/shown.ts'
import { goalName, words } from '../text/index.ts'
import { LifeState } from './parts.tsx'

export type Section = 'status' | 'contact' | 'goals' | 'story' | 'agency'
/** What came back from a form: which one, what was typed, what is wrong with it. */
export type Returned = {
  section: Section
  typed: Record<string, string | string[]>
  problems: Problems
  refusal?: string | undefined
}

export function KeepingPage({
  view,
  innovation,
  assigns,
  returned,
  history,
}: {
  view: View
  innovation: Innovation
  /** Whether this reader may decide which agency keeps it up. */
  assigns: boolean
  returned?: Returned
  history: readonly Happened[]
}) {
  const w = words(view.lang)
  const at = `/gallery/${innovation.code}`
  const typed = (section: Section, name: string, kept: string | null | undefined): string => {
    const value = returned?.section === section ? returned.typed[name] : undefined
    return typeof value === 'string' ? value : (kept ?? '')
  }
  const problem = (section: Section, name: string) =>
    returned?.section === section && returned.problems[name]
      ? sentence(returned.problems[name], view.lang, w)
      : undefined
  const goals = returned?.section === 'goals' ? [returned.typed.goals ?? []].flat() : innovation.goals.map(String)
  return (
    <Page
      view={view}
      title={fill(w.keepTitle, { name: innovation.name })}
      lead={w.keepLead}
      trail={[
        { href: '/gallery', label: w.galleryTitle },
        { href: at, label: innovation.code },
      ]}
    >
      <ErrorSummary
        lang={view.lang}
        problems={returned?.problems}
        refusal={returned?.refusal}
        words={w}
        labels={{
          status: w.status,
          on: w.statusOn,
          reason: w.statusReason,
          office: w.contactOffice,
          email: w.contactEmail,
          phone: w.contactPhone,
          site: w.contactSite,
          question: w.storyQuestion,
          text: w.storyText,
          agency: w.agencyTyped,
        }}
      />
      <h2>{w.statusHead}</h2>
      <Form action={`${at}/status`}>
        <Choices
          name="status"
          label={w.status}
          value={typed('status', 'status', innovation.status)}
          problem={problem('status', 'status')}
          options={statuses.filter((s) => s !== 'unknown').map((s) => ({ value: s, label: w[s] }))}
        />
        <TextField
          name="on"
          type="date"
          label={w.statusOn}
          value={typed('status', 'on', dayThatHasCome(view.now))}
          problem={problem('status', 'on')}
        />
        <TextArea
          name="reason"
          rows={3}
          label={w.statusReason}
          hint={w.statusReasonHint}
          value={typed('status', 'reason', innovation.status_reason)}
          problem={problem('status', 'reason')}
        />
        <div class="actions">
          <button type="submit">{w.statusSave}</button>
        </div>
      </Form>

      <h2>{w.contact}</h2>
      <Form action={`${at}/contact`}>
        <p class="hint">{w.contactHint}</p>
        <TextField
          name="office"
          label={w.contactOffice}
          value={typed('contact', 'office', innovation.contact_office)}
          problem={problem('contact', 'office')}
        />
        <TextField
          name="email"
          type="email"
          label={w.contactEmail}
          value={typed('contact', 'email', innovation.contact_email)}
          problem={problem('contact', 'email')}
        />
        <TextField
          name="phone"
          type="tel"
          label={w.contactPhone}
          value={typed('contact', 'phone', innovation.contact_phone)}
          problem={problem('contact', 'phone')}
        />
        <TextField
          name="site"
          type="url"
          label={w.contactSite}
          value={typed('contact', 'site', innovation.contact_site)}
          problem={problem('contact', 'site')}
        />
        <div class="actions">
          <button type="submit">{w.contactSave}</button>
        </div>
      </Form>

      <h2>{w.storyHead}</h2>
      {innovation.story.some((part) => part.from !== 'proposal') && (
        <Table
          caption={w.story}
          hideCaption
          rows={innovation.story.filter((part) => part.from !== 'proposal')}
          columns={[
            { head: w.storyQuestion, cell: (part) => part.question, main: true },
            {
              head: w.storyTake,
              cell: (part) => (
                <ActionButton action={`${at}/story/take`} kind="quiet" fields={{ part: part.id }}>
                  {w.storyTake}
                </ActionButton>
              ),
            },
          ]}
        />
      )}
      <Form action={`${at}/story`}>
        <p class="hint">{w.storyHint}</p>
        <TextField
          name="question"
          label={w.storyQuestion}
          value={typed('story', 'question', '')}
          problem={problem('story', 'question')}
        />
        <TextArea
          name="text"
          label={w.storyText}
          value={typed('story', 'text', '')}
          problem={problem('story', 'text')}
        />
        <Select
          name="lang"
          label={w.storyLang}
          value={typed('story', 'lang', view.lang)}
          options={[
            { value: 'id', label: w.indonesian },
            { value: 'en', label: w.english },
          ]}
        />
        <div class="actions">
          <button type="submit">{w.storySave}</button>
        </div>
      </Form>

      <h2>{w.goals}</h2>
      <Form action={`${at}/goals`}>
        <Choices
          name="goals"
          many
          label={w.goals}
          value={goals}
          options={Array.from({ length: 17 }, (_, i) => ({ value: String(i + 1), label: goalName(i + 1, view.lang) }))}
        />
        <div class="actions">
          <button type="submit">{w.goalsSave}</button>
        </div>
      </Form>

      {assigns && (
        <>
          <h2>{w.agencyHead}</h2>
          <Form action={`${at}/agency`}>
            <TextField
              name="agency"
              label={w.agencyTyped}
              value={typed('agency', 'agency', '')}
              problem={problem('agency', 'agency')}
            />
            <div class="actions">
              <button type="submit">{w.agencySave}</button>
            </div>
          </Form>
        </>
      )}
      {history.length > 0 && (
        <>
          <h2>{platformWords(view.lang).history}</h2>
          <History items={history} lang={view.lang} zone={view.zone} />
        </>
      )}
    </Page>
  )
}

export type OwnRow = {
  code: string
  name: string
  agency_name: string
  last_year: number | null
  status: Status
  status_on: string | null
}

export function OwnPage({ view, rows }: { view: View; rows: readonly OwnRow[] }) {
  const w = words(view.lang)
  return (
    <Page view={view} title={w.ownTitle} lead={w.ownLead} trail={[{ href: '/gallery', label: w.galleryTitle }]}>
      <Table
        caption={w.ownTitle}
        hideCaption
        rows={rows}
        empty={<p>{w.ownEmpty}</p>}
        columns={[
          { head: w.storyQuestion, cell: (r) => <a href={`/gallery/${r.code}/edit`}>{r.name}</a>, main: true },
          { head: w.year, cell: (r) => r.last_year ?? w.noYear },
          { head: w.status, cell: (r) => <LifeState status={r.status} lang={view.lang} /> },
          { head: w.lastSaid, cell: (r) => (r.status_on ? formatDate(r.status_on, view.lang) : w.never) },
        ]}
      />
    </Page>
  )
}
