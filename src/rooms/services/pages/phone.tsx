import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill } from '#platform/text.ts'
import { ErrorSummary, Form, Page, Select, State, sentence, Table, TextField, When } from '#platform/ui/index.ts'
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

/** The number on which somebody wants the messages to her roles. */
export function ContactPage({ view, phone, problems = {} }: { view: View; phone: string; problems?: Problems }) {
  const w = words(view.lang)
  return (
    <Page
      view={view}
      title={w.contactTitle}
      lead={w.contactLead}
      trail={[
        { href: '/services', label: w.servicesTitle },
        { href: '/services/worklist', label: w.worklist },
      ]}
    >
      <ErrorSummary lang={view.lang} problems={problems} words={w} labels={{ phone: w.contactPhone }} />
      <Form action="/services/contact">
        <TextField
          name="phone"
          type="tel"
          label={w.contactPhone}
          value={phone}
          autocomplete="tel"
          problem={problems.phone && sentence(problems.phone, view.lang, w)}
        />
        <button type="submit">{w.contactSave}</button>
      </Form>
    </Page>
  )
}
