import type { View } from '#platform/http.ts'
import { fill } from '#platform/text.ts'
import { ErrorSummary, Form, Page, Select, State, Table, TextField, When } from '#platform/ui/index.ts'
import { words } from '../text/index.ts'

export type PhoneMessage = { id: string; at: Date; phone: string; text: string | null; state: string }

/** What lies on the telephones of a demo agency, and a telephone to write with. */
export function PhonesPage({
  view,
  agency,
  messages,
  gateways,
  typed = {},
  refusal,
}: {
  view: View
  agency: { id: string; name: string }
  messages: readonly PhoneMessage[]
  gateways: readonly { value: string; label: string }[]
  typed?: Record<string, string | string[]>
  refusal?: string | undefined
}) {
  const w = words(view.lang)
  const phones = [...Map.groupBy(messages, ({ phone }) => phone)]
  return (
    <Page
      view={view}
      title={fill(w.phonesTitle, { agency: agency.name })}
      lead={w.phonesLead}
      trail={[{ href: '/services', label: w.servicesTitle }]}
    >
      <ErrorSummary lang={view.lang} refusal={refusal} words={w} />
      {gateways.length === 0 ? (
        <p>{w.phoneNoGateway}</p>
      ) : (
        <Form action={`/services/agencies/${agency.id}/phones`}>
          <TextField name="from" type="tel" label={w.phoneFrom} value={String(typed.from ?? '')} autocomplete="off" />
          <TextField
            name="text"
            label={w.phoneText}
            hint={w.phoneHint}
            value={String(typed.text ?? '')}
            maxlength={1000}
            autocomplete="off"
          />
          <Select
            name="gateway"
            label={w.phoneGateway}
            value={String(typed.gateway ?? gateways[0]!.value)}
            options={gateways}
          />
          <button type="submit">{w.phoneSend}</button>
        </Form>
      )}
      {phones.length === 0 && <p>{w.phonesNone}</p>}
      {phones.map(([phone, list]) => (
        <section key={phone}>
          <h2>{phone}</h2>
          <Table
            caption={phone}
            hideCaption
            rows={list}
            columns={[
              { head: w.sentAt, cell: ({ at }) => <When at={at} lang={view.lang} zone={view.zone} /> },
              {
                head: w.sentText,
                main: true,
                cell: ({ text }) => <span class="prose">{text ?? w.messageGone}</span>,
              },
              { head: w.messageState, cell: ({ state }) => <State tone="calm">{state}</State> },
            ]}
          />
        </section>
      ))}
    </Page>
  )
}
