import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill, formatDate, formatDateTime, formatNumber } from '#platform/text.ts'
import { ErrorSummary, Facts, Icon, Page, State } from '#platform/ui/index.ts'
import { failReasons, type Reading, type Standing as StandingName } from '../domain/admission-decision.ts'
import type { Finding } from '../domain/admission-finding.ts'
import { questionsFor, type Rules } from '../domain/round.ts'
import { admissionWords } from '../text/admission.ts'
import { reasonWords } from '../text/reason.ts'
import { Standing } from './admission.tsx'
import { Decide } from './admission-decide.tsx'
import { tellFinding } from './finding-words.ts'
import { type Alike, AlikeList, type LikeWinner, Winners } from './like-entry.tsx'
import { AnswerText } from './reading-copy.tsx'

export type EntryPageProps = {
  view: View
  round: { id: string; rules: Rules }
  entry: {
    id: string
    number: number
    title: string
    group: string
    category: string | null
    startedOn: string | null
    agencyName: string
    unitName: string
    receipt: string
    arrived: Date
    content: {
      answers: Record<string, string>
      evidence: Record<string, { id: string; kind: string; label: string; link?: string; file?: string }[]>
    }
  }
  standing: StandingName
  /** What this reader may do with the entry now. */
  mayNow: 'read' | 'read-second' | 'change' | 'wait' | 'nothing'
  readings: readonly (Reading & { reader: string })[]
  examination: { findings: readonly Finding[]; version: number; at: Date } | undefined
  winners: readonly LikeWinner[]
  alike: readonly Alike[]
  next: string | undefined
  typed?: Record<string, unknown> | undefined
  problems?: Problems | undefined
  refusal?: string | undefined
}

const tones = { fail: 'bad', warning: 'attention', hint: 'calm', pass: 'good' } as const
const order = ['fail', 'warning', 'hint'] as const

export function AdmissionEntryPage(props: EntryPageProps) {
  const { view, round, entry, standing, examination, problems, refusal, next } = props
  const { lang } = view
  const w = admissionWords(lang)
  const queue = `/competition/rounds/${round.id}/admission`
  const labels = Object.fromEntries(failReasons.map((reason) => [`note-${reason}`, reasonWords(reason, lang).name]))
  return (
    <Page
      view={view}
      title={entry.title}
      trail={[
        { href: `/competition/rounds/${round.id}`, label: round.rules.name[lang] },
        { href: queue, label: w.admissionTitle },
      ]}
    >
      <ErrorSummary lang={lang} problems={problems} refusal={refusal} words={w} labels={labels} />
      <p>
        <Standing standing={standing} lang={lang} /> <a href="#putusan">{w.toVerdict}</a>
      </p>
      <div class="with-side">
        <div>
          <Facts facts={factsOf(props)} />
          <Findings {...props} />
          <Winners {...props} />
          <AlikeList {...props} />
          <Content {...props} />
        </div>
        <aside class="now" id="putusan">
          <Readings {...props} />
          <Decide {...props} />
          <ul class="plain">
            {next && (
              <li>
                <a href={`${queue}/${next}`}>{w.nextEntry}</a>
              </li>
            )}
            <li>
              <a href={queue}>{w.backToQueue}</a>
            </li>
          </ul>
          {examination && (
            <p class="small soft">
              {fill(w.findingsOn, {
                at: formatDateTime(examination.at, lang, view.zone),
                version: examination.version,
              })}
            </p>
          )}
        </aside>
      </div>
    </Page>
  )
}

function factsOf({ view: { lang, zone }, round: { rules }, entry }: EntryPageProps) {
  const w = admissionWords(lang)
  const named = (list: readonly { key: string; label: { id: string; en: string } }[], key: string | null) =>
    list.find((each) => each.key === key)?.label[lang] ?? key ?? '–'
  return [
    [w.entryNumber, formatNumber(entry.number, lang)],
    [w.agency, entry.agencyName],
    [w.unitOf, entry.unitName],
    [w.group, named(rules.groups, entry.group)],
    [w.category, named(rules.categories, entry.category)],
    [w.startedOn, entry.startedOn ? formatDate(entry.startedOn, lang) : '–'],
    [w.arrivedAt, formatDateTime(entry.arrived, lang, zone, true)],
    [w.receiptNumber, entry.receipt],
  ] as const
}

