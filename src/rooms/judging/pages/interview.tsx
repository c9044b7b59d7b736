import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill, formatDateTime, formatNumber, type Zone } from '#platform/text.ts'
import {
  ActionButton,
  ErrorSummary,
  Facts,
  Form,
  Page,
  State,
  sentence,
  Table,
  TextArea,
  TextField,
  Tick,
} from '#platform/ui/index.ts'
import type { Finalist } from '../domain/decision.ts'
import type { Interview, InterviewSheet } from '../domain/interview.ts'
import type { PanelRound } from '../domain/panel.ts'
import { type PanelWords, panelWords } from '../text/panel.ts'
import { panelTrail } from './panel.tsx'

type Again = { typed?: Record<string, unknown>; problems?: Problems; refusal?: keyof PanelWords }
const wib = (date: Date, lang: View['lang']) => formatDateTime(date, lang, 'WIB')

export type InterviewRow = Interview & {
  title: string
  agencyName: string
  members: readonly string[]
  mean: number | null | undefined
}

/** The plan of the interviews; for the secretariat with planning, inviting and closing. */
export function InterviewsPage({
  view,
  round,
  rows,
  unfinished,
  mayPlan,
  typed = {},
  problems,
  refusal,
}: {
  view: View
  round: PanelRound
  rows: readonly InterviewRow[]
  unfinished: number
  mayPlan: boolean
} & Again) {
  const w = panelWords(view.lang)
  const at = `/judging/rounds/${round.id}/interviews`
  const { minutesPresentation, minutesQuestions } = round.rules.interview!
  const field = (name: string, otherwise = '') => ({
    name,
    value: typeof typed[name] === 'string' ? (typed[name] as string) : otherwise,
    problem: problems?.[name] && sentence(problems[name], view.lang, w),
  })
  const waiting = rows.filter((row) => !row.invited).length
  const closed = rows.length > 0 && rows.every((row) => row.closed)
  return (
    <Page
      view={view}
      title={w.interviewsTitle}
      lead={fill(w.interviewsLead, { presentation: minutesPresentation, questions: minutesQuestions })}
      trail={panelTrail(round, view.lang)}
    >
      <ErrorSummary
        lang={view.lang}
        problems={problems}
        refusal={refusal}
        words={w}
        labels={{
          firstDay: w.planFirst,
          lastDay: w.planLast,
          from: w.planFrom,
          to: w.planTo,
          pause: w.planPause,
          rooms: w.planRooms,
          members: w.planMembers,
          place: w.planPlace,
        }}
      />
      <Table
        caption={w.interviewsTitle}
        hideCaption
        rows={rows}
        empty={w.interviewsNone}
        columns={[
          {
            head: w.proposal,
            cell: (row) => (
              <>
                <a href={`/judging/entries/${row.proposal}/interview`}>{row.title}</a>
                <span class="hint">{row.agencyName}</span>
              </>
            ),
            main: true,
          },
          { head: w.interviewTime, cell: (row) => wib(row.starts, view.lang) },
          { head: w.interviewRoom, cell: (row) => row.room, number: true },
          { head: w.interviewMembers, cell: (row) => row.members.join(', ') },
          { head: w.interviewState, cell: (row) => <InterviewState view={view} interview={row} /> },
          ...(closed
            ? [
                {
                  head: w.interviewScore,
                  cell: (row: InterviewRow) =>
                    row.mean == null ? w.scoreMissing : formatNumber(row.mean, view.lang, round.rules.scoring.decimals),
                  number: true,
                },
              ]
            : []),
        ]}
      />
      {mayPlan && waiting > 0 && !closed && (
        <>
          <p>{fill(w.inviteHint, { n: waiting })}</p>
          <div class="actions">
            <ActionButton action={`${at}/invite`}>{w.inviteDo}</ActionButton>
          </div>
        </>
      )}
      {mayPlan && rows.length > 0 && !closed && (
        <>
          <p>{fill(w.closeInterviewsHint, { n: unfinished })}</p>
          <div class="actions">
            <ActionButton action={`${at}/close`} kind="quiet">
              {w.closeInterviewsDo}
            </ActionButton>
          </div>
        </>
      )}
      {mayPlan && rows.every((row) => !row.invited) && (
        <section>
          <h2>{w.planTitle}</h2>
          <p class="hint">{w.planHint}</p>
          <Form action={at}>
            <TextField {...field('firstDay')} label={w.planFirst} type="date" />
            <TextField {...field('lastDay')} label={w.planLast} type="date" />
            <Tick name="weekend" label={w.planWeekend} checked={typed.weekend !== undefined} />
            <TextField {...field('from', '09:00')} label={w.planFrom} type="time" />
            <TextField {...field('to', '14:20')} label={w.planTo} type="time" />
            <TextField {...field('pause', '0')} label={w.planPause} type="number" min={0} />
            <TextField {...field('rooms', '1')} label={w.planRooms} type="number" min={1} />
            <TextField {...field('members', '3')} label={w.planMembers} type="number" min={1} />
            <TextField {...field('place')} label={w.planPlace} />
            <div class="actions">
              <button type="submit">{w.planDo}</button>
            </div>
          </Form>
        </section>
      )}
    </Page>
  )
}

function InterviewState({ view, interview }: { view: View; interview: Interview }) {
  const w = panelWords(view.lang)
  if (interview.confirmed)
    return (
      <>
        <State tone="good">{w.interviewComing}</State>
        <span class="hint">{interview.attendance}</span>
      </>
    )
  return interview.invited ? (
    <State tone="attention">{w.interviewInvited}</State>
  ) : (
    <State tone="calm">{w.interviewPlanned}</State>
  )
}

