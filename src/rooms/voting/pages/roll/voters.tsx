import type { View } from '#platform/http.ts'
import { formatDate } from '#platform/text.ts'
import { hrefWith, Pager, Select, Table, TextField } from '#platform/ui/index.ts'
import type { Election } from '../../domain/election.ts'
import { wholeAddress } from '../../domain/roll/fixed.ts'
import { words } from '../../text/index.ts'
import { count, RollPart, rollAt, tpsName } from './parts.tsx'

/** A voter as they are shown: the NIK is masked before it comes here. */
export type VoterShown = {
  id: string
  no: number | null
  number?: number | null
  tps: string | null
  name: string
  masked: string
  born: string | null
  sex: 'L' | 'P' | null
  marital: 'B' | 'S' | 'P' | null
  address: string
  hamlet: string
  rt: string
  rw: string
  additional: boolean
}
export type PlaceOption = { id: string; number: number }

/** The roll, by polling place and name. */
export function VotersPage({
  view,
  election,
  voters,
  total,
  page,
  size,
  places,
  filter,
}: {
  view: View
  election: Election
  voters: readonly VoterShown[]
  total: number
  page: number
  size: number
  places: readonly PlaceOption[]
  filter: { tps?: string | undefined; name?: string | undefined; unplaced?: boolean | undefined }
}) {
  const w = words(view.lang)
  const at = `${rollAt(election)}/voters`
  const query = { tps: filter.tps, name: filter.name, unplaced: filter.unplaced ? 'ya' : undefined }
  return (
    <RollPart view={view} election={election} title={w.votersAll}>
      <form class="filters" method="get" action={at}>
        <Select
          name="tps"
          label={w.tpsOne}
          empty={w.votersAll}
          value={filter.tps}
          options={places.map(({ id, number }) => ({ value: id, label: tpsName(view, number) }))}
        />
        <TextField name="name" label={w.voterSearch} value={filter.name} maxlength={60} />
        <button type="submit" class="quiet">
          {w.voterFilter}
        </button>
      </form>
      <Table
        caption={w.votersAll}
        hideCaption
        rows={voters}
        empty={<p>{w.votersNone}</p>}
        columns={[
          { head: w.voterName, main: true, cell: ({ id, name }) => <a href={`${at}/${id}`}>{name}</a> },
          { head: w.tpsOne, cell: ({ number }) => (number ? tpsName(view, number) : w.rollUnplaced) },
          { head: w.voterNo, number: true, cell: ({ no }) => (no === null ? '–' : count(view, no)) },
          { head: w.nik, cell: ({ masked }) => <span class="tabular">{masked}</span> },
          { head: w.born, cell: ({ born }) => (born ? formatDate(born, view.lang) : w.unknownYet) },
          { head: w.address, cell: (voter) => wholeAddress(voter) },
        ]}
      />
      <Pager
        lang={view.lang}
        page={page}
        total={total}
        size={size}
        href={(n) => hrefWith(at, { ...query, page: String(n) })}
      />
    </RollPart>
  )
}
