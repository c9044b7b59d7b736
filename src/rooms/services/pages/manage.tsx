import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill, formatDate } from '#platform/text.ts'
import {
  ActionButton,
  Choices,
  ErrorSummary,
  Form,
  Page,
  Select,
  sentence,
  Table,
  TextField,
} from '#platform/ui/index.ts'
import { say } from '../domain/held.ts'
import type { Package } from '../domain/package/format/index.ts'
import { words } from '../text/index.ts'

type Shared = {
  view: View
  id: string
  pkg: Package
  typed?: Record<string, string | string[]>
  problems?: Problems
  refusal?: string | undefined
}
const trailOf = (view: View, id: string, pkg: Package) => [
  { href: '/services', label: words(view.lang).servicesTitle },
  { href: `/services/${id}`, label: say(pkg.manifest.names, view.lang) },
]

/** What the agency has set. */
export function SettingsPage({
  view,
  id,
  pkg,
  settings,
  typed,
  problems = {},
  refusal,
}: Shared & { settings: Record<string, unknown> }) {
  const w = words(view.lang)
  const shown = (value: unknown) => (typeof value === 'boolean' ? (value ? w.yes : w.no) : String(value))
  const asTyped = (value: unknown) => (typeof value === 'boolean' ? (value ? 'ya' : 'tidak') : String(value))
  return (
    <Page
      view={view}
      title={fill(w.settingsTitle, { name: say(pkg.manifest.names, view.lang) })}
      lead={w.settingsLead}
      trail={trailOf(view, id, pkg)}
    >
      <ErrorSummary
        lang={view.lang}
        problems={problems}
        refusal={refusal}
        words={w}
        labels={Object.fromEntries(pkg.settings.map((setting) => [setting.id, say(setting.label, view.lang)]))}
      />
      {pkg.settings.length === 0 && <p>{w.settingsNone}</p>}
      <Form action={`/services/${id}/settings`}>
        {pkg.settings.map((setting) => {
          const fallback = fill(w.settingDefault, { value: shown(setting.default) })
          const hint = [
            setting.why && say(setting.why, view.lang),
            fallback,
            setting.known !== 'sourced' && w.settingOurs,
          ]
          const shared = {
            name: setting.id,
            label: say(setting.label, view.lang),
            hint: hint.filter(Boolean).join(' · '),
            problem: problems[setting.id] && sentence(problems[setting.id]!, view.lang, w),
          }
          const value = typed ? String(typed[setting.id] ?? '') : asTyped(settings[setting.id] ?? setting.default)
          if (setting.type === 'bool')
            return (
              <Choices
                key={setting.id}
                {...shared}
                value={value}
                options={[
                  { value: 'ya', label: w.yes },
                  { value: 'tidak', label: w.no },
                ]}
              />
            )
          if (setting.type === 'choice')
            return (
              <Select
                key={setting.id}
                {...shared}
                value={value}
                options={setting.options.map((option) => ({ value: option.id, label: say(option.label, view.lang) }))}
              />
            )
          return (
            <TextField
              key={setting.id}
              {...shared}
              value={value}
              inputmode={setting.type === 'number' ? 'decimal' : 'text'}
            />
          )
        })}
        {pkg.settings.length > 0 && (
          <div class="actions">
            <button type="submit">{w.settingsSave}</button>
          </div>
        )}
      </Form>
    </Page>
  )
}

export type PostRow = {
  id: string
  role: string
  area: string
  except?: readonly string[]
  since: Date
  name: string
  email: string
}

/** Who works in the service. */
export function RolesPage({
  view,
  id,
  pkg,
  posts,
  typed = {},
  problems = {},
  refusal,
}: Shared & { posts: readonly PostRow[] }) {
  const w = words(view.lang)
  const problem = (name: string) => problems[name] && sentence(problems[name], view.lang, w)
  const nameOf = (role: string) => {
    const found = pkg.roles.find((one) => one.id === role)
    return found ? say(found.names, view.lang) : role
  }
  return (
    <Page
      view={view}
      title={fill(w.rolesTitle, { name: say(pkg.manifest.names, view.lang) })}
      lead={w.rolesLead}
      trail={trailOf(view, id, pkg)}
    >
      <ErrorSummary
        lang={view.lang}
        problems={problems}
        refusal={refusal}
        words={w}
        labels={{ email: w.email, role: w.role, area: w.area }}
      />
      <Table
        caption={w.roles}
        hideCaption
        empty={<p>{w.rolesNone}</p>}
        rows={posts}
        columns={[
          { head: w.person, main: true, cell: ({ name }) => name },
          { head: w.role, cell: ({ role }) => nameOf(role) },
          {
            head: w.area,
            cell: ({ area, except = [] }) =>
              `${area || w.areaAll}${except.length > 0 ? ` (−${except.join(', −')})` : ''}`,
          },
          { head: w.postOpen, cell: (post) => <a href={`/services/${id}/roles/${post.id}`}>{w.postOpen}</a> },
          { head: w.since, cell: ({ since }) => formatDate(since, view.lang, view.zone) },
          {
            head: w.endRole,
            cell: (post) => (
              <ActionButton action={`/services/${id}/roles/${post.id}/end`} kind="quiet">
                {w.endRole}
              </ActionButton>
            ),
          },
        ]}
      />
      <h2>{w.giveRole}</h2>
      <Form action={`/services/${id}/roles`}>
        <TextField
          name="email"
          type="email"
          label={w.email}
          value={String(typed.email ?? '')}
          problem={problem('email')}
        />
        <Select
          name="role"
          label={w.role}
          value={String(typed.role ?? '')}
          problem={problem('role')}
          empty={w.choose}
          options={pkg.roles
            .filter((role) => !role.public)
            .map((role) => ({ value: role.id, label: say(role.names, view.lang) }))}
        />
        <TextField
          name="area"
          label={w.area}
          hint={w.areaHint}
          value={String(typed.area ?? '')}
          problem={problem('area')}
        />
        <div class="actions">
          <button type="submit">{w.giveRole}</button>
        </div>
      </Form>
    </Page>
  )
}