/** One interview: for its owners the time and the confirmation, for a member the own sheet, for the secretariat moving it. */
export function InterviewPage({
  view,
  round,
  finalist,
  interview,
  zone,
  members,
  own,
  sheets,
  mayConfirm,
  mayMove,
  form,
  typed = {},
  problems,
  refusal,
}: {
  view: View
  round: PanelRound
  finalist: Finalist
  interview: Interview
  zone: Zone
  members: readonly { memberName: string }[]
  own: InterviewSheet | undefined
  /** All sheets, once the interviews are closed. */
  sheets: readonly (InterviewSheet & { memberName: string })[]
  mayConfirm: boolean
  mayMove: boolean
  /** Which form came back. */
  form?: 'sheet' | 'move' | 'confirm'
} & Again) {
  const w = panelWords(view.lang)
  const at = `/judging/entries/${finalist.id}/interview`
  const field = (of: typeof form, name: string, otherwise = '') => ({
    name,
    value: form === of && typeof typed[name] === 'string' ? (typed[name] as string) : otherwise,
    problem: form === of ? problems?.[name] && sentence(problems[name], view.lang, w) : undefined,
  })
  const here = wib(interview.starts, view.lang)
  const there =
    zone === 'WIB' ? '' : ` · ${fill(w.localTime, { local: formatDateTime(interview.starts, view.lang, zone) })}`
  const decimal = (points: number | null | undefined) =>
    points == null ? '' : String(points).replace('.', view.lang === 'id' ? ',' : '.')
  const criteria = round.rules.interview?.sheet ?? []
  return (
    <Page
      view={view}
      title={`${w.interviewTitle}: ${finalist.title}`}
      lead={finalist.agencyName}
      trail={
        mayConfirm
          ? []
          : [
              ...panelTrail(round, view.lang),
              { href: `/judging/rounds/${round.id}/interviews`, label: w.interviewsTitle },
            ]
      }
    >
      <ErrorSummary
        lang={view.lang}
        problems={problems}
        refusal={refusal}
        words={w}
        labels={Object.fromEntries(criteria.map((c) => [`points-${c.key}`, c.label[view.lang]]))}
      />
      <div class="with-side">
        <div>
          <Facts
            facts={[
              [w.interviewTime, `${here}${there}`],
              [w.planPlace, `${interview.place} · ${w.interviewRoom} ${interview.room}`],
              [w.interviewState, <InterviewState key="s" view={view} interview={interview} />],
              ...(members.length > 0
                ? [[w.interviewMembers, members.map((m) => m.memberName).join(', ')] as const]
                : []),
            ]}
          />
          {own && (
            <section>
              <h2>{w.sheetTitle}</h2>
              <p class="hint">{w.sheetHint}</p>
              <Form action={`${at}/sheet`}>
                {criteria.map((criterion) => (
                  <TextField
                    key={criterion.key}
                    {...field('sheet', `points-${criterion.key}`, decimal(own.points[criterion.key]))}
                    label={criterion.label[view.lang]}
                    hint={fill(w.sheetWeight, { weight: formatNumber(criterion.weight, view.lang) })}
                    inputmode="decimal"
                  />
                ))}
                <TextArea {...field('sheet', 'note', own.note)} label={w.readingNote} />
                <Tick
                  name="done"
                  label={w.sheetDone}
                  checked={form === 'sheet' ? typed.done !== undefined : own.done !== null}
                />
                {!interview.closed && (
                  <div class="actions">
                    <button type="submit">{w.sheetSave}</button>
                  </div>
                )}
              </Form>
            </section>
          )}
          {sheets.length > 0 && (
            <Table
              caption={w.sheetsTitle}
              rows={sheets}
              columns={[
                { head: w.interviewMembers, cell: (s) => s.memberName, main: true },
                ...criteria.map((criterion) => ({
                  head: criterion.label[view.lang],
                  cell: (s: InterviewSheet) => decimal(s.points[criterion.key]) || w.scoreMissing,
                  number: true,
                })),
                { head: w.readingNote, cell: (s) => s.note },
              ]}
            />
          )}
        </div>
        {(mayConfirm || mayMove) && (
          <aside class="now">
            {mayConfirm && view.now < interview.starts && (
              <Form action={`${at}/confirm`}>
                <h2>{w.confirmTitle}</h2>
                {round.rules.interview?.leaderPresenceScored && <p>{w.confirmLeader}</p>}
                <TextArea
                  {...field('confirm', 'attendance', interview.attendance ?? '')}
                  label={w.confirmWho}
                  hint={w.confirmWhoHint}
                  rows={3}
                />
                <button type="submit">{w.confirmDo}</button>
              </Form>
            )}
            {mayMove && !interview.closed && (
              <Form action={`${at}/move`}>
                <h2>{w.moveInterview}</h2>
                <TextField {...field('move', 'day')} label={w.moveDay} type="date" />
                <TextField {...field('move', 'time')} label={w.moveTime} type="time" />
                <TextField
                  {...field('move', 'room', String(interview.room))}
                  label={w.interviewRoom}
                  type="number"
                  min={1}
                />
                <TextField {...field('move', 'place', interview.place)} label={w.planPlace} />
                <button type="submit" class="quiet">
                  {w.moveInterviewDo}
                </button>
              </Form>
            )}
          </aside>
        )}
      </div>
    </Page>
  )
}
