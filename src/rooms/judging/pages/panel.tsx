import type { StageKind } from '#competition'
import type { View } from '#platform/http.ts'
import { fill, formatDateTime } from '#platform/text.ts'
import { Page, State, Table, type Tone } from '#platform/ui/index.ts'
import {
  areResultsPublic,
  type Cell,
  finalistStage,
  hasStage,
  isStageOpen,
  type PanelRound,
  plenaryOf,
} from '../domain/panel.ts'
import { placesOf } from '../domain/places.ts'
import { panelWords } from '../text/panel.ts'

/** "Kabupaten", or "Kabupaten · Kelompok Khusus" where a round has several groups. */
export function cellLabel({ rules }: Pick<PanelRound, 'rules'>, cell: Cell, lang: View['lang']): string {
  const cluster = rules.clusters.find((each) => each.key === cell.cluster)?.label[lang] ?? cell.cluster
  const group = rules.groups.find((each) => each.key === cell.group)?.label[lang] ?? cell.group
  return rules.groups.length === 1 ? cluster : `${cluster} · ${group}`
}

export const panelTrail = (round: PanelRound, lang: View['lang']) => [
  {
    href: `/judging/rounds/${round.id}/panel`,
    label: fill(panelWords(lang).panelTitle, { round: round.rules.name[lang] }),
  },
]

type Step = { label: string; href: string; state: 'stepDone' | 'stepNow' | 'stepNotYet'; note?: string }
const tones: Record<Step['state'], Tone> = { stepDone: 'good', stepNow: 'active', stepNotYet: 'calm' }

/** Where the panel's work stands, step by step, each with the way to it. */
export function PanelPage({
  view,
  round,
  nominees,
  lettersOwed,
  recomputable,
  mayDeclare,
  mayRun,
}: {
  view: View
  round: PanelRound
  nominees: number
  /** Entries that wait for their feedback letter, once the results are public. */
  lettersOwed: number
  /** Is the file to recompute the ranking from published? */
  recomputable: boolean
  /** A panel member is shown the way to declare an interest. */
  mayDeclare: boolean
  /** The secretariat sees its own steps as well. */
  mayRun: boolean
}) {
  const w = panelWords(view.lang)
  const at = `/judging/rounds/${round.id}`
  const places = placesOf(round.rules, round.places)
  const finalists = plenaryOf(round, 'finalists')
  const levels = plenaryOf(round, 'levels')
  const moment = (date: Date | null | undefined) => (date ? formatDateTime(date, view.lang, view.zone) : '')
  const letters = !areResultsPublic(round) ? 'stepNotYet' : lettersOwed > 0 ? 'stepNow' : 'stepDone'
  const between: Step[] = stageSteps(round, view.lang, mayRun)
  const steps: Step[] = [
    {
      label: w.stepPlaces,
      href: `${at}/places`,
      state: places.every((cell) => cell.places !== null) ? 'stepDone' : 'stepNow',
    },
    {
      label: w.stepNominees,
      href: `${at}/nominees`,
      state: nominees > 0 ? 'stepDone' : isStageOpen(round, finalistStage(round.rules)) ? 'stepNow' : 'stepNotYet',
      note: nominees > 0 ? fill(w.stepCount, { n: nominees }) : '',
    },
    {
      label: w.stepFinalists,
      href: `${at}/plenary/finalists`,
      state: finalists?.closed ? 'stepDone' : finalists ? 'stepNow' : 'stepNotYet',
      note: moment(finalists?.closed ?? finalists?.opened),
    },
    {
      label: w.stepAnnounced,
      href: `${at}/finalists`,
      state: finalists?.announced ? 'stepDone' : finalists?.closed ? 'stepNow' : 'stepNotYet',
      note: moment(finalists?.announced),
    },
    ...between,
    {
      label: w.stepLevels,
      href: `${at}/plenary/levels`,
      state: levels?.closed ? 'stepDone' : levels ? 'stepNow' : 'stepNotYet',
      note: moment(levels?.closed ?? levels?.opened),
    },
    {
      label: w.stepDecree,
      href: mayRun && !round.decree ? `${at}/decree` : `${at}/results`,
      state: round.decree ? 'stepDone' : levels?.closed ? 'stepNow' : 'stepNotYet',
      note: round.decree?.number ?? '',
    },
    ...(mayRun ? [{ label: w.lettersTitle, href: `${at}/letters`, state: letters } as const] : []),
    {
      label: w.recomputeHow,
      href: `${at}/recompute`,
      state: recomputable ? 'stepDone' : finalists?.announced ? 'stepNow' : 'stepNotYet',
    },
  ]
  return (
    <Page view={view} title={fill(w.panelTitle, { round: round.rules.name[view.lang] })} lead={w.panelLead}>
      <Table
        caption={fill(w.panelTitle, { round: round.rules.name[view.lang] })}
        hideCaption
        rows={steps}
        columns={[
          { head: w.stepHead, cell: (s) => <a href={s.href}>{s.label}</a>, main: true },
          { head: w.readingState, cell: (s) => <State tone={tones[s.state]}>{w[s.state]}</State> },
          { head: w.stepNote, cell: (s) => s.note ?? '' },
        ]}
      />
      {mayDeclare && (
        <div class="actions">
          <a class="button quiet" href={`${at}/interests`}>
            {w.interestGo}
          </a>
        </div>
      )}
    </Page>
  )
}

/** The stages between the two plenaries, as far as the rules of the round have them. */
function stageSteps(round: PanelRound, lang: View['lang'], mayRun: boolean): Step[] {
  const w = panelWords(lang)
  const at = `/judging/rounds/${round.id}`
  const pages: [StageKind, string, string, boolean][] = [
    ['panel', w.readingsTitle, `${at}/readings/nominee`, true],
    ['objection', w.objectionsTitle, `${at}/objections`, mayRun],
    ['ministry-feasibility', w.readingsFeasibility, `${at}/readings/feasibility`, true],
    ['interview', w.interviewsTitle, `${at}/interviews`, true],
    ['field-verification', w.findingsTitle, `${at}/findings`, true],
  ]
  return pages.flatMap(([kind, label, href, shown]) => {
    if (!shown || !hasStage(round.rules, kind)) return []
    const stage = round.stages.find((each) => each.kind === kind)
    const state = stage?.closed ? 'stepDone' : stage?.opened ? 'stepNow' : 'stepNotYet'
    return [{ label, href, state }]
  })
}