function Findings({ view: { lang }, round: { rules }, entry, examination }: EntryPageProps) {
  const w = admissionWords(lang)
  const found = examination?.findings ?? []
  const bad = order.flatMap((severity) => found.filter((each) => each.severity === severity))
  const good = found.filter(({ severity }) => severity === 'pass')
  return (
    <section aria-labelledby="temuan">
      <h2 id="temuan">{w.findingsTitle}</h2>
      {!examination && <p class="soft">{w.notExamined}</p>}
      {examination && bad.length === 0 && <p>{w.findingsEmpty}</p>}
      <ul class="cards">
        {[...Map.groupBy(bad, ({ rule, severity }) => `${severity} ${rule}`).values()].map((group) => {
          const told = group.map((finding) => tellFinding(finding, rules, entry.group, lang))
          const { severity, rule } = group[0]!
          return (
            <li key={`${severity}${rule}`}>
              <State tone={tones[severity]}>
                {w[severity]}: {told[0]!.name}
              </State>
              {told.length === 1 ? (
                <p>{told[0]!.found}</p>
              ) : (
                <ul>
                  {told.map(({ found }) => (
                    <li key={found}>{found}</li>
                  ))}
                </ul>
              )}
              <p class="small soft">
                {w.findingsAsk}: {told[0]!.says}
              </p>
            </li>
          )
        })}
      </ul>
      {good.length > 0 && (
        <details>
          <summary>
            {w.passedRules} ({good.length})
          </summary>
          <ul>
            {good.map((finding) => (
              <li key={finding.rule}>{tellFinding(finding, rules, entry.group, lang).name}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

function Content({ view: { lang }, round: { rules }, entry }: EntryPageProps) {
  const w = admissionWords(lang)
  return (
    <section aria-labelledby="isi-proposal">
      <h2 id="isi-proposal">{w.contentTitle}</h2>
      {questionsFor(rules, entry.group).map((question) => {
        const answer = entry.content.answers[question.key]
        const evidence = entry.content.evidence?.[question.key] ?? []
        if (question.kind === 'file' && evidence.length === 0 && !question.required) return null
        return (
          <section key={question.key}>
            <h3>{question.label[lang]}</h3>
            {answer && <AnswerText question={question} value={answer} lang={lang} />}
            {!answer && evidence.length === 0 && <p class="soft">{w.notAnswered}</p>}
            {evidence.length > 0 && (
              <ul>
                {evidence.map((item) => (
                  <li key={item.id}>
                    <Icon name="file" />{' '}
                    {item.link ? (
                      <a href={item.link} rel="noopener nofollow">
                        {item.label}
                      </a>
                    ) : item.file ? (
                      <a href={`/competition/proposals/${entry.id}/evidence/${item.id}`}>{item.label}</a>
                    ) : (
                      item.label
                    )}
                  </li>
                ))}
              </ul>
            )}
          </section>
        )
      })}
    </section>
  )
}

function Readings({ view: { lang, zone }, readings }: EntryPageProps) {
  const w = admissionWords(lang)
  if (readings.length === 0) return null
  return (
    <section>
      <h2>{w.readingsTitle}</h2>
      <ol class="history">
        {readings.map((each) => (
          <li key={each.reading}>
            {each.reading === 1 ? w.readingFirst : each.reading === 2 ? w.readingSecond : w.readingChange}:{' '}
            {each.reader} {each.verdict === 'pass' ? w.readingPass : w.readingFail}.
            <time datetime={each.at.toISOString()}>{formatDateTime(each.at, lang, zone)}</time>
            {each.reasons.map(({ rule, note }) => (
              <p key={rule} class="small">
                <b>{reasonWords(rule, lang).name}.</b> {note}
              </p>
            ))}
            {each.note && <p class="small">{each.note}</p>}
          </li>
        ))}
      </ol>
    </section>
  )
}
