import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill } from '#platform/text.ts'
import { Choices, ErrorSummary, Facts, Form, Notice, Page, sentence, TextField } from '#platform/ui/index.ts'
import { platformWords } from '#platform/words/index.ts'
import { words } from '../text/index.ts'

export type Typed = Record<string, string>
type Returned = { typed: Typed; problems?: Problems; refusal?: string }
const toAccount = (view: View) => [{ href: '/akun', label: words(view.lang).accountTitle }]

/** Name, language and telephone, as the own page and the first sign-in ask for them. */
export function ProfileFields({
  view,
  typed,
  problems,
}: {
  view: View
  typed: Typed
  problems?: Problems | undefined
}) {
  const w = words(view.lang)
  const problem = (field: string) => problems?.[field] && sentence(problems[field], view.lang, w)
  return (
    <>
      <TextField
        name="name"
        label={w.yourName}
        hint={w.profileNameHint}
        value={typed.name}
        maxlength={120}
        autocomplete="name"
        problem={problem('name')}
      />
      <TextField
        name="phone"
        label={w.phone}
        hint={w.phoneHint}
        optional={platformWords(view.lang).optional}
        value={typed.phone}
        type="tel"
        maxlength={40}
        autocomplete="tel"
        problem={problem('phone')}
      />
      <Choices
        name="lang"
        label={w.language}
        hint={w.languageHint}
        value={typed.lang}
        options={(['id', 'en'] as const).map((value) => ({ value, label: w[`lang-${value}`] }))}
        problem={problem('lang')}
      />
    </>
  )
}

export const profileLabels = (view: View) => {
  const w = words(view.lang)
  return { name: w.yourName, phone: w.phone, lang: w.language }
}

function Buttons({ view, label, danger }: { view: View; label: string; danger?: boolean }) {
  return (
    <div class="actions">
      <button type="submit" class={danger ? 'danger' : undefined}>
        {label}
      </button>
      <a class="button quiet" href="/akun">
        {platformWords(view.lang).back}
      </a>
    </div>
  )
}

export function ProfilePage({ view, typed, problems, refusal }: Returned & { view: View }) {
  const w = words(view.lang)
  return (
    <Page view={view} title={w.profileTitle} trail={toAccount(view)} lead={w.profileLead}>
      <ErrorSummary lang={view.lang} problems={problems} refusal={refusal} words={w} labels={profileLabels(view)} />
      <Form action="/akun/profil">
        <ProfileFields view={view} typed={typed} problems={problems} />
        <Buttons view={view} label={w.save} />
      </Form>
    </Page>
  )
}

export function EmailPage({ view, email, typed, problems, refusal }: Returned & { view: View; email: string }) {
  const w = words(view.lang)
  const problem = (field: string) => problems?.[field] && sentence(problems[field], view.lang, w)
  return (
    <Page view={view} title={w.emailTitle} trail={toAccount(view)} lead={w.emailLead}>
      <ErrorSummary
        lang={view.lang}
        problems={problems}
        refusal={refusal}
        words={w}
        labels={{ email: w.emailNew, password: w.closePassword }}
      />
      <Facts facts={[[w.emailNow, email]]} />
      <Form action="/akun/surel">
        <TextField
          name="email"
          label={w.emailNew}
          hint={w.inviteEmailHint}
          type="email"
          value={typed.email}
          maxlength={200}
          autocomplete="email"
          problem={problem('email')}
        />
        <TextField
          name="password"
          label={w.closePassword}
          type="password"
          autocomplete="current-password"
          problem={problem('password')}
        />
        <Buttons view={view} label={w.emailSend} />
      </Form>
    </Page>
  )
}

/** What the link in the new mailbox opens: one button, because programs that read letters open links too. */
export function EmailConfirmPage({
  view,
  token,
  email,
  refusal,
}: {
  view: View
  token: string
  email: string | undefined
  refusal?: string
}) {
  const w = words(view.lang)
  if (email === undefined)
    return (
      <Page view={view} title={w.emailTitle} trail={toAccount(view)}>
        <Notice tone="attention">
          <p>{w['email-link-gone']}</p>
        </Notice>
        <div class="actions">
          <a class="button" href="/akun/surel">
            {w.emailTitle}
          </a>
        </div>
      </Page>
    )
  return (
    <Page view={view} title={w.emailConfirmTitle} trail={toAccount(view)} lead={fill(w.emailConfirmLead, { email })}>
      <ErrorSummary lang={view.lang} refusal={refusal} words={w} />
      <Form action={`/akun/surel/${token}`}>
        <Buttons view={view} label={w.emailConfirm} />
      </Form>
    </Page>
  )
}
