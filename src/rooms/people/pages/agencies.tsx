import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import {
  ErrorSummary,
  Form,
  hrefWith,
  Page,
  Pager,
  Select,
  State,
  sentence,
  Table,
  TextField,
} from '#platform/ui/index.ts'
import { platformWords } from '#platform/words/index.ts'
import { type AgencyKind, agencyKinds, type Region } from '../domain/agency.ts'
import { words } from '../text/index.ts'
import { PeopleTabs } from './parts.tsx'
import { RegionField } from './region.tsx'

type Row = {
  id: string
  code: string
  kind: AgencyKind
  name: string
  region: string | null
  admin: string | null
  invited: boolean
  units: number
}

export function AgenciesPage({
  view,
  rows,
  total,
  page,
  size,
  filter,
  provinces,
}: {
  view: View
  rows: readonly Row[]
  total: number
  page: number
  size: number
  filter: { q?: string; kind?: string; province?: string }
  provinces: readonly { code: string; name: string }[]
}) {
  const w = words(view.lang)
  const p = platformWords(view.lang)
  const href = (query: Record<string, string | undefined>) => hrefWith('/people/agencies', { ...filter, ...query })
  return (
    <Page view={view} title={w.agencies} lead={w.agenciesLead}>
      <PeopleTabs view={view} here="/people/agencies" />
      <div class="actions">
        <a class="button" href="/people/agencies/new">
          {w.addAgency}
        </a>
        <a class="button quiet" href="/people/agencies/import">
          {w.importAgencies}
        </a>
        <a class="button quiet" href="/people/agencies/export.csv">
          {p.exportCsv}
        </a>
        <a class="button quiet" href="/people/agencies/export.xlsx">
          {p.exportXlsx}
        </a>
      </div>
      <form method="get" action="/people/agencies" class="filters">
        <TextField name="q" label={w.searchAgency} value={filter.q} type="search" />
        <Select
          name="kind"
          label={w.kind}
          value={filter.kind}
          empty={p.all}
          options={agencyKinds.map((value) => ({ value, label: w[value] }))}
        />
        <Select
          name="province"
          label={w.province}
          value={filter.province}
          empty={p.all}
          options={provinces.map(({ code, name }) => ({ value: code, label: name }))}
        />
        <button type="submit">{p.filter}</button>
      </form>
      <Table
        caption={w.agencies}
        hideCaption
        rows={rows}
        empty={<p>{w.noAgencies}</p>}
        columns={[
          { head: w.agencyName, cell: (a) => <a href={`/people/agencies/${a.id}`}>{a.name}</a>, main: true },
          { head: w.code, cell: (a) => a.code },
          { head: w.kind, cell: (a) => w[a.kind] },
          {
            head: w.localAdmin,
            cell: (a) =>
              a.admin ?? (
                <State tone={a.invited ? 'calm' : 'attention'}>{a.invited ? w.adminInvited : w.noAdmin}</State>
              ),
          },
          { head: w.unitsCount, cell: (a) => a.units, number: true },
        ]}
      />
      {total > 0 && (
        <Pager lang={view.lang} page={page} total={total} size={size} href={(n) => href({ hal: String(n) })} />
      )}
    </Page>
  )
}

export type AgencyTyped = { code?: string; kind?: string; name?: string; region?: string }

/** Add an agency, or change one. `choices` are the regions that what was typed may mean. */
export function AgencyFormPage({
  view,
  action,
  title,
  button,
  back,
  typed,
  problems,
  refusal,
  choices = [],
}: {
  view: View
  action: string
  title: string
  button: string
  back: { href: string; label: string }
  typed: AgencyTyped
  problems?: Problems
  refusal?: string
  choices?: readonly Region[]
}) {
  const w = words(view.lang)
  const problem = (name: string) => problems?.[name] && sentence(problems[name], view.lang, w)
  return (
    <Page view={view} title={title} trail={[back]} islands={['region-field']}>
      <ErrorSummary
        lang={view.lang}
        problems={problems}
        refusal={refusal}
        words={w}
        labels={{ code: w.code, kind: w.kind, name: w.agencyName, region: w.region }}
      />
      <Form action={action}>
        <Select
          name="kind"
          label={w.kind}
          value={typed.kind}
          empty="—"
          options={agencyKinds.map((value) => ({ value, label: w[value] }))}
          problem={problem('kind')}
        />
        <TextField name="name" label={w.agencyName} value={typed.name} maxlength={200} problem={problem('name')} />
        <TextField
          name="code"
          label={w.code}
          hint={w.codeHint}
          value={typed.code}
          maxlength={40}
          problem={problem('code')}
        />
        <RegionField
          view={view}
          name="region"
          label={w.region}
          hint={w.regionHint}
          value={typed.region}
          problem={problem('region')}
          kinds={['province', 'regency', 'city']}
          choices={choices}
        />
        <div class="actions">
          <button type="submit">{button}</button>
          <a class="button quiet" href={back.href}>
            {platformWords(view.lang).back}
          </a>
        </div>
      </Form>
    </Page>
  )
}
