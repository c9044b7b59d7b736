import {
  Choices,
  ErrorSummary,
  fill,
  type Lang,
  Notice,
  type Problems,
  Screen,
  type ScreenStatus,
  TextArea,
  TextField,
} from '../../screen/index.ts'
import { stationWords } from '../words/index.ts'

export type Noted = { readonly step: string; readonly device: string; readonly text: string }
type Shared = { lang: Lang; path: string; status: ScreenStatus; list: readonly Noted[]; problems?: Problems }

const List = ({ list, none }: { list: readonly Noted[]; none: string }) =>
  list.length === 0 ? (
    <p class="soft">{none}</p>
  ) : (
    <ul class="plain">
      {list.map(({ step, device, text }, at) => (
        <li key={at}>
          <span class="soft number">{step.slice(11)}</span> {device}: {text}
        </li>
      ))}
    </ul>
  )

export function Incidents({
  lang,
  path,
  status,
  list,
  problems = {},
  what,
  note,
}: Shared & { what?: string; note?: string }) {
  const words = stationWords(lang).day
  const options = Object.entries(words.whats).map(([value, label]) => ({ value, label }))
  return (
    <Screen lang={lang} path={path} status={status} title={words.incidents} lead={words.incidentsLead}>
      <ErrorSummary lang={lang} problems={problems} />
      <List list={list} none={words.noIncidents} />
      <form method="post" action="/incidents">
        <Choices name="what" label={words.what} options={options} value={what} problem={problems.what} />
        <TextArea name="note" label={words.note} value={note} problem={problems.note} />
        <button type="submit" class="main">
          {words.save}
        </button>
      </form>
    </Screen>
  )
}

/** At the closing hour: who still may vote, as a number that two officers say. */
export function QueuePage({
  lang,
  path,
  status,
  queued,
  standing,
  problems = {},
  refusal,
}: Omit<Shared, 'list'> & {
  /** Of the closed queue so many were let in. */
  queued: { readonly n: number; readonly of: number } | undefined
  standing?: string | undefined
  refusal?: string | undefined
}) {
  const words = stationWords(lang).day
  return (
    <Screen lang={lang} path={path} status={status} title={words.queueTitle} lead={words.queueLead}>
      <ErrorSummary lang={lang} problems={problems} refusal={refusal} />
      {queued && (
        <Notice kind="good">
          <p>{fill(words.queueClosed, queued)}</p>
        </Notice>
      )}
      <form method="post" action="/queue">
        <TextField
          name="standing"
          inputmode="numeric"
          label={words.queueStanding}
          hint={words.queueHint}
          value={standing}
          problem={problems.standing}
        />
        <button type="submit" class="main">
          {queued ? words.queueAgain : words.queueDo}
        </button>
      </form>
    </Screen>
  )
}

export function Objections({ lang, path, status, list, problems = {}, text }: Shared & { text?: string }) {
  const words = stationWords(lang).day
  return (
    <Screen lang={lang} path={path} status={status} title={words.objections} lead={words.objectionsLead}>
      <ErrorSummary lang={lang} problems={problems} />
      <List list={list} none={words.noObjections} />
      <form method="post" action="/objections">
        <TextArea name="text" label={words.objectionText} value={text} problem={problems.text} />
        <button type="submit" class="main">
          {words.save}
        </button>
      </form>
    </Screen>
  )
}
