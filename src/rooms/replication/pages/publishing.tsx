import type { Form as Typed, View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { ErrorSummary, Form, Page, Select, sentence } from '#platform/ui/index.ts'
import type { Known } from '../domain/shown.ts'
import { words } from '../text/index.ts'

/** Tie an innovation to a release that its agency runs. */
export function PublishPage({
  view,
  known,
  services,
  units,
  typed = {},
  problems = {},
  refusal,
}: {
  view: View
  known: Known
  services: readonly { id: string; name: string; version: string }[]
  units: readonly { id: string; name: string }[]
  typed?: Typed
  problems?: Problems
  refusal?: string | undefined
}) {
  const w = words(view.lang)
  const problem = (name: string) => problems[name] && sentence(problems[name], view.lang, w)
  const at = `/replication/innovations/${known.code}`
  return (
    <Page view={view} title={w.publishTitle} lead={w.publishLead} trail={[{ href: at, label: known.name }]}>
      <ErrorSummary
        lang={view.lang}
        problems={problems}
        refusal={refusal}
        words={w}
        labels={{ service: w.publishService, unit: w.publishUnit }}
      />
      {services.length === 0 ? (
        <p>
          {w.publishNothing} <a href={`/services/agencies/${known.agency}/install`}>{w.package}</a>
        </p>
      ) : (
        <Form action={`${at}/publish`}>
          <Select
            name="service"
            label={w.publishService}
            value={String(typed.service ?? '')}
            problem={problem('service')}
            options={services.map(({ id, name, version }) => ({ value: id, label: `${name} ${version}` }))}
          />
          <Select
            name="unit"
            label={w.publishUnit}
            hint={w.publishUnitHint}
            empty={w.unitNone}
            value={String(typed.unit ?? known.publication?.unit ?? '')}
            problem={problem('unit')}
            options={units.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <div class="actions">
            <button type="submit">{w.publishNow}</button>
          </div>
        </Form>
      )}
    </Page>
  )
}
