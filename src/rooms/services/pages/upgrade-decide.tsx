import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill, formatNumber } from '#platform/text.ts'
import { ActionButton, Choices, ErrorSummary, Form, KeptForm, Page, Table } from '#platform/ui/index.ts'
import { say } from '../domain/held.ts'
import type { Change } from '../domain/package/changes.ts'
import type { Package } from '../domain/package/format/index.ts'
import type { Choice } from '../domain/package/merge.ts'
import type { OpenCases, Prepared } from '../domain/upgrading.ts'
import { words } from '../text/index.ts'
import { shown, tellConflict } from './change-words.ts'
import { ConflictPart, SettingPart } from './conflict.tsx'
import { Outcome } from './install.tsx'
import { Changes } from './upgrade.tsx'

export type Deciding = {
  view: View
  id: string
  base: Package
  ours: Package
  theirs: Package
  news: readonly Change[]
  mine: readonly Change[]
  prepared: Prepared
  choices: Readonly<Record<string, Choice>>
  leftOut: readonly string[]
  revision: number
  cases: readonly OpenCases[]
  /** Of these the new version does not have the state. */
  gone: readonly OpenCases[]
  rolesGone: readonly string[]
  typed?: Record<string, string | string[]> | undefined
  problems?: Problems
  refusal?: string | undefined
}

/** A newer version beside what runs: what is new, what was changed here, what has to be decided, and what comes of it. */
export function DecidePage(deciding: Deciding) {
  const { view, id, base, ours, theirs, news, mine, prepared, problems = {}, refusal, rolesGone } = deciding
  const w = words(view.lang)
  const at = `/services/${id}/upgrade/draft`
  const all = prepared.conflicts.length + prepared.carried.conflicts.length
  const open = prepared.open.length + prepared.carried.open.length
  const failing = prepared.examined.problems.some(({ level }) => level === 'error')
  const count = (n: number) => formatNumber(n, view.lang)
  return (
    <Page
      view={view}
      title={fill(w.decideTitle, { version: theirs.manifest.version })}
      lead={w.decideLead}
      islands={['keep-form']}
      trail={[
        { href: '/services', label: w.servicesTitle },
        { href: `/services/${id}`, label: say(ours.manifest.names, view.lang) },
        { href: `/services/${id}/upgrade`, label: w.upgrade },
      ]}
    >
      <ErrorSummary
        lang={view.lang}
        refusal={refusal}
        problems={problems}
        words={w}
        labels={Object.fromEntries(
          Object.keys(problems).map((name) => [name, labelOf(deciding, name.slice('text-'.length))]),
        )}
      />
      <h2>{fill(w.newsHead, { n: count(news.length) })}</h2>
      {news.length === 0 ? <p>{w.newsNone}</p> : <Changes view={view} changes={news} packages={[theirs, base]} />}
      <h2>{fill(w.mineHead, { n: count(mine.length) })}</h2>
      {mine.length === 0 ? <p>{w.mineNone}</p> : <Changes view={view} changes={mine} packages={[ours, base]} />}
      <h2>
        {all === 0
          ? fill(w.conflictHead, { open: 0, all: 0 })
          : fill(w.conflictHead, { open: count(open), all: count(all) })}
      </h2>
      {all === 0 ? <p>{w.conflictNone}</p> : <p>{w.conflictLead}</p>}
      <ChoiceForm {...deciding} action={at} failing={failing} />
      {prepared.carried.dropped.length > 0 && (
        <>
          <h2>{w.droppedHead}</h2>
          <ul>
            {prepared.carried.dropped.map(({ id: setting, value }) => (
              <li key={setting}>
                {fill(w.droppedOne, { name: settingName(ours, setting, view), value: shown(value, view.lang) })}
              </li>
            ))}
          </ul>
        </>
      )}
      <h2>{w.playHead}</h2>
      <p>{prepared.open.length > 0 ? w.playWaiting : failing ? w.playFailed : w.playLead}</p>
      <Outcome view={view} examined={{ ...prepared.examined, seal: null }} />
      <OpenCasesPart {...deciding} />
      {rolesGone.length > 0 && <p>{fill(w.rolesGone, { roles: rolesGone.join(', ') })}</p>}
      {open === 0 && (
        <>
          <h2>{fill(w.becomes, { version: prepared.version })}</h2>
          <p>{prepared.plain ? w.becomesPlain : w.becomesLocal}</p>
        </>
      )}
      {open === 0 && !failing && (
        <Form action={`${at}/install`}>
          <p class="hint">{w.installHint}</p>
          <div class="actions">
            <button type="submit">{fill(w.installUpgrade, { version: prepared.version })}</button>
          </div>
        </Form>
      )}
      <ActionButton action={`${at}/drop`} kind="quiet">
        {w.dropUpgrade}
      </ActionButton>
    </Page>
  )
}

