import { h } from 'preact'
import type { View } from '#platform/http.ts'
import { Choices, Page, Select, Table, TextField } from '#platform/ui/index.ts'
import { platformWords } from '#platform/words/index.ts'
import { type Region, type RegionKind, regionKinds } from '../domain/agency.ts'
import { words } from '../text/index.ts'

export const regionLabel = ({ code, name, within }: Region) => `${code} ${name}${within ? `, ${within}` : ''}`

/**
 * A region as typed text. With the script `region-field` (name it in the page's islands) it offers regions while one
 * types; without it the server looks up what was typed and, when it may mean several, offers them as `choices`.
 */
export function RegionField({
  view,
  name,
  label,
  hint,
  value,
  problem,
  kinds,
  choices = [],
  optional,
}: {
  view: View
  name: string
  label: string
  hint?: string
  value?: string | undefined
  problem?: string | undefined
  kinds: readonly RegionKind[]
  choices?: readonly Region[]
  optional?: string
}) {
  return (
    <>
      {h(
        'region-field',
        { kinds: kinds.join(',') },
        <TextField
          name={name}
          label={label}
          hint={hint}
          value={value}
          problem={problem}
          optional={optional}
          autocomplete="off"
        />,
      )}
      {choices.length > 0 && (
        <Choices
          name={`${name}_choice`}
          label={words(view.lang).regionChoose}
          options={choices.map((region) => ({ value: region.code, label: regionLabel(region) }))}
        />
      )}
    </>
  )
}

export function RegionsPage({
  view,
  q,
  kind,
  regions,
}: {
  view: View
  q: string
  kind?: RegionKind | undefined
  regions: readonly Region[]
}) {
  const w = words(view.lang)
  const p = platformWords(view.lang)
  return (
    <Page view={view} title={w.regionsTitle} lead={w.regionsLead}>
      <form method="get" action="/people/regions" class="filters">
        <TextField name="q" label={p.search} value={q} type="search" />
        <Select
          name="kind"
          label={w.kind}
          value={kind}
          empty={p.all}
          options={regionKinds.map((value) => ({ value, label: w[value] }))}
        />
        <button type="submit">{p.search}</button>
      </form>
      {q !== '' && (
        <Table
          caption={w.regionsTitle}
          hideCaption
          rows={regions}
          empty={<p>{w.regionsNone}</p>}
          columns={[
            { head: w.region, cell: (r) => r.name, main: true },
            { head: w.code, cell: (r) => r.code },
            { head: w.kind, cell: (r) => w[r.kind] },
            { head: w.within, cell: (r) => r.within ?? '' },
          ]}
        />
      )}
    </Page>
  )
}
