import type { View } from '#platform/http.ts'
import { fill, formatNumber } from '#platform/text.ts'
import { ErrorSummary, Form, Page, Select, State, sentence, Table, TextField } from '#platform/ui/index.ts'
import type { Election } from '../domain/election.ts'
import { words } from '../text/index.ts'
import { type Again, ElectionStateSign, electionTitle, heldOn, typedText } from './parts.tsx'

export type WaveRow = {
  id: string
  name: string
  agencyName: string
  held: string
  state: 'preparing' | 'held' | 'closed'
  elections: number
}

/** Every wave, for everybody; before them the elections in whose committee the reader is. */
export function FrontPage({
  view,
  waves,
  own,
  agencies,
}: {
  view: View
  waves: readonly WaveRow[]
  own: readonly Election[]
  /** Regencies for which this reader opens waves. */
  agencies: readonly { id: string; name: string }[]
}) {
  const w = words(view.lang)
  return (
    <Page view={view} title={w.votingTitle} lead={w.votingLead}>
      {own.length > 0 && (
        <section>
          <h2>{w.ownHead}</h2>
          <Table
            caption={w.ownHead}
            hideCaption
            rows={own}
            columns={[
              {
                head: w.election,
                main: true,
                cell: (election) => (
                  <a href={`/voting/elections/${election.id}/office`}>{electionTitle(view, election)}</a>
                ),
              },
              { head: w.dayHeld, cell: ({ held }) => heldOn(view, held) },
              { head: w.committeeRole, cell: ({ member }) => (member ? w[`role-${member}`] : '–') },
              { head: w.state, cell: ({ state }) => <ElectionStateSign view={view} state={state} /> },
            ]}
          />
        </section>
      )}
      {agencies.length > 0 && (
        <ul>
          {agencies.map(({ id, name }) => (
            <li key={id}>
              <a href={`/voting/agencies/${id}/waves`}>
                {w.waveOpenHead}: {name}
              </a>
            </li>
          ))}
        </ul>
      )}
      <ul>
        <li>
          <a href="/voting/results">{w.resultsAll}</a>
        </li>
        <li>
          <a href="/voting/check">{w.checkLink}</a>
        </li>
        <li>
          <a href="/voting/hand-in">{w.handInTitle}</a>
        </li>
        <li>
          <a href="/voting/planos">{w.photosTitle}</a>
        </li>
      </ul>
      <h2>{w.waves}</h2>
      <WaveTable view={view} waves={waves} />
    </Page>
  )
}

const tones = { preparing: 'attention', held: 'active', closed: 'calm' } as const

function WaveTable({ view, waves }: { view: View; waves: readonly WaveRow[] }) {
  const w = words(view.lang)
  return (
    <Table
      caption={w.waves}
      hideCaption
      rows={waves}
      empty={<p>{w.wavesNone}</p>}
      columns={[
        { head: w.wave, main: true, cell: ({ id, name }) => <a href={`/voting/waves/${id}`}>{name}</a> },
        { head: w.agency, cell: ({ agencyName }) => agencyName },
        { head: w.dayHeld, cell: ({ held }) => heldOn(view, held) },
        {
          head: w.village,
          number: true,
          cell: ({ elections }) => fill(w.electionCount, { n: formatNumber(elections, view.lang) }),
        },
        { head: w.state, cell: ({ state }) => <State tone={tones[state]}>{w[`wave-${state}`]}</State> },
      ]}
    />
  )
}

/** An agency opens a wave. */
export function OpenWavePage({
  view,
  agency,
  profiles,
  typed,
  problems = {},
  refusal,
}: {
  view: View
  agency: { id: string; name: string }
  profiles: readonly { key: string; name: string }[]
} & Again) {
  const w = words(view.lang)
  const labels = { name: w.waveName, held: w.waveHeld, profile: w.waveProfile }
  const problem = (name: string) => problems[name] && sentence(problems[name], view.lang, w)
  return (
    <Page view={view} title={w.waveOpenHead} lead={agency.name} trail={[{ href: '/voting', label: w.votingTitle }]}>
      <ErrorSummary lang={view.lang} problems={problems} refusal={refusal} words={w} labels={labels} />
      <Form action={`/voting/agencies/${agency.id}/waves`}>
        <TextField
          name="name"
          label={w.waveName}
          hint={w.waveNameHint}
          value={typedText(typed, 'name')}
          problem={problem('name')}
        />
        <TextField
          name="held"
          type="date"
          label={w.waveHeld}
          value={typedText(typed, 'held')}
          problem={problem('held')}
        />
        <Select
          name="profile"
          label={w.waveProfile}
          value={typedText(typed, 'profile')}
          options={profiles.map(({ key, name }) => ({ value: key, label: name }))}
          problem={problem('profile')}
        />
        <div class="actions">
          <button type="submit">{w.waveOpen}</button>
        </div>
      </Form>
    </Page>
  )
}
