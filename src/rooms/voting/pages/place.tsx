import type { View } from '#platform/http.ts'
import { fill, formatNumber } from '#platform/text.ts'
import {
  ActionButton,
  Choices,
  ErrorSummary,
  Form,
  Page,
  Select,
  sentence,
  Table,
  TextField,
} from '#platform/ui/index.ts'
import { colours, type Election } from '../domain/election.ts'
import { type Place, shapes } from '../domain/place.ts'
import { words } from '../text/index.ts'
import { type Again, PracticeNotice, typedText, withinTrail } from './parts.tsx'

const numeric = ['desks', 'booths', 'mobile'] as const

function PlaceFields({ view, typed, problems = {} }: { view: View } & Again) {
  const w = words(view.lang)
  const problem = (name: string) => problems[name] && sentence(problems[name], view.lang, w)
  const field = (name: 'number' | 'place' | 'address' | 'hamlet' | (typeof numeric)[number], rest: object = {}) => (
    <TextField
      name={name}
      label={name === 'number' ? w.placeNumber : w[name]}
      value={typedText(typed, name)}
      problem={problem(name)}
      {...rest}
    />
  )
  return (
    <>
      {field('number', { inputmode: 'numeric' })}
      {field('place', { hint: w.placeHint })}
      {field('address')}
      {field('hamlet')}
      <Select
        name="colour"
        label={w.colour}
        value={typedText(typed, 'colour')}
        options={colours.map((value) => ({ value, label: w[`colour-${value}`] }))}
        problem={problem('colour')}
      />
      {numeric.map((name) => (
        <div key={name}>{field(name, { inputmode: 'numeric' })}</div>
      ))}
    </>
  )
}

const labelsOf = (w: ReturnType<typeof words>) => ({
  number: w.placeNumber,
  place: w.place,
  address: w.address,
  colour: w.colour,
  hamlet: w.hamlet,
  desks: w.desks,
  booths: w.booths,
  mobile: w.mobile,
  voters: w.shapeVoters,
  where: w.shapeWhere,
  shape: w.shape,
})

/** The polling places of an election. */
export function PlacesPage({
  view,
  election,
  places,
  sealed,
  keeps,
  typed,
  problems = {},
  refusal,
}: {
  view: View
  election: Election
  places: readonly Place[]
  /** Polling places with a package that holds: what they get is known. */
  sealed: ReadonlySet<string>
  keeps: boolean
} & Again) {
  const w = words(view.lang)
  const at = `/voting/elections/${election.id}/places`
  const next = Math.max(0, ...places.map(({ number }) => number)) + 1
  const fresh = {
    number: String(next),
    desks: '2',
    booths: '2',
    mobile: '0',
    colour: colours[(next - 1) % colours.length]!,
  }
  return (
    <Page view={view} title={w.placesTitle} trail={withinTrail(view, election)}>
      <PracticeNotice view={view} mode={election.mode} />
      <ErrorSummary lang={view.lang} problems={problems} refusal={refusal} words={w} labels={labelsOf(w)} />
      <Table
        caption={w.placesTitle}
        hideCaption
        rows={places}
        empty={<p>{w.placesNone}</p>}
        columns={[
          {
            head: w.placeNumber,
            main: true,
            cell: ({ id, number, place }) =>
              keeps ? (
                <a href={`${at}/${id}`}>{fill('{number}. {place}', { number, place })}</a>
              ) : (
                fill('{number}. {place}', { number, place })
              ),
          },
          { head: w.address, cell: ({ address }) => address },
          { head: w.colour, cell: ({ colour }) => w[`colour-${colour}` as 'colour-hijau'] },
          { head: w.hamlet, cell: ({ hamlet }) => hamlet ?? '–' },
          ...numeric.map((name) => ({
            head: w[name],
            number: true,
            cell: (place: Place) => formatNumber(place[name], view.lang),
          })),
          ...(sealed.size > 0
            ? [
                {
                  head: w.handover,
                  cell: ({ id }: Place) =>
                    sealed.has(id) ? <a href={`${at}/${id}/handover.pdf`}>{w.handoverPaper}</a> : '–',
                },
              ]
            : []),
        ]}
      />
      {keeps && places.length === 0 && (
        <section>
          <h2>{w.shapeHead}</h2>
          <Form action={`${at}/shape`}>
            <Choices
              name="shape"
              label={w.shape}
              value={typedText(typed, 'shape') || 'sleman'}
              options={shapes.map((value) => ({ value, label: w[`shape-${value}`] }))}
              problem={problems.shape && sentence(problems.shape, view.lang, w)}
            />
            <TextField
              name="voters"
              label={w.shapeVoters}
              inputmode="numeric"
              value={typedText(typed, 'voters')}
              problem={problems.voters && sentence(problems.voters, view.lang, w)}
            />
            <TextField
              name="where"
              label={w.shapeWhere}
              value={typedText(typed, 'where')}
              problem={problems.where && sentence(problems.where, view.lang, w)}
            />
            <div class="actions">
              <button type="submit">{w.shapeUse}</button>
            </div>
          </Form>
        </section>
      )}
      {keeps && (
        <details open={typed?.place !== undefined}>
          <summary>{w.placeAddHead}</summary>
          <Form action={at}>
            <PlaceFields view={view} typed={typed?.place === undefined ? fresh : typed} problems={problems} />
            <div class="actions">
              <button type="submit">{w.placeAdd}</button>
            </div>
          </Form>
        </details>
      )}
    </Page>
  )
}

export function PlacePage({
  view,
  election,
  place,
  typed,
  problems = {},
  refusal,
}: { view: View; election: Election; place: Place } & Again) {
  const w = words(view.lang)
  const at = `/voting/elections/${election.id}/places`
  const kept = Object.fromEntries(Object.entries(place).map(([name, value]) => [name, String(value ?? '')]))
  return (
    <Page
      view={view}
      title={fill(w.placeChangeHead, { number: place.number })}
      trail={[...withinTrail(view, election), { href: at, label: w.placesTitle }]}
    >
      <PracticeNotice view={view} mode={election.mode} />
      <ErrorSummary lang={view.lang} problems={problems} refusal={refusal} words={w} labels={labelsOf(w)} />
      <Form action={`${at}/${place.id}`}>
        <PlaceFields view={view} typed={typed ?? kept} problems={problems} />
        <div class="actions">
          <button type="submit">{w.placeSave}</button>
        </div>
      </Form>
      <ActionButton action={`${at}/${place.id}/remove`} kind="danger">
        {w.placeRemove}
      </ActionButton>
    </Page>
  )
}
