import type { View } from '#platform/http.ts'
import { fill } from '#platform/text.ts'
import { Choices, ErrorSummary, Form, Page, Select, sentence, TextArea, TextField, Tick } from '#platform/ui/index.ts'
import { objectionKinds, objectionRoles } from '../../domain/objection.ts'
import { words } from '../../text/index.ts'
import { type Again, typedText, withinTrail } from '../parts.tsx'
import type { InElection } from './parts.tsx'

/** The form for whoever objects. */
export function ObjectPage({
  view,
  election,
  places,
  typed,
  problems = {},
  refusal,
}: { view: View; election: InElection; places: readonly { id: string; number: number }[] } & Again) {
  const w = words(view.lang)
  const labels = {
    role: w.objectionRole,
    about: w.objectionAbout,
    tps: w.objectionTps,
    name: w.objectorName,
    contact: w.objectorContact,
    statement: w.statement,
    demand: w.demand,
    file: w.evidence,
  }
  const problem = (name: string) => problems[name] && sentence(problems[name], view.lang, w)
  const field = (name: keyof typeof labels) => ({
    name,
    label: labels[name],
    value: typedText(typed, name),
    problem: problem(name),
  })
  return (
    <Page view={view} title={w.objectionFile} lead={w.objectionFileLead} trail={withinTrail(view, election)}>
      <ErrorSummary lang={view.lang} problems={problems} refusal={refusal} words={w} labels={labels} />
      <Form action={`/voting/elections/${election.id}/objections/new`} upload={true}>
        <Choices {...field('role')} options={objectionRoles.map((value) => ({ value, label: w[`orole-${value}`] }))} />
        <Select {...field('about')} options={objectionKinds.map((value) => ({ value, label: w[`about-${value}`] }))} />
        <Select
          {...field('tps')}
          empty={w.objectionTpsNone}
          options={places.map(({ id, number }) => ({ value: id, label: fill(w.tpsN, { n: number }) }))}
        />
        <TextField {...field('name')} autocomplete="name" />
        <TextField {...field('contact')} />
        <TextArea {...field('statement')} hint={w.statementHint} maxlength={5000} />
        <TextArea {...field('demand')} rows={3} maxlength={2000} />
        <TextField
          name="file"
          type="file"
          label={w.evidence}
          hint={w.evidenceHint}
          accept="image/jpeg,image/png,application/pdf"
          problem={problem('file')}
        />
        <Tick name="public" label={w.statementPublic} checked={typed?.public !== undefined} />
        <div class="actions">
          <button type="submit">{w.objectionSend}</button>
        </div>
      </Form>
    </Page>
  )
}
