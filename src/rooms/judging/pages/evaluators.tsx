import type { Round } from '#competition'
import { RegionField } from '#people'
import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { formatDate, formatNumber } from '#platform/text.ts'
import { Choices, ErrorSummary, Form, Page, Select, State, sentence, Table, TextField } from '#platform/ui/index.ts'
import type { Evaluator } from '../domain/evaluator.ts'
import { words } from '../text/index.ts'

export type Typed = Record<string, string | string[]>
export const roundTrail = (view: View, round: Round) => {
  const w = words(view.lang)
  return [
    { href: '/judging', label: w.judgingTitle },
    { href: `/judging/rounds/${round.id}`, label: round.rules.name[view.lang] },
  ]
}

/** The team of a round, and the form to add somebody. */
export function EvaluatorsPage({
  view,
  round,
  team,
  loads,
  candidates,
  expected,
  typed = {},
  problems = {},
  refusal,
}: {
  view: View
  round: Round
  team: readonly Evaluator[]
  loads: ReadonlyMap<string, { assigned: number; finished: number }>
  candidates: readonly { id: string; name: string }[]
  expected: readonly { name: string; email: string; at: Date }[]
  typed?: Typed
  problems?: Problems
  refusal?: string | undefined
}) {
  const w = words(view.lang)
  const path = `/judging/rounds/${round.id}/evaluators`
  const category = new Map(round.rules.categories.map((each) => [each.key, each.label[view.lang]]))
  return (
    <Page view={view} title={w.teamTitle} trail={roundTrail(view, round)} islands={['region-field']}>
      <ErrorSummary
        lang={view.lang}
        problems={problems}
        refusal={refusal}
        words={w}
        labels={{
          person: w.person,
          university: w.university,
          sector: w.sector,
          expertise: w.expertise,
          homeRegion: w.homeRegion,
          employer: w.employer,
          minLoad: `${w.load}: ${w.minLoad}`,
          maxLoad: `${w.load}: ${w.maxLoad}`,
        }}
      />
      <Table
        caption={w.teamTitle}
        hideCaption
        rows={team}
        empty={w.teamEmpty}
        columns={[
          { head: w.person, main: true, cell: (e) => <a href={`${path}/${e.person}`}>{e.name}</a> },
          { head: w.university, cell: (e) => e.university ?? '–' },
          { head: w.sector, cell: (e) => (e.sector && category.get(e.sector)) ?? '–' },
          { head: w.homeRegion, cell: (e) => e.homeRegionName ?? '–' },
          {
            head: w.load,
            number: true,
            cell: (e) => `${formatNumber(loads.get(e.person)?.assigned ?? 0, view.lang)} (${e.minLoad}–${e.maxLoad})`,
          },
          {
            head: w.identity,
            cell: (e) =>
              e.withdrawn ? (
                <State tone="calm">{w.withdrawn}</State>
              ) : e.confirmed ? (
                <State tone="good">{w.confirmed}</State>
              ) : (
                <State tone="attention">{w.notConfirmed}</State>
              ),
          },
        ]}
      />
      {expected.length > 0 && (
        <>
          <h2>{w.expected}</h2>
          <p class="hint">{w.expectedHint}</p>
          <Table
            caption={w.expected}
            hideCaption
            rows={expected}
            columns={[
              { head: w.person, main: true, cell: (each) => each.name },
              { head: w.email, cell: (each) => each.email },
              { head: w.expectedSince, cell: (each) => formatDate(each.at, view.lang, view.zone) },
            ]}
          />
        </>
      )}
      <h2>{w.addEvaluator}</h2>
      <p>
        <a href={`${path}/import`}>{w.teamImport}</a>
      </p>
      {candidates.length === 0 ? (
        <p class="empty">{w.nobodyLeft}</p>
      ) : (
        <Form action={path}>
          <Select
            name="person"
            label={w.person}
            hint={w.personHint}
            value={typed.person as string}
            problem={problems.person && sentence(problems.person, view.lang, w)}
            options={candidates.map((each) => ({ value: each.id, label: each.name }))}
          />
          <FactFields view={view} round={round} typed={typed} problems={problems} />
          <div class="actions">
            <button type="submit">{w.addEvaluator}</button>
          </div>
        </Form>
      )}
    </Page>
  )
}

/** The fields that say what an evaluator knows, where from, and how much they can read. */
export function FactFields({
  view,
  round,
  typed,
  problems,
}: {
  view: View
  round: Round
  typed: Typed
  problems: Problems
}) {
  const w = words(view.lang)
  const problem = (name: string) => {
    const found = problems[name]
    return found && sentence(found, view.lang, w)
  }
  const text = (name: string) => (typeof typed[name] === 'string' ? (typed[name] as string) : undefined)
  const categories = round.rules.categories.map((each) => ({ value: each.key, label: each.label[view.lang] }))
  return (
    <>
      <TextField
        name="university"
        label={w.university}
        hint={w.universityHint}
        value={text('university')}
        problem={problem('university')}
      />
      <Select
        name="sector"
        label={w.sector}
        hint={w.sectorHint}
        empty={w.noSector}
        value={text('sector')}
        options={categories}
        problem={problem('sector')}
      />
      <Choices
        name="expertise"
        many
        label={w.expertise}
        hint={w.expertiseHint}
        value={[typed.expertise ?? []].flat()}
        options={categories}
        problem={problem('expertise')}
      />
      <RegionField
        view={view}
        kinds={['province', 'regency', 'city']}
        name="homeRegion"
        label={w.homeRegion}
        hint={w.homeRegionHint}
        value={text('homeRegion')}
        problem={problem('homeRegion')}
      />
      <TextField
        name="employer"
        label={w.employer}
        hint={w.employerHint}
        value={text('employer')}
        problem={problem('employer')}
      />
      <TextField
        name="minLoad"
        type="number"
        inputmode="numeric"
        label={`${w.load}: ${w.minLoad}`}
        hint={w.loadHint}
        value={text('minLoad') ?? '0'}
        problem={problem('minLoad')}
      />
      <TextField
        name="maxLoad"
        type="number"
        inputmode="numeric"
        label={`${w.load}: ${w.maxLoad}`}
        hint={w.loadHint}
        value={text('maxLoad') ?? '60'}
        problem={problem('maxLoad')}
      />
    </>
  )
}
