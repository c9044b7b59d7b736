import type { Form as Typed, View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill } from '#platform/text.ts'
import { ErrorSummary, Facts, Form, Page, Select, State, sentence, Table, TextArea } from '#platform/ui/index.ts'
import type { Examined, Package } from '#services'
import type { Known } from '../domain/shown.ts'
import { words } from '../text/index.ts'

export type Place = {
  agency: string
  agencies: readonly { id: string; name: string }[]
  units: readonly { id: string; name: string }[]
  areas: readonly { code: string; name: string }[]
  /** Who could have taught it besides the owner. */
  sources: readonly { id: string; name: string }[]
}
type Shown = {
  view: View
  known: Known
  place: Place
  typed: Typed
  problems?: Problems
  refusal?: string | undefined
}
const say = (texts: Record<string, string>, lang: string) => texts[lang] ?? Object.values(texts)[0] ?? ''
const trailOf = (view: View, known: Known) => [
  { href: '/replication', label: words(view.lang).replicationTitle },
  { href: `/replication/innovations/${known.code}`, label: known.name },
]

/** Only a local admin installs: for everybody else, what to do. */
export function NobodyPage({ view, known }: { view: View; known: Known }) {
  const w = words(view.lang)
  return (
    <Page view={view} title={fill(w.adoptTitle, { name: known.name })} trail={trailOf(view, known)}>
      <p>{w.adoptNobody}</p>
    </Page>
  )
}

