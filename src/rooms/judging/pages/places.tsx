import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { formatDateTime } from '#platform/text.ts'
import { ErrorSummary, Form, Page, Select, sentence, Table, TextArea, TextField } from '#platform/ui/index.ts'
import type { Counter } from '../domain/decision.ts'
import { cellKey, type PanelRound } from '../domain/panel.ts'
import { type PanelWords, panelWords } from '../text/panel.ts'
import { cellLabel, panelTrail } from './panel.tsx'

/** How many places each cluster has, who decided it, and moving them. */
export function PlacesPage({
  view,
  round,
  counters,
  maySet,
  typed = {},
  problems,
  refusal,
}: {
  view: View
  round: PanelRound
  counters: readonly Counter[]
  maySet: boolean
  typed?: Record<string, unknown>
  problems?: Problems
  refusal?: keyof PanelWords
}) {
  const w = panelWords(view.lang)
  const at = `/judging/rounds/${round.id}`
  const open = round.rules.clusters.some((c) => round.rules.groups.some((g) => c.quota?.[g.key] === undefined))
  const text = (name: string) => (typeof typed[name] === 'string' ? typed[name] : undefined)
  const problem = (name: string) => problems?.[name] && sentence(problems[name], view.lang, w)
  const options = round.rules.clusters.map((c) => ({ value: c.key, label: c.label[view.lang] }))
  return (
    <Page view={view} title={w.placesTitle} lead={w.placesLead} trail={panelTrail(round, view.lang)}>
      <ErrorSummary
        lang={view.lang}
        problems={problems}
        refusal={refusal}
        words={w}
        labels={{ reason: w.reason, count: w.moveCount }}
      />
      <Table
        caption={w.placesTitle}
        hideCaption
        rows={counters}
        columns={[
          { head: w.cluster, cell: (c) => cellLabel(round, c, view.lang), main: true },
          { head: w.places, cell: (c) => c.places ?? w.placesUnset, number: true },
          { head: w.taken, cell: (c) => c.taken, number: true },
        ]}
      />
      {maySet && open && (
        <section>
          <h2>{w.placesSave}</h2>
          <p class="hint">{w.placesSetHint}</p>
          <Form action={`${at}/places`}>
            {counters.map((cell) => {
              const name = `places/${cellKey(cell)}`
              return (
                <TextField
                  key={name}
                  name={name}
                  label={cellLabel(round, cell, view.lang)}
                  type="number"
                  min={0}
                  inputmode="numeric"
                  value={text(name) ?? cell.places ?? ''}
                  problem={problem(name)}
                />
              )
            })}
            <TextArea
              name="reason"
              label={w.reason}
              hint={w.reasonHint}
              rows={3}
              value={text('reason')}
              problem={problem('reason')}
            />
            <div class="actions">
              <button type="submit">{w.placesSave}</button>
            </div>
          </Form>
        </section>
      )}
      {maySet && counters.every((cell) => cell.places !== null) && (
        <section>
          <h2>{w.moveTitle}</h2>
          <p class="hint">{w.moveHint}</p>
          <Form action={`${at}/places/move`}>
            <Select
              name="group"
              label={w.groupLabel}
              options={round.rules.groups.map((g) => ({ value: g.key, label: g.label[view.lang] }))}
              value={text('group')}
              problem={problem('group')}
            />
            <Select name="from" label={w.moveFrom} options={options} value={text('from')} problem={problem('from')} />
            <Select name="to" label={w.moveTo} options={options} value={text('to')} problem={problem('to')} />
            <TextField
              name="count"
              label={w.moveCount}
              type="number"
              min={1}
              inputmode="numeric"
              value={text('count') ?? '1'}
              problem={problem('count')}
            />
            <TextArea
              name="reason"
              label={w.reason}
              hint={w.reasonHint}
              rows={3}
              value={text('reason')}
              problem={problem('reason')}
            />
            <div class="actions">
              <button type="submit">{w.moveDo}</button>
            </div>
          </Form>
        </section>
      )}
      {round.places.length > 0 && (
        <Table
          caption={w.placesDecisions}
          rows={round.places}
          columns={[
            {
              head: w.decision,
              cell: (d) => d.changes.map((c) => `${cellLabel(round, c, view.lang)}: ${c.places}`).join('; '),
              main: true,
            },
            { head: w.reason, cell: (d) => d.reason },
            { head: w.who, cell: (d) => d.byName },
            { head: w.when, cell: (d) => formatDateTime(d.at, view.lang, view.zone) },
          ]}
        />
      )}
    </Page>
  )
}
