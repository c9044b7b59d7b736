import type { View } from '#platform/http.ts'
import { fill, formatNumber } from '#platform/text.ts'
import {
  Choices,
  ErrorSummary,
  Facts,
  Form,
  Page,
  Pager,
  Select,
  sentence,
  Table,
  TextField,
  Tick,
} from '#platform/ui/index.ts'
import type { Election } from '../domain/election.ts'
import { words } from '../text/index.ts'
import { type Again, ElectionStateSign, electionTitle, heldOn, typedText } from './parts.tsx'

const kinds = ['contest', 'empty-box', 'deliberation'] as const

/** A wave with its villages; its regency adds more. */
export function WavePage({
  view,
  wave,
  profileName,
  elections,
  page,
  total,
  size,
  adds,
  typed,
  problems = {},
  refusal,
}: {
  view: View
  wave: { id: string; name: string; agencyName: string; held: string }
  profileName: string
  elections: readonly Election[]
  page: number
  total: number
  size: number
  adds: boolean
} & Again) {
  const w = words(view.lang)
  const labels = { village: w.village, kind: w.electionKind, outside: w.outside, needed: w.needed }
  const problem = (name: string) => problems[name] && sentence(problems[name], view.lang, w)
  return (
    <Page view={view} title={wave.name} trail={[{ href: '/voting', label: w.votingTitle }]}>
      <ErrorSummary lang={view.lang} problems={problems} refusal={refusal} words={w} labels={labels} />
      <Facts
        facts={[
          [w.agency, wave.agencyName],
          [w.waveHeld, heldOn(view, wave.held)],
          [w.waveProfile, profileName],
        ]}
      />
      <h2>{w.elections}</h2>
      <Table
        caption={w.elections}
        hideCaption
        rows={elections}
        empty={<p>{w.electionsNone}</p>}
        columns={[
          {
            head: w.election,
            main: true,
            cell: (election) => <a href={`/voting/elections/${election.id}`}>{electionTitle(view, election)}</a>,
          },
          { head: w.district, cell: ({ districtName }) => districtName },
          { head: w.state, cell: ({ state }) => <ElectionStateSign view={view} state={state} /> },
        ]}
      />
      {total > size && (
        <Pager
          lang={view.lang}
          page={page}
          total={total}
          size={size}
          href={(n) => `/voting/waves/${wave.id}?hal=${formatNumber(n, 'en')}`}
        />
      )}
      {adds && (
        <details open={typed !== undefined || total === 0}>
          <summary>{w.electionAddHead}</summary>
          <Form action={`/voting/waves/${wave.id}/elections`}>
            <TextField
              name="village"
              label={w.village}
              hint={w.villageHint}
              value={typedText(typed, 'village')}
              problem={problem('village')}
              autocomplete="off"
            />
            <Choices
              name="kind"
              label={w.electionKind}
              value={typedText(typed, 'kind') || 'contest'}
              options={kinds.map((value) => ({ value, label: w[`kind-${value}`] }))}
              problem={problem('kind')}
            />
            <TextField
              name="outside"
              label={w.outside}
              hint={w.outsideHint}
              value={typed ? typedText(typed, 'outside') : w.outsideDefault}
              problem={problem('outside')}
            />
            <Select
              name="needed"
              label={w.needed}
              hint={w.neededHint}
              value={typedText(typed, 'needed') || '3'}
              options={[1, 2, 3, 4, 5].map((n) => ({ value: String(n), label: fill('{n}', { n }) }))}
              problem={problem('needed')}
            />
            <Tick
              name="practice"
              label={w.modePractice}
              hint={w.modePracticeHint}
              checked={typedText(typed, 'practice') !== ''}
            />
            <div class="actions">
              <button type="submit">{w.electionAdd}</button>
            </div>
          </Form>
        </details>
      )}
    </Page>
  )
}
