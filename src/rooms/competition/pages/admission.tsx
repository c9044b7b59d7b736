import type { ItemOutcome } from '#platform/action.ts'
import type { View } from '#platform/http.ts'
import { fill, formatNumber, type Lang } from '#platform/text.ts'
import {
  ActionButton,
  Bars,
  Form,
  hrefWith,
  Notice,
  Numbers,
  Page,
  Pager,
  State,
  sentence,
  Table,
  type Tone,
} from '#platform/ui/index.ts'
import { platformWords } from '#platform/words/index.ts'
import type { StageTime } from '../domain/admission-decision.ts'
import type { Rules } from '../domain/round.ts'
import { admissionWords } from '../text/admission.ts'
import { ruleWords } from '../text/admission-rule.ts'
import { FindingsSummary, type Found } from './finding.tsx'
import { QueueFilters } from './queue-filters.tsx'

export type QueueStanding = 'unread' | 'second-reading' | 'passed' | 'failed'
export type QueueItem = {
  id: string
  number: number
  title: string
  agencyName: string
  unitName: string
  group: string
  standing: QueueStanding
  likeness: number | null
} & Found

const tones: Record<QueueStanding, Tone> = {
  unread: 'active',
  'second-reading': 'attention',
  passed: 'good',
  failed: 'bad',
}

export function Standing({ standing, lang }: { standing: QueueStanding; lang: Lang }) {
  return <State tone={tones[standing]}>{admissionWords(lang)[standing]}</State>
}

/** May be passed with others at once: nobody has read it and the machine found nothing. */
const choosable = (item: QueueItem) => item.standing === 'unread' && item.rules?.length === 0

export type QueueQuery = Record<
  'standing' | 'severity' | 'rule' | 'cluster' | 'province' | 'group' | 'q' | 'sort',
  string
>

export type QueuePageProps = {
  view: View
  round: { id: string; rules: Rules }
  stage: StageTime
  query: QueueQuery
  items: readonly QueueItem[]
  total: number
  page: number
  size: number
  counts: {
    standings: Record<QueueStanding, number>
    rules: readonly { rule: string; n: number }[]
    clean: number
    unexamined: number
  }
  provinces: readonly { code: string; name: string }[]
  report?: readonly (ItemOutcome<string> & { title?: string })[] | undefined
}

