import type { View } from '#platform/http.ts'
import { fill, formatDateTime } from '#platform/text.ts'
import { Facts, Page, Select, State } from '#platform/ui/index.ts'
import type { Change } from '../domain/difference.ts'
import type { Rules } from '../domain/round.ts'
import type { Round } from '../domain/running-round.ts'
import { words } from '../text/index.ts'
import { ChangesTable } from './round.tsx'
import { roundPath } from './round-parts.tsx'
import { CalendarPart, CategoriesPart, ClustersPart, GroupsPart, JudgingPart } from './round-rules.tsx'

export type ToldVersion = { version: number; rules: Rules; reason: string; at: Date; by: string | null }

export const versionPath = (round: string, version: number) => `${roundPath(round)}/versions/${version}`

/** The rules as they stood in one version: since when and until when, why, by whom, and what differs from another version. */
export function RoundVersionPage({
  view,
  round,
  shown,
  versions,
  other,
  changes,
}: {
  view: View
  round: Round
  shown: ToldVersion
  /** Every version, oldest first. */
  versions: readonly Pick<ToldVersion, 'version' | 'at'>[]
  /** The version it is compared with; null when there is but one. */
  other: number | null
  /** From the earlier to the later of the two. */
  changes: readonly Change[]
}) {
  const { lang, zone } = view
  const w = words(lang)
  const { rules } = shown
  const next = versions.find(({ version }) => version === shown.version + 1)
  const others = versions.filter(({ version }) => version !== shown.version)
  const [earlier, later] = [Math.min(shown.version, other ?? 0), Math.max(shown.version, other ?? 0)]
  return (
    <Page
      view={view}
      title={fill(w.versionTitle, { n: shown.version, round: rules.name[lang] })}
      trail={[
        { href: '/competition', label: w.navRounds },
        { href: roundPath(round.id), label: round.rules.name[lang] },
      ]}
      description={fill(w.versionTitle, { n: shown.version, round: rules.name[lang] })}
    >
      <p>
        {next ? (
          <State tone="calm">{fill(w.versionUntil, { date: formatDateTime(next.at, lang, zone) })}</State>
        ) : (
          <State tone="active">{w.versionInForce}</State>
        )}
      </p>
      <Facts
        facts={[
          [w.versionSince, formatDateTime(shown.at, lang, zone)],
          [w.versionReason, shown.version === 1 ? w.versionFirst : shown.reason],
          [w.versionBy, shown.by ?? w.versionBySecretariat],
        ]}
      />
      <nav class="tabs no-print" aria-label={w.versionsTitle}>
        <ul>
          {versions.map(({ version }) => (
            <li key={version}>
              <a href={versionPath(round.id, version)} aria-current={version === shown.version ? 'page' : undefined}>
                {fill(w.versionN, { n: version })}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {other !== null && (
        <section>
          <h2 id="comparison">{fill(w.versionCompared, { from: earlier, to: later })}</h2>
          {others.length > 1 && (
            <form
              method="get"
              action={`${versionPath(round.id, shown.version)}#comparison`}
              class="search-line no-print"
            >
              <Select
                name="dengan"
                label={w.versionCompareWith}
                value={String(other)}
                options={others.map(({ version, at }) => ({
                  value: String(version),
                  label: `${fill(w.versionN, { n: version })} (${formatDateTime(at, lang, zone)})`,
                }))}
              />
              <button type="submit" class="quiet">
                {w.versionCompare}
              </button>
            </form>
          )}
          {changes.length === 0 ? (
            <p>{w.versionSame}</p>
          ) : (
            <ChangesTable changes={changes} rules={rules} view={view} caption={w.versionChanges} />
          )}
        </section>
      )}
      <section>
        <h2>{fill(w.versionRules, { n: shown.version })}</h2>
        <p class="hint">{w.versionRulesHint}</p>
      </section>
      <CalendarPart rules={rules} lang={lang} />
      <GroupsPart rules={rules} lang={lang} />
      <CategoriesPart rules={rules} lang={lang} />
      <ClustersPart rules={rules} lang={lang} />
      <JudgingPart rules={rules} lang={lang} />
    </Page>
  )
}
