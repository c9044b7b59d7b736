import { type ComponentChildren, h } from 'preact'
import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill, formatDate } from '#platform/text.ts'
import {
  ActionButton,
  ErrorSummary,
  Form,
  Notice,
  Page,
  Square,
  sentence,
  Table,
  TextArea,
  TextField,
} from '#platform/ui/index.ts'
import { platformWords } from '#platform/words/index.ts'
import { words } from '../text/index.ts'

type Returned = { problems?: Problems; refusal?: string }

/** The button that makes or uses a passkey; hidden until its script runs in a browser that can. */
function PasskeyButton({
  view,
  mode,
  children,
  next,
}: {
  view: View
  mode: 'add' | 'use'
  children?: ComponentChildren
  next?: string
}) {
  const w = words(view.lang)
  const address = mode === 'add' ? '/akun/faktor/passkeys' : '/akun/faktor/login'
  const query = next ? `?ke=${encodeURIComponent(next)}` : ''
  return h(
    'passkey-button',
    { mode, options: `${address}/options`, verify: `${address}${query}`, failed: w['passkey-failed'], hidden: true },
    children,
    <button type="button">{mode === 'add' ? w.passkeyAdd : w.passkeyUse}</button>,
    <p class="problem" role="alert" />,
  )
}

function CodeField({ view, problems }: { view: View; problems?: Problems | undefined }) {
  const w = words(view.lang)
  return (
    <TextField
      name="code"
      label={w.factorCode}
      hint={w.factorCodeHint}
      inputmode="numeric"
      autocomplete="one-time-code"
      maxlength={10}
      problem={problems?.code && sentence(problems.code, view.lang, w)}
    />
  )
}

/** At sign-in: the second factor that this account has. */
export function FactorAskPage({
  view,
  app,
  passkeys,
  next,
  problems,
  refusal,
}: Returned & { view: View; app: boolean; passkeys: boolean; next: string }) {
  const w = words(view.lang)
  const query = next === '/' ? '' : `?ke=${encodeURIComponent(next)}`
  return (
    <Page view={view} title={w.factorTitle} lead={app ? w.factorAsk : w.factorAskPasskey} islands={['passkey-button']}>
      <ErrorSummary lang={view.lang} problems={problems} refusal={refusal} words={w} labels={{ code: w.factorCode }} />
      {app && (
        <Form action={`/akun/faktor/code${query}`}>
          <CodeField view={view} problems={problems} />
          <div class="actions">
            <button type="submit">{w.factorConfirm}</button>
          </div>
        </Form>
      )}
      {passkeys && <PasskeyButton view={view} mode="use" next={next} />}
      <details>
        <summary>{w.recoveryUse}</summary>
        <form method="post" action={`/akun/faktor/recovery${query}`}>
          <div class="field">
            <label for="recovery">{w.recoveryCode}</label>
            <p class="hint" id="recovery-hint">
              {w.recoveryUseHint}
            </p>
            <input id="recovery" name="code" autocomplete="off" maxlength={40} aria-describedby="recovery-hint" />
          </div>
          <div class="actions">
            <button type="submit" class="quiet">
              {w.factorConfirm}
            </button>
          </div>
        </form>
      </details>
    </Page>
  )
}

type PasskeyRow = { credential: string; name: string; added: Date; used: Date | null }

