import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { formatDate, formatDateTime } from '#platform/text.ts'
import {
  ActionButton,
  ErrorSummary,
  Facts,
  Form,
  Notice,
  Page,
  sentence,
  Table,
  TextField,
} from '#platform/ui/index.ts'
import type { RoleName } from '../domain/office.ts'
import { words } from '../text/index.ts'
import { FactorState } from './care.tsx'

export function LoginPage({
  view,
  email = '',
  refusal,
  next,
}: {
  view: View
  email?: string
  refusal?: 'login-wrong' | 'login-throttled'
  next: string
}) {
  const w = words(view.lang)
  return (
    <Page view={view} title={w.loginTitle} lead={w.loginLead}>
      <ErrorSummary lang={view.lang} refusal={refusal} words={w} />
      <form method="post" action="/masuk">
        <input type="hidden" name="ke" value={next} />
        <TextField name="email" label={w.email} type="email" autocomplete="username" value={email} />
        <TextField name="password" label={w.password} type="password" autocomplete="current-password" />
        <div class="actions">
          <button type="submit">{w.login}</button>
        </div>
      </form>
      <p>
        <a href="/masuk/lupa">{w.forgotLink}</a>
      </p>
      <p class="soft">{w.noAccountHelp}</p>
    </Page>
  )
}

export type OfficeRow = {
  id: string
  role: RoleName
  since: Date
  ended: Date | null
  agency: string | null
  unit: string | null
}
export type SessionRow = { id: string; started: Date; seen: Date; address: string; agent: string }

export function AccountPage({
  view,
  offices,
  sessions,
  here,
  own,
}: {
  view: View
  offices: readonly OfficeRow[]
  sessions: readonly SessionRow[]
  here: string | null
  own: { email: string; phone: string | null; lang: 'id' | 'en'; has_factor: boolean }
}) {
  const w = words(view.lang)
  return (
    <Page view={view} title={w.accountTitle} lead={view.actor.name}>
      {!own.has_factor && (
        <Notice title={w.factorOfferTitle}>
          <p>{w.factorOffer}</p>
          <div class="actions">
            <a class="button" href="/akun/faktor">
              {w.factorOfferButton}
            </a>
          </div>
        </Notice>
      )}
      <Facts
        facts={[
          [w.email, own.email],
          [w.phone, own.phone ?? <span class="soft">{w.phoneNone}</span>],
          [w.language, w[`lang-${own.lang}`]],
          [w.factorTitle, <FactorState key="f" view={view} has={own.has_factor} />],
        ]}
      />
      <div class="actions">
        <a class="button quiet" href="/akun/profil">
          {w.profileButton}
        </a>
        <a class="button quiet" href="/akun/surel">
          {w.emailButton}
        </a>
        <a class="button quiet" href="/akun/kata-sandi">
          {w.changePassword}
        </a>
        {own.has_factor && (
          <a class="button quiet" href="/akun/faktor">
            {w.factorTitle}
          </a>
        )}
      </div>
      <h2>{w.offices}</h2>
      <Table
        caption={w.offices}
        hideCaption
        rows={offices}
        empty={<p>{w.noOffices}</p>}
        columns={[
          { head: w.role, cell: (o) => [w[o.role], o.unit, o.agency].filter(Boolean).join(' · '), main: true },
          {
            head: w.since,
            cell: (o) =>
              `${formatDate(o.since, view.lang, view.zone)}${o.ended ? ` – ${formatDate(o.ended, view.lang, view.zone)}` : ''}`,
          },
        ]}
      />
      <h2>{w.sessions}</h2>
      <p class="hint">{w.sessionsHint}</p>
      <Table
        caption={w.sessions}
        hideCaption
        rows={sessions}
        columns={[
          { head: w.sessions, cell: (s) => `${deviceOf(s.agent)} · ${s.address}`, main: true },
          { head: w.since, cell: (s) => formatDateTime(s.started, view.lang, view.zone) },
          {
            head: w.endSession,
            cell: (s) =>
              s.id === here ? (
                w.thisSession
              ) : (
                <ActionButton action={`/akun/sesi/${s.id}/akhiri`} kind="quiet">
                  {w.endSession}
                </ActionButton>
              ),
          },
        ]}
      />
      <h2>{w.closeOwnTitle}</h2>
      <p>
        {w.closeLead} <a href="/akun/tutup">{w.closeOwnTitle}</a>
      </p>
    </Page>
  )
}

/** A browser's long description, short enough to recognise: "Chrome, Android". */
export function deviceOf(agent: string): string {
  const browser = /Edg|OPR|Firefox|Chrome|Safari/.exec(agent)?.[0]?.replace('Edg', 'Edge').replace('OPR', 'Opera')
  const system = /Android|iPhone|iPad|Windows|Mac OS|Linux/.exec(agent)?.[0]
  return [browser, system].filter(Boolean).join(', ') || agent.slice(0, 40) || '?'
}

export function PasswordPage({
  view,
  forced,
  problems,
  refusal,
}: {
  view: View
  forced: boolean
  problems?: Problems
  refusal?: string
}) {
  const w = words(view.lang)
  const problem = (name: string) => problems?.[name] && sentence(problems[name], view.lang, w)
  return (
    <Page view={view} title={w.changePassword} trail={forced ? [] : [{ href: '/akun', label: w.accountTitle }]}>
      <ErrorSummary
        lang={view.lang}
        problems={problems}
        refusal={refusal}
        words={w}
        labels={{ current: w.currentPassword, password: w.newPassword }}
      />
      {forced && !refusal && (
        <Notice tone="attention">
          <p>{w.mustChange}</p>
        </Notice>
      )}
      <Form action="/akun/kata-sandi">
        <TextField
          name="current"
          label={w.currentPassword}
          type="password"
          autocomplete="current-password"
          problem={problem('current')}
        />
        <TextField
          name="password"
          label={w.newPassword}
          hint={w.newPasswordHint}
          type="password"
          autocomplete="new-password"
          problem={problem('password')}
        />
        <div class="actions">
          <button type="submit">{w.changePassword}</button>
        </div>
      </Form>
    </Page>
  )
}
