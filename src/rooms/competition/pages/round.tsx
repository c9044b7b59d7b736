import type { View } from '#platform/http.ts'
import { fill, formatDate, formatDateTime, type Lang } from '#platform/text.ts'
import { ActionButton, ErrorSummary, Notice, Page, State, Table } from '#platform/ui/index.ts'
import { platformWords } from '#platform/words/index.ts'
import { isOpen, stageOrder } from '../domain/calendar.ts'
import type { Change } from '../domain/difference.ts'
import { invitedGroups } from '../domain/invitation.ts'
import type { Rules } from '../domain/round.ts'
import { lastArrival, nextStage, roundMovesFrom, runningStage } from '../domain/round-life.ts'
import { affectsInWords, placeInWords, showValue } from '../domain/rule-words.ts'
import type { Round, StageRow } from '../domain/running-round.ts'
import { words } from '../text/index.ts'
import { RoundLinks } from './round-links.tsx'
import { NextDeadline, RoundStateLine, reader, roundPath, stageLabel, stageSentence } from './round-parts.tsx'
import { CalendarPart, CategoriesPart, ClustersPart, GroupsPart, JudgingPart } from './round-rules.tsx'

export type ShownVersion = { version: number; reason: string; at: Date; rules: Rules; changes: readonly Change[] }
/** What the reader may do with the round; `hosted`: has an agency or unit of which there may be invitations. */
export type RoundPowers = { steer: boolean; write: boolean; hosted: boolean }

/** A round as everybody sees it: the rules in words, where it stands, and how the rules came to be. */
export function RoundPage({
  view,
  round,
  stages,
  versions,
  powers,
  refusal,
  preview = false,
}: {
  view: View
  round: Round
  stages: readonly StageRow[]
  versions: readonly ShownVersion[]
  powers: RoundPowers
  refusal?: string | undefined
  /** The rules are a draft's; nothing can be done from here. */
  preview?: boolean
}) {
  const { lang } = view
  const w = words(lang)
  const { rules } = round
  return (
    <Page
      view={view}
      title={rules.name[lang]}
      trail={[{ href: '/competition', label: w.navRounds }]}
      lead={rules.theme?.[lang]}
      description={rules.theme?.[lang] ?? rules.name[lang]}
    >
      <ErrorSummary lang={lang} refusal={refusal} words={w} />
      {preview && (
        <Notice tone="attention">
          <p>{w.previewNote}</p>
        </Notice>
      )}
      <div class={powers.steer && !preview ? 'with-side' : undefined}>
        <div>
          <p>
            <RoundStateLine state={round.state} lang={lang} /> {round.demo && <State tone="calm">{w.demoRound}</State>}
          </p>
          <p>{stageSentence(rules, stages, lang)}.</p>
          <p>
            <NextDeadline round={round} view={view} />
          </p>
          {powers.write && round.state === 'published' && isOpen(rules, view.now, round.extensions) && (
            <div class="actions">
              <a class="button" href={`/competition/${round.key}/start`}>
                {w.roundStart}
              </a>
            </div>
          )}
          {!preview && (
            <RoundLinks
              round={round.id}
              stages={stages}
              secretariat={powers.steer}
              invitations={invitedGroups(rules).length > 0 && (powers.steer || powers.hosted)}
              lang={lang}
            />
          )}
          <Contents rules={rules} lang={lang} />
          <h2 id="stages">{w.allStages}</h2>
          <StageFlow view={view} rules={rules} stages={stages} />
          <CalendarPart rules={rules} lang={lang} />
          <Extensions view={view} round={round} />
          <GroupsPart rules={rules} lang={lang} />
          <CategoriesPart rules={rules} lang={lang} />
          <ClustersPart rules={rules} lang={lang} />
          <JudgingPart rules={rules} lang={lang} />
          <Versions view={view} round={round} versions={versions} />
        </div>
        {powers.steer && !preview && (
          <aside class="now">
            <Steering view={view} round={round} stages={stages} />
          </aside>
        )}
      </div>
    </Page>
  )
}