const settingName = (pkg: Package, id: string, view: View) => {
  const setting = pkg.settings.find((one) => one.id === id)
  return setting ? say(setting.label, view.lang) : id
}

function labelOf({ prepared, ours, theirs, view }: Deciding, id: string): string {
  const conflict = prepared.conflicts.find((one) => one.id === id)
  if (conflict) return tellConflict(conflict, [ours, theirs], view.lang)
  const setting = prepared.carried.conflicts.find((one) => one.id === id)
  return setting ? say(setting.setting.label, view.lang) : id
}

function ChoiceForm(deciding: Deciding & { action: string; failing: boolean }) {
  const { view, id, prepared, revision, typed, leftOut, action, failing } = deciding
  const w = words(view.lang)
  const own = prepared.examined.examples.filter(({ passed }) => !passed).map((one) => one.id)
  const examples = [...new Set([...leftOut, ...(failing ? own : [])])]
  const { conflicts, carried } = prepared
  if (conflicts.length + carried.conflicts.length + examples.length === 0) return null
  return (
    <KeptForm
      lang={view.lang}
      owner={view.actor.id}
      name={`upgrade-${id}`}
      state={revision}
      typed={typed !== undefined}
      action={action}
    >
      {conflicts.map((conflict) => (
        <ConflictPart key={conflict.id} {...deciding} conflict={conflict} />
      ))}
      {carried.conflicts.map((conflict) => (
        <SettingPart key={conflict.id} {...deciding} conflict={conflict} />
      ))}
      {examples.length > 0 && (
        <Choices
          many
          name="leave-out"
          label={w.leaveOut}
          hint={w.leaveOutHint}
          value={typed ? [typed['leave-out'] ?? []].flat() : leftOut}
          options={examples.map((example) => ({ value: example, label: example }))}
        />
      )}
      <div class="actions">
        <button type="submit">{w.saveChoices}</button>
      </div>
    </KeptForm>
  )
}

function OpenCasesPart({ view, cases, gone, ours, theirs }: Deciding) {
  const w = words(view.lang)
  const total = cases.reduce((sum, { count }) => sum + count, 0)
  const stateName = ({ flow, state }: OpenCases) => {
    const names = [ours, theirs]
      .flatMap(({ flows }) => flows.filter(({ id }) => id === flow).flatMap(({ states }) => states))
      .find(({ id }) => id === state)?.names
    return names ? say(names, view.lang) : state
  }
  return (
    <>
      <h2>{w.casesHead}</h2>
      {total === 0 ? (
        <p>{w.casesNone}</p>
      ) : (
        <>
          <p>{fill(w.casesStay, { n: formatNumber(total, view.lang) })}</p>
          <Table
            caption={w.casesHead}
            hideCaption
            rows={cases}
            columns={[
              { head: w.state, main: true, cell: stateName },
              { head: w.version, cell: ({ version }) => version },
              { head: w.count, number: true, cell: ({ count }) => formatNumber(count, view.lang) },
              { head: w.decideCase, cell: (one) => (gone.includes(one) ? w.casesGone : w.casesThere) },
            ]}
          />
        </>
      )}
    </>
  )
}
