import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { ErrorSummary, Form, Notice, Page, sentence, TextField } from '#platform/ui/index.ts'
import { words } from '../text/index.ts'

/** Ask for a link. After sending, the same is said for every address, known or not. */
export function ForgotPage({ view, sent, refusal }: { view: View; sent: boolean; refusal?: string }) {
  const w = words(view.lang)
  return (
    <Page view={view} title={w.forgotTitle} lead={sent ? undefined : w.forgotLead}>
      <ErrorSummary lang={view.lang} refusal={refusal} words={w} />
      {sent ? (
        <Notice tone="good">
          <p role="status">{w.forgotSent}</p>
        </Notice>
      ) : (
        <form method="post" action="/masuk/lupa">
          <TextField name="email" label={w.email} type="email" autocomplete="username" maxlength={200} />
          <div class="actions">
            <button type="submit">{w.forgotSend}</button>
          </div>
        </form>
      )}
      <p>
        <a href="/masuk">{w.login}</a>
      </p>
    </Page>
  )
}

export function ResetPage({
  view,
  token,
  problems,
  refusal,
}: {
  view: View
  token: string
  problems?: Problems
  refusal?: string
}) {
  const w = words(view.lang)
  return (
    <Page view={view} title={w.resetTitle}>
      <ErrorSummary
        lang={view.lang}
        problems={problems}
        refusal={refusal}
        words={w}
        labels={{ password: w.newPassword }}
      />
      <Form action={`/masuk/atur/${token}`}>
        <TextField
          name="password"
          label={w.newPassword}
          hint={w.newPasswordHint}
          type="password"
          autocomplete="new-password"
          problem={problems?.password && sentence(problems.password, view.lang, w)}
        />
        <div class="actions">
          <button type="submit">{w.changePassword}</button>
        </div>
      </Form>
    </Page>
  )
}

export function ResetGonePage({ view }: { view: View }) {
  const w = words(view.lang)
  return (
    <Page view={view} title={w.resetTitle}>
      <Notice tone="attention">
        <p>{w.resetGone}</p>
      </Notice>
      <div class="actions">
        <a class="button" href="/masuk/lupa">
          {w.forgotTitle}
        </a>
      </div>
    </Page>
  )
}
