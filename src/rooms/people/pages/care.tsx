import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill, formatDate } from '#platform/text.ts'
import {
  ErrorSummary,
  Facts,
  Form,
  Notice,
  Page,
  State,
  sentence,
  Table,
  TextArea,
  TextField,
  Tick,
} from '#platform/ui/index.ts'
import { platformWords } from '#platform/words/index.ts'
import type { Post } from '../domain/office.ts'
import { words } from '../text/index.ts'
import { roleAt } from './parts.tsx'

type Office = Post & { id: string; since: Date; agency_name: string | null; unit_name: string | null; mayEnd: boolean }
export type ShownAccount = {
  id: string
  name: string
  email: string
  lang: 'id' | 'en'
  phone: string | null
  closed: Date | null
  has_factor: boolean
  offices: readonly Office[]
}
/** What this reader may do with the account now. */
export type AccountActs = { replacePassword: boolean; clearFactor: boolean; close: boolean }
type Back = { href: string; label: string }

/** Somebody's account, for those who look after it: how to reach the person, what offices, what can be done. */
export function AccountRecordPage({
  view,
  account,
  acts,
  back,
}: {
  view: View
  account: ShownAccount
  acts: AccountActs
  back: Back
}) {
  const w = words(view.lang)
  const here = `/people/accounts/${account.id}`
  const date = (at: Date) => formatDate(at, view.lang, view.zone)
  return (
    <Page view={view} title={account.name} trail={[back]}>
      <div class="with-side">
        <div>
          {account.closed ? (
            <Notice tone="attention">
              <p>{fill(w.closedSince, { when: date(account.closed) })}</p>
            </Notice>
          ) : (
            <Facts
              facts={[
                [w.email, account.email],
                [w.phone, account.phone ?? <span class="soft">{w.phoneNone}</span>],
                [w.language, w[`lang-${account.lang}`]],
                [w.factorTitle, <FactorState key="f" view={view} has={account.has_factor} />],
              ]}
            />
          )}
          <h2>{w.offices}</h2>
          <Table
            caption={w.offices}
            hideCaption
            rows={account.offices}
            empty={<p>{w.noOffices}</p>}
            columns={[
              { head: w.role, cell: (o) => roleAt(w, o), main: true },
              { head: w.since, cell: (o) => date(o.since) },
              {
                head: w.auditWhat,
                cell: (o) => o.mayEnd && <a href={`/people/roles/${o.id}/end`}>{w.endRole}</a>,
              },
            ]}
          />
        </div>
        <aside class="now">
          <h2>{platformWords(view.lang).nowTitle}</h2>
          <div class="stack">
            {acts.replacePassword && (
              <p>
                <a class="button" href={`${here}/password`}>
                  {w.replacePassword}
                </a>
              </p>
            )}
            {acts.clearFactor && (
              <p>
                <a class="button quiet" href={`${here}/factor`}>
                  {w.clearFactor}
                </a>
              </p>
            )}
            {acts.close && (
              <p>
                <a class="button danger" href={`${here}/close`}>
                  {w.closeTitle}
                </a>
              </p>
            )}
          </div>
        </aside>
      </div>
    </Page>
  )
}

export function FactorState({ view, has }: { view: View; has: boolean }) {
  const w = words(view.lang)
  return <State tone={has ? 'good' : 'calm'}>{has ? w.factorHave : w.factorNone}</State>
}

/** Make the old password void: what will happen, and to whom, before it does. */
export function ReplacePasswordPage({
  view,
  account,
  back,
}: {
  view: View
  account: { id: string; name: string; email: string }
  back: Back
}) {
  const w = words(view.lang)
  return (
    <Page
      view={view}
      title={`${w.replacePassword}: ${account.name}`}
      trail={[back]}
      lead={fill(w.replacePasswordLead, { email: account.email })}
    >
      <Form action={`/people/accounts/${account.id}/password`}>
        <div class="actions">
          <button type="submit">{w.replacePassword}</button>
          <a class="button quiet" href={back.href}>
            {platformWords(view.lang).back}
          </a>
        </div>
      </Form>
    </Page>
  )
}

/** Close an account, one's own with the password, another's with a reason. The consequences stand before the button. */
export function ClosePage({
  view,
  account,
  own,
  action,
  back,
  typed,
  problems,
  refusal,
}: {
  view: View
  account: { name: string; offices: readonly Omit<Office, 'mayEnd'>[] }
  own: boolean
  action: string
  back: Back
  typed: Record<string, string>
  problems?: Problems
  refusal?: string
}) {
  const w = words(view.lang)
  const problem = (field: string) => problems?.[field] && sentence(problems[field], view.lang, w)
  // Who holds this office cannot go before handing it over, so that is what the page offers.
  const head = account.offices.find(({ role }) => role === 'local-admin')
  const roles = account.offices.map((office) => roleAt(w, office)).join('; ')
  const title = own ? w.closeOwnTitle : `${w.closeTitle}: ${account.name}`
  return (
    <Page view={view} title={title} trail={[back]} lead={w.closeLead}>
      <ErrorSummary
        lang={view.lang}
        problems={problems}
        refusal={refusal}
        words={w}
        labels={{ password: w.closePassword, reason: w.reason, sure: w.closeSure }}
      />
      {head ? (
        <Notice tone="attention">
          {!refusal && <p>{w['hand-over-first']}</p>}
          <div class="actions">
            <a class="button" href={`/people/agencies/${head.agency}/hand-over`}>
              {w.handOver}
            </a>
          </div>
        </Notice>
      ) : (
        <>
          <h2>{w.closeConsequences}</h2>
          <ul>
            <li>{roles ? fill(w.closeRoles, { roles }) : w.closeNoRoles}</li>
            <li>{w.closeSessions}</li>
            <li>{w.closeReach}</li>
            <li>{w.closeWork}</li>
            <li>{w.closeHistory}</li>
          </ul>
          <Form action={action}>
            {own ? (
              <TextField
                name="password"
                label={w.closePassword}
                type="password"
                autocomplete="current-password"
                problem={problem('password')}
              />
            ) : (
              <TextArea
                name="reason"
                label={w.reason}
                hint={w.closeReasonHint}
                rows={3}
                value={typed.reason}
                maxlength={500}
                problem={problem('reason')}
              />
            )}
            <Tick name="sure" label={w.closeSure} checked={typed.sure === 'ya'} problem={problem('sure')} />
            <div class="actions">
              <button type="submit" class="danger">
                {own ? w.closeOwnTitle : w.closeTitle}
              </button>
              <a class="button quiet" href={back.href}>
                {platformWords(view.lang).back}
              </a>
            </div>
          </Form>
        </>
      )}
    </Page>
  )
}