/** One's factors: what is set up, what can be added or removed. */
export function FactorPage({
  view,
  since,
  passkeys,
  recoveryLeft,
  forced,
  address,
  refusal,
}: {
  view: View
  since: Date | null
  passkeys: readonly PasskeyRow[]
  recoveryLeft: number
  forced: boolean
  /** Where passkeys of this site work. */
  address: string
  refusal?: string
}) {
  const w = words(view.lang)
  const date = (at: Date) => formatDate(at, view.lang, view.zone)
  return (
    <Page
      view={view}
      title={w.factorTitle}
      lead={w.factorLead}
      trail={forced ? [] : [{ href: '/akun', label: w.accountTitle }]}
      islands={['passkey-button']}
    >
      <ErrorSummary lang={view.lang} refusal={refusal} words={w} />
      {forced && (
        <Notice tone="attention">
          <p>{w.factorForced}</p>
        </Notice>
      )}
      <h2>{w.appTitle}</h2>
      <p>{since ? fill(w.appOn, { since: date(since) }) : w.appOff}</p>
      <div class="actions">
        {since ? (
          <ActionButton action="/akun/faktor/app/remove" kind="danger">
            {w.appRemove}
          </ActionButton>
        ) : (
          <ActionButton action="/akun/faktor/app">{w.appSetUp}</ActionButton>
        )}
      </div>
      <h2>{w.passkeys}</h2>
      <p class="hint">{w.passkeysHint}</p>
      <Table
        caption={w.passkeys}
        hideCaption
        rows={passkeys}
        empty={<p>{w.passkeyNone}</p>}
        columns={[
          { head: w.passkeyName, cell: (k) => k.name, main: true },
          { head: w.since, cell: (k) => date(k.added) },
          { head: w.passkeyUsed, cell: (k) => (k.used ? date(k.used) : w.passkeyNever) },
          {
            head: w.passkeyRemove,
            cell: (k) => (
              <ActionButton action={`/akun/faktor/passkeys/${encodeURIComponent(k.credential)}/remove`} kind="quiet">
                {w.passkeyRemove}
              </ActionButton>
            ),
          },
        ]}
      />
      <PasskeyButton view={view} mode="add">
        <TextField
          name="passkey-name"
          label={w.passkeyName}
          hint={w.passkeyNameHint}
          maxlength={60}
          autocomplete="off"
        />
      </PasskeyButton>
      <p class="hint">{fill(w.passkeyNoScript, { address })}</p>
      {(since || passkeys.length > 0) && (
        <>
          <h2>{w.recoveryCode}</h2>
          {recoveryLeft === 0 ? (
            <Notice tone="attention">
              <p>{w.recoveryNone}</p>
            </Notice>
          ) : (
            <p>{fill(w.recoveryLeft, { n: recoveryLeft })}</p>
          )}
          <div class="actions">
            <ActionButton action="/akun/faktor/recovery-codes" kind="quiet">
              {w.recoveryRenew}
            </ActionButton>
          </div>
        </>
      )}
    </Page>
  )
}

/** The secret for the app, as a picture and as text, and the code that proves it arrived. */
export function AppSetUpPage({
  view,
  secret,
  address,
  problems,
  refusal,
}: Returned & { view: View; secret: string; address: string }) {
  const w = words(view.lang)
  return (
    <Page view={view} title={w.appSetUp} trail={[{ href: '/akun/faktor', label: w.factorTitle }]}>
      <ErrorSummary lang={view.lang} problems={problems} refusal={refusal} words={w} labels={{ code: w.factorCode }} />
      <p>{w.appStep1}</p>
      <Square text={address} label={w.appQr} />
      <p>{w.appStep2}</p>
      <pre>{secret.match(/.{1,4}/g)?.join(' ')}</pre>
      <p>{w.appStep3}</p>
      <Form action="/akun/faktor/app/confirm">
        <CodeField view={view} problems={problems} />
        <div class="actions">
          <button type="submit">{w.factorConfirm}</button>
        </div>
      </Form>
    </Page>
  )
}

/** Recovery codes, shown this once. */
export function RecoveryPage({ view, codes }: { view: View; codes: readonly string[] }) {
  const w = words(view.lang)
  return (
    <Page view={view} title={w.recoveryTitle}>
      <Notice tone="attention">
        <p>{w.recoveryLead}</p>
      </Notice>
      <pre>{codes.join('\n')}</pre>
      <div class="actions">
        <a class="button" href="/">
          {w.recoveryDone}
        </a>
      </div>
    </Page>
  )
}

export function ClearFactorPage({
  view,
  person,
  reason,
  problems,
  refusal,
}: Returned & { view: View; person: { id: string; name: string }; reason?: string }) {
  const w = words(view.lang)
  return (
    <Page view={view} title={`${w.clearFactor}: ${person.name}`} lead={w.clearFactorLead}>
      <ErrorSummary lang={view.lang} problems={problems} refusal={refusal} words={w} labels={{ reason: w.reason }} />
      <Form action={`/people/accounts/${person.id}/factor`}>
        <TextArea
          name="reason"
          label={w.reason}
          rows={3}
          value={reason}
          maxlength={500}
          problem={problems?.reason && sentence(problems.reason, view.lang, w)}
        />
        <div class="actions">
          <button type="submit" class="danger">
            {w.clearFactor}
          </button>
          <a class="button quiet" href="/people/team">
            {platformWords(view.lang).back}
          </a>
        </div>
      </Form>
    </Page>
  )
}