function PlaceFields({ view, known, place, typed, problems = {}, learnt }: Shown & { learnt: boolean }) {
  const w = words(view.lang)
  const problem = (name: string) => problems[name] && sentence(problems[name], view.lang, w)
  const value = (name: string) => String(typed[name] ?? '')
  return (
    <>
      <Select
        name="unit"
        label={w.unit}
        empty={w.unitNone}
        value={value('unit')}
        problem={problem('unit')}
        options={place.units.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <Select
        name="area"
        label={w.area}
        empty={w.areaNone}
        value={value('area')}
        problem={problem('area')}
        options={place.areas.map(({ code, name }) => ({ value: code, label: `${name} (${code})` }))}
      />
      {learnt && place.sources.length > 0 && (
        <Select
          name="learntFrom"
          label={w.adoptLearnt}
          hint={w.adoptLearntHint}
          empty={fill(w.adoptOwner, { name: known.agencyName })}
          value={value('learntFrom')}
          problem={problem('learntFrom')}
          options={place.sources.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
    </>
  )
}

function AgencyField({ view, place }: { view: View; place: Place }) {
  return (
    <Select
      name="agency"
      label={words(view.lang).agency}
      value={place.agency}
      options={place.agencies.map(({ id, name }) => ({ value: id, label: name }))}
    />
  )
}

const labelsOf = (view: View) => {
  const { agency, unit, area, adoptLearnt, interestReason } = words(view.lang)
  return { agency, unit, area, learntFrom: adoptLearnt, reason: interestReason }
}

/** First which agency and unit; then what it needs and how its examples came out; then install. */
export function AdoptPage({ examined, open, ...shown }: Shown & { examined?: Examined | undefined; open: boolean }) {
  const { view, known, place, typed, problems, refusal } = shown
  const w = words(view.lang)
  const at = `/replication/innovations/${known.code}/adopt`
  const manifest = examined?.pkg?.manifest
  const good = examined && manifest && examined.examples.every(({ passed }) => passed)
  const unit = place.units.find(({ id }) => id === typed.unit)?.name ?? w.unitNone
  const area = place.areas.find(({ code }) => code === typed.area)?.name ?? w.areaNone
  const source = place.sources.find(({ id }) => id === typed.learntFrom)?.name
  return (
    <Page view={view} title={fill(w.adoptTitle, { name: known.name })} lead={w.adoptLead} trail={trailOf(view, known)}>
      <ErrorSummary lang={view.lang} problems={problems} refusal={refusal} words={w} labels={labelsOf(view)} />
      {!examined?.pkg || !manifest ? (
        <form method="get" action={at}>
          <AgencyField view={view} place={place} />
          <PlaceFields {...shown} learnt />
          <input type="hidden" name="look" value="1" />
          <div class="actions">
            <button type="submit">{w.look}</button>
          </div>
        </form>
      ) : (
        <>
          <Facts
            facts={[
              [w.agency, place.agencies.find(({ id }) => id === place.agency)?.name ?? ''],
              [w.unit, unit],
              [w.area, area],
              [w.adoptLearnt, source ?? known.agencyName],
              [w.package, `${say(manifest.names, view.lang)} ${manifest.version}`],
              [w.licence, fill(open ? w.licenceOpen : w.licenceClosed, { licence: manifest.licence })],
              [w.fidelity, say(manifest.origin.fidelity, view.lang)],
            ]}
          />
          <DryRun view={view} examined={examined} />
          <Needs view={view} pkg={examined.pkg} />
          <Form action={at}>
            {(['agency', 'unit', 'area', 'learntFrom'] as const).map((name) => (
              <input
                key={name}
                type="hidden"
                name={name}
                value={name === 'agency' ? place.agency : String(typed[name] ?? '')}
              />
            ))}
            <div class="actions">
              {good && open && <button type="submit">{fill(w.install, { version: manifest.version })}</button>}
              {!open && (
                <a class="button" href={`/replication/innovations/${known.code}/interest`}>
                  {w.interestOnly}
                </a>
              )}
              <a class="button quiet" href={at}>
                {w.change}
              </a>
            </div>
          </Form>
        </>
      )}
    </Page>
  )
}

function DryRun({ view, examined }: { view: View; examined: Examined }) {
  const w = words(view.lang)
  return (
    <>
      <h2>{w.dryRunHead}</h2>
      <Table
        caption={w.dryRunHead}
        hideCaption
        rows={examined.examples}
        columns={[
          { head: w.example, main: true, cell: ({ id }) => exampleName(examined.pkg!, id, view.lang) },
          {
            head: w.result,
            cell: ({ passed }) => <State tone={passed ? 'good' : 'bad'}>{passed ? w.passed : w.failed}</State>,
          },
        ]}
      />
      <p class="hint">{w.dryRunHint}</p>
    </>
  )
}

const exampleName = (pkg: Package, id: string, lang: string) => {
  const example = pkg.examples.find((one) => one.id === id)
  return example ? say(example.names, lang) : id
}

/** Settings and roles that the adopter will have to think about. */
function Needs({ view, pkg }: { view: View; pkg: Package }) {
  const w = words(view.lang)
  const shown = (value: unknown) => (value === true ? '✓' : value === false ? '–' : String(value))
  return (
    <>
      <h2>{w.needsHead}</h2>
      <Table
        caption={w.needsRoles}
        rows={pkg.roles}
        columns={[
          { head: w.role, main: true, cell: ({ names }) => say(names, view.lang) },
          { head: w.reach, cell: (role) => (role.public ? w.publicRole : w[`reach-${role.reach}`]) },
        ]}
      />
      <Table
        caption={w.needsSettings}
        empty={<p>{w.needsSettingsNone}</p>}
        rows={pkg.settings}
        columns={[
          { head: w.setting, main: true, cell: ({ label }) => say(label, view.lang) },
          { head: w.fallback, cell: (setting) => shown(setting.default) },
        ]}
      />
    </>
  )
}

/** Say that one wants to copy it, without installing anything. */
export function InterestPage(shown: Shown) {
  const { view, known, place, typed, problems = {}, refusal } = shown
  const w = words(view.lang)
  return (
    <Page
      view={view}
      title={fill(w.interestTitle, { name: known.name })}
      lead={w.interestLead}
      trail={trailOf(view, known)}
    >
      <ErrorSummary lang={view.lang} problems={problems} refusal={refusal} words={w} labels={labelsOf(view)} />
      <Form action={`/replication/innovations/${known.code}/interest`}>
        <AgencyField view={view} place={place} />
        <PlaceFields {...shown} learnt={false} />
        <TextArea
          name="reason"
          label={w.interestReason}
          value={String(typed.reason ?? '')}
          maxlength={1000}
          problem={problems.reason && sentence(problems.reason, view.lang, w)}
        />
        <div class="actions">
          <button type="submit">{w.interestSend}</button>
        </div>
      </Form>
    </Page>
  )
}
