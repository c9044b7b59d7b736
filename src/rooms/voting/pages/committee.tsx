import type { View } from '#platform/http.ts'
import { ActionButton, ErrorSummary, Form, Page, Select, sentence, Table, TextField } from '#platform/ui/index.ts'
import { type CommitteeRole, committeeRoles, type Election } from '../domain/election.ts'
import { words } from '../text/index.ts'
import { type Again, PracticeNotice, typedText, withinTrail } from './parts.tsx'

type MemberRow = { person: string; name: string; role: CommitteeRole }

/** Who is in the committee; the regency appoints and dismisses. */
export function CommitteePage({
  view,
  election,
  members,
  appoints,
  typed,
  problems = {},
  refusal,
}: { view: View; election: Election; members: readonly MemberRow[]; appoints: boolean } & Again) {
  const w = words(view.lang)
  const labels = { email: w.accountEmail, role: w.committeeRole }
  const at = `/voting/elections/${election.id}/committee`
  return (
    <Page view={view} title={w.committee} trail={withinTrail(view, election)}>
      <PracticeNotice view={view} mode={election.mode} />
      <ErrorSummary lang={view.lang} problems={problems} refusal={refusal} words={w} labels={labels} />
      <Table
        caption={w.committee}
        hideCaption
        rows={members}
        empty={<p>{w.committeeNone}</p>}
        columns={[
          { head: w.person, main: true, cell: ({ name }) => name },
          { head: w.committeeRole, cell: ({ role }) => w[`role-${role}`] },
          ...(appoints
            ? [
                {
                  head: w.dismiss,
                  cell: ({ person }: MemberRow) => (
                    <ActionButton action={`${at}/${person}/dismiss`} kind="quiet">
                      {w.dismiss}
                    </ActionButton>
                  ),
                },
              ]
            : []),
        ]}
      />
      {appoints && (
        <section>
          <h2>{w.appointHead}</h2>
          <Form action={at}>
            <TextField
              name="email"
              type="email"
              label={w.accountEmail}
              value={typedText(typed, 'email')}
              problem={problems.email && sentence(problems.email, view.lang, w)}
            />
            <Select
              name="role"
              label={w.committeeRole}
              value={typedText(typed, 'role') || (members.length === 0 ? 'chair' : 'member')}
              options={committeeRoles.map((value) => ({ value, label: w[`role-${value}`] }))}
              problem={problems.role && sentence(problems.role, view.lang, w)}
            />
            <div class="actions">
              <button type="submit">{w.appoint}</button>
            </div>
          </Form>
        </section>
      )}
    </Page>
  )
}
