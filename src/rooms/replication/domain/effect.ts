import type { Figures } from '#services'
import type { Runner } from './shown.ts'

type Words = Record<string, string>
export type Cell = { value: number | null; n: number | null; hidden: boolean; of: string }
/** What one service has published last, with its provenance. */
export type Source = { service: string; day: string; version: string; hash: string }
export type Effect = {
  runners: readonly Runner[]
  sources: readonly Source[]
  rows: {
    indicator: string
    names: Words
    unit: string | null
    better: 'more' | 'less' | 'neither'
    cells: (Cell | null)[]
  }[]
}
export type Latest = Pick<Figures, 'day' | 'version' | 'hash' | 'figures'>

/**
 * The published figures of those who run one package, side by side: one row for each indicator, one cell for each runner in
 * their order. A runner without published figures is left out; what is hidden in one stays hidden.
 */
export function sideBySide(runners: readonly Runner[], latest: ReadonlyMap<string, Latest>): Effect {
  const shown = runners.flatMap((runner) => {
    const own = runner.service && latest.get(runner.service)
    return own ? [{ runner, own }] : []
  })
  const ids = [...new Set(shown.flatMap(({ own }) => own.figures.map(({ indicator }) => indicator)))]
  return {
    runners: shown.map(({ runner }) => runner),
    sources: shown.map(({ runner, own: { day, version, hash } }) => ({ service: runner.service!, day, version, hash })),
    rows: ids.map((indicator) => {
      const all = shown.map(({ own }) => own.figures.find((figure) => figure.indicator === indicator))
      const { names, unit, better } = all.find((figure) => figure !== undefined)!
      const cells = all.map((figure) => figure && { ...figure.whole, of: figure.of })
      return { indicator, names, unit, better, cells: cells.map((cell) => cell ?? null) }
    }),
  }
}

export type Target = { id: string; target: number; better: 'more' | 'less' }

/** Which targets of a package these published figures meet. A hidden figure meets none. */
export const targetsMet = (targets: readonly Target[], figures: Latest['figures']) =>
  targets.flatMap(({ id, target, better }) => {
    const whole = figures.find(({ indicator }) => indicator === id)?.whole
    if (!whole || whole.hidden || whole.value === null || whole.n === null) return []
    const met = better === 'more' ? whole.value >= target : whole.value <= target
    return met ? [{ indicator: id, target, value: whole.value, n: whole.n }] : []
  })
