import type { View } from '#platform/http.ts'
import { fill, formatDateTime } from '#platform/text.ts'
import { ActionButton, ErrorSummary, Facts, Page } from '#platform/ui/index.ts'
import type { PanelRound } from '../domain/panel.ts'
import { type PanelWords, panelWords } from '../text/panel.ts'

/** How anybody recomputes the ranking: the file, its hashes, the command. */
export function RecomputePage({
  view,
  round,
  bundle,
  ruleHash,
  mayPublish,
  refusal,
}: {
  view: View
  round: PanelRound
  bundle: { hash: string; resultHash: string; at: Date } | undefined
  ruleHash: string | undefined
  mayPublish: boolean
  refusal?: keyof PanelWords
}) {
  const w = panelWords(view.lang)
  const at = `/judging/rounds/${round.id}`
  const file = `hitung-ulang-${round.key}.json`
  return (
    <Page
      view={view}
      title={fill(w.recomputeTitle, { round: round.rules.name[view.lang] })}
      lead={w.recomputeLead}
      islands={bundle ? ['recompute-bundle'] : []}
    >
      <ErrorSummary lang={view.lang} refusal={refusal} words={w} />
      {ruleHash && (
        <Facts
          facts={[
            [w.recomputeRuleHash, <code key="r">{ruleHash}</code>],
            ...(bundle
              ? [
                  [w.recomputeHash, <code key="b">{bundle.hash}</code>] as const,
                  [w.recomputeResultHash, <code key="s">{bundle.resultHash}</code>] as const,
                  [w.recomputeWhen, formatDateTime(bundle.at, view.lang, view.zone)] as const,
                ]
              : []),
          ]}
        />
      )}
      {bundle ? (
        <>
          <div class="actions">
            <a class="button" href={`${at}/bundle.json`} download={file}>
              {w.recomputeFile}
            </a>
          </div>
          <p>{w.recomputeWhat}</p>
          <h2>{w.recomputeHere}</h2>
          <recompute-bundle
            data-file-hash={bundle.hash}
            data-working={w.recomputeWorking}
            data-same={w.recomputeSame}
            data-other={w.recomputeOther}
            data-published={w.recomputePublished}
            data-not-published={w.recomputeNotPublished}
            data-result-label={w.recomputeResultHash}
            data-first-label={w.recomputeFirst}
            data-not-a-bundle={w['recompute-not-a-bundle']}
            data-other-engine={w['recompute-other-engine']}
            data-rule-changed={w['recompute-rule-changed']}
          >
            <p data-without-script="">{w.recomputeNeedsScript}</p>
            <div data-with-script="" hidden>
              <p>{w.recomputeHereHint}</p>
              <p class="field">
                <label for="bundle">{w.recomputeChoose}</label>
                <input id="bundle" type="file" accept="application/json,.json" />
              </p>
              <div role="status" class="prose" />
            </div>
          </recompute-bundle>
          <h2>{w.recomputeHow}</h2>
          <ol>
            <li>{w.recomputeStep1}</li>
            <li>
              {w.recomputeStep2}
              <pre>
                <code>npm run recompute -- {file}</code>
              </pre>
            </li>
            <li>
              {w.recomputeStep3}
              <pre>
                <code>sha256sum {file}</code>
              </pre>
            </li>
          </ol>
        </>
      ) : (
        <p class="empty">{w.recomputeNone}</p>
      )}
      {mayPublish && !bundle && (
        <div class="actions">
          <ActionButton action={`${at}/recompute`}>{w.publishBundleDo}</ActionButton>
        </div>
      )}
    </Page>
  )
}

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'recompute-bundle': preact.HTMLAttributes<HTMLElement>
    }
  }
}
