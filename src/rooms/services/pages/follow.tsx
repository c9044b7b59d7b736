import type { View } from '#platform/http.ts'
import { ErrorSummary, Facts, Form, Page, TextField } from '#platform/ui/index.ts'
import { words } from '../text/index.ts'

type Of = { id: string; name: string }

/** Number and code, asked of whoever follows a case without an account. */
export function FollowPage({
  view,
  service,
  number = '',
  refusal,
}: {
  view: View
  service: Of
  number?: string
  refusal?: string
}) {
  const w = words(view.lang)
  return (
    <Page
      view={view}
      title={w.followTitle}
      lead={w.followLead}
      trail={[
        { href: '/services', label: w.servicesTitle },
        { href: `/services/${service.id}`, label: service.name },
      ]}
    >
      <ErrorSummary lang={view.lang} refusal={refusal} words={w} />
      <Form action={`/services/${service.id}/follow`}>
        <TextField name="number" label={w.number} value={number} autocomplete="off" />
        <TextField name="code" label={w.code} autocomplete="off" />
        <div class="actions">
          <button type="submit">{w.followNow}</button>
        </div>
      </Form>
    </Page>
  )
}

/** Shown once, after sending. */
export function ReceiptPage({
  view,
  service,
  receipt,
}: {
  view: View
  service: Of
  receipt: { number: string; code: string } | null
}) {
  const w = words(view.lang)
  return (
    <Page
      view={view}
      title={w.receiptTitle}
      lead={receipt ? w.receiptLead : w.receiptGone}
      trail={[{ href: `/services/${service.id}`, label: service.name }]}
    >
      {receipt && (
        <Facts
          facts={[
            [w.number, receipt.number],
            [w.code, receipt.code],
          ]}
        />
      )}
      <p>
        <a class="button" href={`/services/${service.id}/follow`}>
          {w.follow}
        </a>
      </p>
    </Page>
  )
}
