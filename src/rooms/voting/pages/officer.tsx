import type { View } from '#platform/http.ts'
import { fill } from '#platform/text.ts'
import { ActionButton, ErrorSummary, Form, Page, Select, sentence, Table, TextField, Tick } from '#platform/ui/index.ts'
import type { Election } from '../domain/election.ts'
import { type Officer, officerRoles, type Place } from '../domain/place.ts'
import { words } from '../text/index.ts'
import { type Again, PracticeNotice, typedText, withinTrail } from './parts.tsx'

/** Who serves where. */
export function OfficersPage({
  view,
  election,
  officers,
  places,
  candidates,
  keeps,
  typed,
  problems = {},
  refusal,
}: {
  view: View
  election: Election
  officers: readonly Officer[]
  places: readonly Place[]
  candidates: readonly { number: number; name: string }[]
  keeps: boolean
} & Again) {
  const w = words(view.lang)
  const at = `/voting/elections/${election.id}/officers`
  const numberOf = new Map(places.map(({ id, number }) => [id, number]))
  const where = (tps: string | null) => (tps ? fill(w.officerOf, { number: numberOf.get(tps) ?? '' }) : w.officerAll)
  const labels = { name: w.officerName, role: w.officerRole, tps: w.places, candidate: w.officerCandidate }
  const problem = (name: string) => problems[name] && sentence(problems[name], view.lang, w)
  return (
    <Page view={view} title={w.officers} lead={w.officersLead} trail={withinTrail(view, election)}>
      <PracticeNotice view={view} mode={election.mode} />
      <ErrorSummary lang={view.lang} problems={problems} refusal={refusal} words={w} labels={labels} />
      <Table
        caption={w.officers}
        hideCaption
        rows={officers}
        empty={<p>{w.officersNone}</p>}
        columns={[
          { head: w.places, cell: ({ tps }) => where(tps) },
          { head: w.officerName, main: true, cell: ({ name }) => name },
          {
            head: w.officerRole,
            cell: ({ role, candidate }) =>
              candidate ? fill('{role} {n}', { role: w[`duty-${role}`], n: candidate }) : w[`duty-${role}`],
          },
          { head: w.trustee, cell: ({ trustee }) => (trustee ? '✓' : '–') },
          ...(keeps
            ? [
                {
                  head: w.officerRemove,
                  cell: ({ id }: Officer) => (
                    <ActionButton action={`${at}/${id}/remove`} kind="quiet">
                      {w.officerRemove}
                    </ActionButton>
                  ),
                },
              ]
            : []),
        ]}
      />
      {keeps && (
        <section>
          <h2>{w.officerAddHead}</h2>
          <Form action={at}>
            <TextField name="name" label={w.officerName} value={typedText(typed, 'name')} problem={problem('name')} />
            <Select
              name="role"
              label={w.officerRole}
              value={typedText(typed, 'role') || 'chair'}
              options={officerRoles.map((value) => ({ value, label: w[`duty-${value}`] }))}
              problem={problem('role')}
            />
            <Select
              name="tps"
              label={w.places}
              value={typedText(typed, 'tps')}
              empty={w.officerAll}
              options={places.map(({ id, number }) => ({ value: id, label: fill(w.officerOf, { number }) }))}
              problem={problem('tps')}
            />
            <Select
              name="candidate"
              label={w.officerCandidate}
              value={typedText(typed, 'candidate')}
              empty="–"
              options={candidates.map(({ number, name }) => ({
                value: String(number),
                label: fill('{number}. {name}', { number, name }),
              }))}
              problem={problem('candidate')}
            />
            <Tick name="trustee" label={w.trustee} hint={w.trusteeHint} checked={typedText(typed, 'trustee') !== ''} />
            <div class="actions">
              <button type="submit">{w.officerAdd}</button>
            </div>
          </Form>
        </section>
      )}
    </Page>
  )
}