export function QueuePage(props: QueuePageProps) {
  const { view, round, stage, query, items, total, page, size, counts, report } = props
  const { lang } = view
  const w = admissionWords(lang)
  const p = platformWords(lang)
  const path = `/competition/rounds/${round.id}/admission`
  const said = {
    none: w.admissionStageNone,
    'not-yet': w.admissionStageNone,
    open: w.admissionStageOpen,
    over: w.admissionStageOver,
  }
  const all = Object.values(counts.standings).reduce((sum, n) => sum + n, 0)
  const choosing = stage === 'open' && items.some(choosable)
  const groupName = (key: string) => round.rules.groups.find((group) => group.key === key)?.label[lang] ?? key
  return (
    <Page
      view={view}
      title={w.admissionTitle}
      trail={[{ href: `/competition/rounds/${round.id}`, label: round.rules.name[lang] }]}
      lead={w.admissionLead}
    >
      <p>
        <State tone={stage === 'open' ? 'active' : stage === 'over' ? 'good' : 'calm'}>{said[stage]}</State>
      </p>
      {report && <BulkReport report={report} lang={lang} />}
      <div class="with-side">
        <div>
          <h2>{w.howItStands}</h2>
          <Numbers
            lang={lang}
            items={(['unread', 'second-reading', 'passed', 'failed'] as const).map((standing) => ({
              value: counts.standings[standing],
              label: w[standing],
              href: hrefWith(path, { standing }),
            }))}
          />
          {counts.rules.length > 0 && (
            <>
              <h3>{w.rulesConcerned}</h3>
              <Bars
                lang={lang}
                caption={w.rulesConcerned}
                labelHead={w.ruleFilter}
                valueHead={w.proposals}
                items={counts.rules.map(({ rule, n }) => ({
                  label: ruleWords(rule, lang).name,
                  value: n,
                  href: hrefWith(path, { rule }),
                }))}
              />
            </>
          )}
        </div>
        <aside class="now">
          <h2>{p.nowTitle}</h2>
          {stage === 'open' && counts.clean > 0 && (
            <>
              <h3>{w.passClean}</h3>
              <p class="small">{fill(w.passCleanHint, { n: formatNumber(counts.clean, lang) })}</p>
              <ActionButton action={`${path}/pass-clean`}>
                {fill(w.passCleanConfirm, { n: formatNumber(counts.clean, lang) })}
              </ActionButton>
            </>
          )}
          {counts.unexamined > 0 && (
            <Notice tone="attention">
              <p>{fill(w.unexaminedLeft, { n: formatNumber(counts.unexamined, lang) })}</p>
            </Notice>
          )}
          <p class="small">{w.examineAgainHint}</p>
          <ActionButton action={`${path}/examine`} kind="quiet">
            {w.examineAgain}
          </ActionButton>
        </aside>
      </div>
      <QueueFilters {...props} path={path} />
      <Form action={`${path}/pass`} id="bulk">
        <Table
          caption={w.proposals}
          hideCaption
          rows={items}
          empty={<p>{all === 0 ? w.queueNothing : w.queueEmpty}</p>}
          columns={[
            ...(choosing
              ? [
                  {
                    head: w.choose,
                    cell: (item: QueueItem) =>
                      choosable(item) ? (
                        <input
                          type="checkbox"
                          name="entry[]"
                          value={item.id}
                          aria-label={`${w.passSelected}: ${item.title}`}
                        />
                      ) : (
                        ''
                      ),
                  },
                ]
              : []),
            { head: w.entryNumber, cell: (item) => formatNumber(item.number, lang), number: true },
            { head: w.entryTitle, cell: (item) => <a href={`${path}/${item.id}`}>{item.title}</a>, main: true },
            {
              head: w.agency,
              cell: (item) => (
                <>
                  {item.agencyName}
                  <span class="small soft"> · {item.unitName}</span>
                </>
              ),
            },
            ...(round.rules.groups.length > 1
              ? [{ head: w.group, cell: (item: QueueItem) => groupName(item.group) }]
              : []),
            {
              head: w.findings,
              cell: (item) => (
                <>
                  <FindingsSummary item={item} lang={lang} />
                  {item.likeness !== null && (
                    <span class="small soft">
                      {' '}
                      · {fill(w.likePercent, { percent: formatNumber(item.likeness * 100, lang, 0) })}
                    </span>
                  )}
                </>
              ),
            },
            { head: w.standing, cell: (item) => <Standing standing={item.standing} lang={lang} /> },
          ]}
        />
        {choosing && (
          <div class="actions">
            <button type="submit" class="quiet">
              {w.passSelected}
            </button>
          </div>
        )}
      </Form>
      <Pager
        lang={lang}
        page={page}
        total={total}
        size={size}
        href={(n) => hrefWith(path, { ...query, hal: String(n) })}
      />
    </Page>
  )
}

/** What became of each entry of a bulk act. */
function BulkReport({ report, lang }: { report: NonNullable<QueuePageProps['report']>; lang: Lang }) {
  const w = admissionWords(lang)
  const p = platformWords(lang)
  const done = report.filter(({ kind }) => kind === 'done').length
  const left = report.filter(({ kind }) => kind !== 'done')
  return (
    <Notice tone={left.length === 0 ? 'good' : 'attention'} title={w.bulkReport}>
      <p>{report.length === 0 ? w.bulkNothing : fill(w.passCleanDone, { done, left: left.length })}</p>
      {left.length > 0 && (
        <ul>
          {left.slice(0, 50).map((item) => (
            <li key={item.id}>
              {item.title ?? item.id}:{' '}
              {item.kind === 'refused' ? sentence({ code: item.refusal }, lang, w) : p.notFoundTitle}
            </li>
          ))}
        </ul>
      )}
    </Notice>
  )
}
