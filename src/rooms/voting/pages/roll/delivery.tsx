import type { View } from '#platform/http.ts'
import { fill } from '#platform/text.ts'
import { ErrorSummary, Form, hrefWith, KeptForm, Notice, Pager, Select, Table, TextField } from '#platform/ui/index.ts'
import type { Election } from '../../domain/election.ts'
import { wholeAddress } from '../../domain/roll/fixed.ts'
import { hasInvitation } from '../../domain/roll/invitation.ts'
import { words } from '../../text/index.ts'
import { type Again, typedText } from '../parts.tsx'
import { type BundleRow, bundleHref, type InvitedRow, invitationsAt } from './invitations.tsx'
import { neighbourhood, RollPart, tpsName } from './parts.tsx'

const carried = ['self', 'family', 'not-found', 'moved', 'died'] as const

/** A carrier's round on a telephone: an outcome for each house. What was chosen stays on the device until it was sent. */
export function DeliverPage({
  view,
  election,
  bundle,
  voters,
  total,
  page,
  size,
  typed,
  refusal,
}: {
  view: View
  election: Election
  bundle: BundleRow
  /** Those who have no invitation yet. */
  voters: readonly InvitedRow[]
  /** How many of them there are; so many a page. */
  total: number
  page: number
  size: number
} & Again) {
  const w = words(view.lang)
  const place = `${tpsName(view, bundle.number)}, ${neighbourhood(bundle)}`
  const here = bundleHref(election, 'deliver', bundle)
  const trail = [{ href: invitationsAt(election), label: w.invitationsTitle }]
  return (
    <RollPart
      view={view}
      election={election}
      title={fill(w.deliverTitle, { place })}
      lead={w.deliverLead}
      trail={trail}
      islands={['keep-form']}
    >
      <ErrorSummary lang={view.lang} refusal={refusal} words={w} />
      {voters.length === 0 ? (
        <Notice tone="good">
          <p>{w.deliverNone}</p>
        </Notice>
      ) : (
        <KeptForm
          lang={view.lang}
          owner={view.actor.id}
          name={`${election.id} ${bundle.tps} ${bundle.hamlet} ${bundle.rw} ${bundle.rt} ${page}`}
          // A kept form of an earlier state is not brought back.
          state={voters.reduce((sum, { tries }) => sum + tries, total)}
          typed={typed !== undefined}
          action={`${here}&page=${page}`}
        >
          {voters.map((voter) => (
            <fieldset class="field" key={voter.id}>
              <legend>
                {voter.no}. {voter.name} <span class="soft small">{wholeAddress(voter)}</span>
              </legend>
              {voter.outcome && <p class="hint">{w[`outcome-${voter.outcome}`]}</p>}
              <Select
                name={`outcome-${voter.id}`}
                label={w.outcome}
                empty="–"
                value={typedText(typed, `outcome-${voter.id}`)}
                options={carried.map((outcome) => ({ value: outcome, label: w[`outcome-${outcome}`] }))}
              />
              <TextField
                name={`receiver-${voter.id}`}
                label={w.deliverReceiver}
                value={typedText(typed, `receiver-${voter.id}`)}
                maxlength={80}
                autocomplete="off"
              />
            </fieldset>
          ))}
          <div class="actions">
            <button type="submit">{w.deliverSave}</button>
          </div>
        </KeptForm>
      )}
      <Pager lang={view.lang} page={page} total={total} size={size} href={(n) => `${here}&page=${n}`} />
    </RollPart>
  )
}

/** Voters who do not have their invitation, to be found or to claim it. */
export function UndeliveredPage({
  view,
  election,
  voters,
  total,
  page,
  size,
  tps,
}: {
  view: View
  election: Election
  voters: readonly InvitedRow[]
  total: number
  page: number
  size: number
  tps?: string | undefined
}) {
  const w = words(view.lang)
  const at = invitationsAt(election)
  const trail = [{ href: at, label: w.invitationsTitle }]
  return (
    <RollPart view={view} election={election} title={w.undelivered} lead={w.undeliveredLead} trail={trail}>
      <Table
        caption={w.undelivered}
        hideCaption
        rows={voters}
        empty={<p>{w.undeliveredNone}</p>}
        columns={[
          { head: w.voterName, main: true, cell: ({ id, name }) => <a href={`${at}/voters/${id}`}>{name}</a> },
          { head: w.tpsOne, cell: ({ number, no }) => `${tpsName(view, number)}, ${no}` },
          { head: w.address, cell: (voter) => wholeAddress(voter) },
          { head: w.outcome, cell: ({ outcome }) => w[`outcome-${outcome ?? 'none'}`] },
        ]}
      />
      <Pager
        lang={view.lang}
        page={page}
        total={total}
        size={size}
        href={(n) => hrefWith(`${at}/undelivered`, { tps, page: String(n) })}
      />
      <div class="actions">
        <a class="button quiet" href={hrefWith(`${at}/undelivered.csv`, { tps })}>
          {w.undeliveredList}
        </a>
      </div>
    </RollPart>
  )
}

/** One invitation: hand it over at the office. */
export function ClaimPage({
  view,
  election,
  voter,
  typed,
  refusal,
}: {
  view: View
  election: Election
  voter: InvitedRow
} & Again) {
  const w = words(view.lang)
  const at = invitationsAt(election)
  const has = voter.outcome !== null && hasInvitation({ outcome: voter.outcome })
  return (
    <RollPart
      view={view}
      election={election}
      title={voter.name}
      trail={[{ href: at, label: w.invitationsTitle }]}
      lead={`${tpsName(view, voter.number)}, ${w.paperRollNo} ${voter.no}. ${wholeAddress(voter)}`}
    >
      <ErrorSummary lang={view.lang} refusal={refusal} words={w} />
      <p>{w[`outcome-${voter.outcome ?? 'none'}`]}</p>
      <div class="actions">
        <a class="button quiet" href={`${at}/print.pdf?voter=${voter.id}`}>
          {w.bundlePrint} (PDF)
        </a>
      </div>
      {!has && (
        <Form action={`${at}/voters/${voter.id}`}>
          <TextField
            name="receiver"
            label={w.deliverReceiver}
            value={typed ? typedText(typed, 'receiver') : voter.name}
            maxlength={80}
            autocomplete="off"
          />
          <div class="actions">
            <button type="submit">{w.claimTake}</button>
          </div>
        </Form>
      )}
    </RollPart>
  )
}