/** The way to each part of a long page. */
function Contents({ rules, lang }: { rules: Rules; lang: Lang }) {
  const w = words(lang)
  const parts: [string, string][] = [
    ['stages', w.allStages],
    ['calendar', w.calendarTitle],
    ['groups', w.groupsTitle],
    ['categories', w.categoriesTitle],
    ['clusters', w.clustersTitle],
    ['scoring', w.scoringTitle],
    ['selection', w.selectTitle],
    ...(rules.interview ? ([['interview', w.interviewTitle]] satisfies [string, string][]) : []),
    ['basis', w.legalBasisTitle],
    ['versions', w.versionsTitle],
  ]
  return (
    <nav class="tabs no-print" aria-label={w.contents}>
      <ul>
        {parts.map(([id, label]) => (
          <li key={id}>
            <a href={`#${id}`}>{label}</a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function StageFlow({ view, rules, stages }: { view: View; rules: Rules; stages: readonly StageRow[] }) {
  const { lang } = view
  const w = words(lang)
  return (
    <ol class="flow">
      {stageOrder(rules).map(({ position, stage, from, to }) => {
        const row = stages.find((each) => each.seq === position)
        const mark = row?.closed ? 'done' : row?.opened ? 'open' : undefined
        const date = (at: Date | string) => formatDate(at, lang, view.zone)
        const planned =
          from && to && date(from) !== date(to)
            ? fill(w.stagePlanned, { from: date(from), to: date(to) })
            : from
              ? fill(w.stagePlannedOn, { from: date(from) })
              : w.stageNotDated
        return (
          <li key={stage.key} class={mark} aria-current={mark === 'open' ? 'step' : undefined}>
            {stage.label[lang]}
            <br />
            <span class="soft">
              {row?.closed
                ? `${w.stageDone}, ${fill(w.stageClosedOn, { date: date(row.closed) })}`
                : row?.opened
                  ? `${w.stageOpen}, ${fill(w.stageOpenedOn, { date: date(row.opened) })}`
                  : planned}
            </span>
          </li>
        )
      })}
    </ol>
  )
}

function Extensions({ view, round }: { view: View; round: Round }) {
  const { lang } = view
  const w = words(lang)
  const known = round.rules.calendar.extensions.map(({ until, reason }) => ({ until, reason: reason[lang], at: null }))
  const all = [...known, ...round.extensions]
  if (all.length === 0) return null
  return (
    <section>
      <h2 id="extensions">{w.extensionsTitle}</h2>
      <ul>
        {all.map(({ until, reason, at }) => (
          <li key={until}>
            {fill(w.extensionUntil, { date: formatDateTime(new Date(until), lang) })}. {reason}
            {at && <span class="soft small"> ({formatDate(at, lang, view.zone)})</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The changes as a table: where, what it was, what it is, whom it touches. */
export function ChangesTable({
  changes,
  rules,
  view,
  caption,
}: {
  changes: readonly Change[]
  rules: Rules
  view: View
  caption: string
}) {
  const { lang } = view
  const w = words(lang)
  const by = reader(lang)
  const field = (change: Change) => change.steps.at(-1)?.name ?? ''
  return (
    <Table
      caption={caption}
      hideCaption
      rows={changes}
      columns={[
        { head: w.changePlace, cell: (change) => placeInWords(change.steps, rules, by), main: true },
        { head: w.changeBefore, cell: (change) => <del>{showValue(change.before, by, field(change))}</del> },
        { head: w.changeAfter, cell: (change) => <ins>{showValue(change.after, by, field(change))}</ins> },
        { head: w.changeAffects, cell: (change) => affectsInWords(change, rules, by) },
      ]}
    />
  )
}

function Versions({ view, round, versions }: { view: View; round: Round; versions: readonly ShownVersion[] }) {
  const { lang } = view
  const w = words(lang)
  if (versions.length === 0) return null
  return (
    <section>
      <h2 id="versions">{w.versionsTitle}</h2>
      <p>{w.versionsLead}</p>
      {[...versions].reverse().map((each) => (
        <section key={each.version} id={`version-${each.version}`}>
          <h3>
            <a href={`${roundPath(round.id)}/versions/${each.version}`}>{fill(w.versionN, { n: each.version })}</a>{' '}
            <span class="soft small">{fill(w.versionOn, { date: formatDateTime(each.at, lang, view.zone) })}</span>
          </h3>
          <p>{each.version === 1 ? w.versionFirst : `${w.versionReason}: ${each.reason}`}</p>
          {each.changes.length > 0 && (
            <details>
              <summary>
                {w.versionChanges} ({each.changes.length})
              </summary>
              <ChangesTable changes={each.changes} rules={round.rules} view={view} caption={w.versionChanges} />
            </details>
          )}
        </section>
      ))}
    </section>
  )
}

/** What the secretariat may do with the round now. */
function Steering({ view, round, stages }: { view: View; round: Round; stages: readonly StageRow[] }) {
  const { lang } = view
  const w = words(lang)
  const path = roundPath(round.id)
  const running = runningStage(stages)
  const next = nextStage(stages)
  const from = lastArrival(round)
  const moves = roundMovesFrom(round.state)
  return (
    <>
      <h2>{platformWords(lang).nowTitle}</h2>
      <div class="stack">
        {(round.state === 'draft' || round.state === 'published') && (
          <p>
            <a class="button quiet" href={`${path}/edit`}>
              {round.state === 'draft' ? w.editDraft : w.editRound}
            </a>
          </p>
        )}
        {round.state === 'published' && stages.every((stage) => !stage.opened) && (
          <p>
            <a class="button quiet" href={`${path}/extension`}>
              {w.extendTitle}
            </a>
          </p>
        )}
        {round.state === 'published' && running && (
          <ActionButton action={`${path}/stages/${running.seq}/closing`}>
            {fill(w.closeStageOf, { stage: stageLabel(round.rules, running, lang) })}
          </ActionButton>
        )}
        {round.state === 'published' &&
          next &&
          (view.now > from ? (
            <ActionButton action={`${path}/stages/${next.seq}/opening`}>
              {fill(w.openStageOf, { stage: stageLabel(round.rules, next, lang) })}
            </ActionButton>
          ) : (
            <p class="hint">{fill(w.stagesFrom, { date: formatDateTime(from, lang, view.zone) })}</p>
          ))}
        {moves.includes('finish') && stages.length > 0 && stages.every((stage) => stage.closed) && (
          <ActionButton action={`${path}/conclusion`}>{w.finishRound}</ActionButton>
        )}
        {moves.includes('archive') && (
          <ActionButton action={`${path}/archive`} kind="quiet">
            {w.archiveRound}
          </ActionButton>
        )}
      </div>
    </>
  )
}
