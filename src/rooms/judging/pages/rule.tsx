import type { Round } from '#competition'
import type { View } from '#platform/http.ts'
import { fill, formatDateTime, formatNumber } from '#platform/text.ts'
import { Facts, Page } from '#platform/ui/index.ts'
import { canonicalJson } from '../domain/canonical-json.ts'
import type { Reading } from '../domain/reading.ts'
import type { MinimumProof } from '../domain/waves.ts'
import { words } from '../text/index.ts'

/** The fixed rule of a round for everybody: what it says, its fingerprint, and the document itself. */
export function RulePage({
  view,
  round,
  reading,
  minimum,
}: {
  view: View
  round: Round
  reading: Reading
  minimum: MinimumProof | undefined
}) {
  const w = words(view.lang)
  const { rule } = reading
  const number = (n: number) => formatNumber(n, view.lang)
  return (
    <Page view={view} title={fill(w.ruleTitle, { round: round.rules.name[view.lang] })} lead={w.ruleLead}>
      {!rule || !reading.opened || !reading.ruleHash ? (
        <p class="empty">{w.ruleNotYet}</p>
      ) : (
        <>
          <Facts
            facts={[
              [w.ruleFixed, formatDateTime(reading.opened, view.lang, view.zone)],
              [w.ruleReviews, number(rule.reviews)],
              [w.ruleGap, rule.gapLimit === null ? w.ruleNoGap : fill(w.points, { n: number(rule.gapLimit) })],
              [w.ruleMethod, rule.selectBy === 'raw' ? w.methodRaw : w.methodCorrected],
              [
                w.ruleWaves,
                rule.waves === null
                  ? w.noWaves
                  : rule.waves.waves
                      .map((wave) => fill(w.waveLine, { proposals: number(wave.proposals), extra: number(wave.extra) }))
                      .join('; '),
              ],
              ...(minimum ? [[w.ruleMinimum, minimumSentence(view, minimum)] as const] : []),
              [w.ruleHash, <code>{reading.ruleHash.toString('hex')}</code>],
            ]}
          />
          <p class="hint">{w.ruleHashHint}</p>
          <pre tabindex={0}>{canonicalJson(rule)}</pre>
        </>
      )}
    </Page>
  )
}

/** How far the promise of a least number of readings is kept. */
export function minimumSentence(view: View, { met, minimum, entries, least, short }: MinimumProof): string {
  const w = words(view.lang)
  return fill(met ? w.minimumMet : w.minimumOpen, { minimum, entries, least, short: short.length })
}
