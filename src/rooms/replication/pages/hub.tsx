import type { Form as Typed, View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill, formatDate, formatNumber } from '#platform/text.ts'
import { ActionButton, ErrorSummary, Facts, Form, Page, State, sentence, Table, TextField } from '#platform/ui/index.ts'
import type { Scored } from '../domain/maturity.ts'
import { words } from '../text/index.ts'

export type HubRow = {
  id: string
  name: string
  areaNames: string[]
  agencyName: string | null
  decree: string | null
  since: string
  source: string
  coaches: number
}
const gradeTones = { good: 'good', fair: 'attention', poor: 'bad' } as const

export function GradeState({ view, scored }: { view: View; scored: Scored }) {
  const w = words(view.lang)
  return (
    <State tone={gradeTones[scored.grade]}>
      {formatNumber(scored.total, view.lang, 2)} · {w[`grade-${scored.grade}`]}
    </State>
  )
}
type Again = { typed?: Typed; problems?: Problems; refusal?: string | undefined }

/** Every hub with the decree that named it. */
export function HubsPage({
  view,
  rows,
  own,
  scores,
  adds,
  typed = {},
  problems = {},
  refusal,
}: {
  view: View
  rows: readonly HubRow[]
  /** Those in whose area this reader's agencies lie. */
  own: readonly string[]
  scores: ReadonlyMap<string, Scored>
  adds: boolean
} & Again) {
  const w = words(view.lang)
  const fields = {
    name: w.hubName,
    area: w.hubArea,
    agency: w.hubAgency,
    decree: w.hubDecree,
    since: w.hubSince,
    source: w.hubSource,
  }
  const hints: Partial<Record<keyof typeof fields, string>> = { agency: w.hubAgencyHint, since: w.hubSinceHint }
  return (
    <Page
      view={view}
      title={w.hubsTitle}
      lead={w.hubsLead}
      trail={[{ href: '/replication', label: w.replicationTitle }]}
    >
      <ErrorSummary lang={view.lang} problems={problems} refusal={refusal} words={w} labels={fields} />
      <Table
        caption={w.hubsTitle}
        hideCaption
        rows={[...rows].sort((a, b) => Number(own.includes(b.id)) - Number(own.includes(a.id)))}
        columns={[
          {
            head: w.hub,
            main: true,
            cell: ({ id, name }) => (
              <>
                <a href={`/replication/hubs/${id}`}>{name}</a>
                {own.includes(id) && <div class="small soft">{w.hubOwn}</div>}
              </>
            ),
          },
          { head: w.area, cell: ({ areaNames }) => areaNames.join(', ') || '–' },
          { head: w.hubSince, cell: ({ since }) => dayOf(since, view.lang) },
          { head: w.hubDecree, cell: ({ decree }) => decree ?? '–' },
          { head: w.hubCoaches, number: true, cell: ({ coaches }) => formatNumber(coaches, view.lang) },
          {
            head: w.hubMaturity,
            cell: ({ id }) => {
              const scored = scores.get(id)
              return scored ? <GradeState view={view} scored={scored} /> : '–'
            },
          },
        ]}
      />
      <p class="hint">{w.hubsHint}</p>
      {adds && (
        <details open={Object.keys(typed).length > 0}>
          <summary>{w.hubAddHead}</summary>
          <Form action="/replication/hubs">
            {(Object.keys(fields) as (keyof typeof fields)[]).map((name) => (
              <TextField
                key={name}
                name={name}
                label={fields[name]}
                hint={hints[name]}
                value={String(typed[name] ?? '')}
                problem={problems[name] && sentence(problems[name], view.lang, w)}
              />
            ))}
            <div class="actions">
              <button type="submit">{w.hubAdd}</button>
            </div>
          </Form>
        </details>
      )}
    </Page>
  )
}

/** A date as exact as the source has it. */
const dayOf = (text: string, lang: View['lang']): string => {
  if (text.length === 4) return text
  const whole = formatDate(text.length === 7 ? `${text}-01` : text, lang)
  return text.length === 7 ? whole.replace(/^\d+ /, '') : whole
}

/** One hub: who answers for it, its coaches, its survey. */
export function HubPage({
  view,
  hub,
  coaches,
  survey,
  oversees,
  gives,
  typed = {},
  problems = {},
  refusal,
}: {
  view: View
  hub: HubRow
  /** Null for the public: how many is enough. */
  coaches: readonly { id: string; name: string; area: string; areaName: string }[] | null
  survey: { year: number; mine: boolean; scored: Scored | null }
  /** Whether this reader may see who replicates what in its area. */
  oversees: boolean
  gives: boolean
} & Again) {
  const w = words(view.lang)
  const at = `/replication/hubs/${hub.id}`
  const problem = (name: string) => problems[name] && sentence(problems[name], view.lang, w)
  return (
    <Page
      view={view}
      title={hub.name}
      trail={[
        { href: '/replication', label: w.replicationTitle },
        { href: '/replication/hubs', label: w.hubsTitle },
      ]}
    >
      <ErrorSummary
        lang={view.lang}
        problems={problems}
        refusal={refusal}
        words={w}
        labels={{ email: w.coachEmail, area: w.coachArea }}
      />
      <Facts
        facts={[
          [w.area, hub.areaNames.join(', ') || '–'],
          [w.hubAgency, hub.agencyName ?? '–'],
          [w.hubSince, dayOf(hub.since, view.lang)],
          [w.hubDecree, hub.decree ?? '–'],
          [w.hubSource, hub.source],
          [w.hubMaturity, survey.scored ? <GradeState key="grade" view={view} scored={survey.scored} /> : '–'],
          [w.hubCoaches, formatNumber(hub.coaches, view.lang)],
        ]}
      />
      {oversees && (
        <p>
          <a class="button quiet" href={`/replication/overview?hub=${hub.id}`}>
            {w.overviewTitle}
          </a>
        </p>
      )}
      {(survey.mine || survey.scored) && (
        <p>
          <a class="button quiet" href={`${at}/surveys/${survey.year}`}>
            {fill(w.surveyOpen, { year: survey.year })}
          </a>
        </p>
      )}
      {coaches && (
        <>
          <h2>{w.coachesHead}</h2>
          <Table
            caption={w.coachesHead}
            hideCaption
            empty={<p>{w.coachesNone}</p>}
            rows={coaches}
            columns={[
              { head: w.coach, main: true, cell: ({ name }) => name },
              { head: w.area, cell: ({ area, areaName }) => `${areaName} (${area})` },
              ...(gives
                ? [
                    {
                      head: w.coachEnd,
                      cell: ({ id }: { id: string }) => (
                        <ActionButton kind="quiet" action={`${at}/coaches/${id}/end`}>
                          {w.coachEnd}
                        </ActionButton>
                      ),
                    },
                  ]
                : []),
            ]}
          />
        </>
      )}
      {gives && (
        <Form action={`${at}/coaches`}>
          <TextField
            name="email"
            type="email"
            label={w.coachEmail}
            value={String(typed.email ?? '')}
            problem={problem('email')}
          />
          <TextField
            name="area"
            label={w.coachArea}
            hint={w.coachAreaHint}
            value={String(typed.area ?? '')}
            problem={problem('area')}
          />
          <div class="actions">
            <button type="submit">{w.coachGive}</button>
          </div>
        </Form>
      )}
    </Page>
  )
}
