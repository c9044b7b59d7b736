import { randomInt } from 'node:crypto'
import type { Action } from '#platform/action.ts'
import { decide, refuse } from '#platform/result.ts'
import { codeBundle, codesFor, hashOfText, saysTheSame } from '../domain/bundle.ts'
import { canonicalJson } from '../domain/canonical-json.ts'
import { areFinalistsPublic } from '../domain/panel.ts'
import { nothingTyped } from '../forms/panel.ts'
import { mayPanel } from '../permissions/panel.ts'
import { type Bundling, holdBundling, saveBundle } from '../store/bundle.ts'

type Published = { hash: string; resultHash: string }

/**
 * Publish what the ranking can be recomputed from. The codes are drawn by a lot that nobody can repeat, and what they
 * stand for is kept from the change, which is stored with the form's token.
 */
export function publishBundle(): Action<
  Bundling,
  object,
  Published,
  'bundle-there' | 'ranking-not-released' | 'finalists-not-public' | 'bundle-differs'
> {
  let made: { text: string; codes: Record<string, string> } | undefined
  return {
    name: 'judging.bundle-published',
    find: holdBundling,
    may: mayPanel.publishBundle,
    input: nothingTyped,
    decide: ({ round, reading, ranking, sheets, categories, published }) => {
      if (published) return refuse('bundle-there')
      if (!ranking || !reading.rule || !reading.ruleHash) return refuse('ranking-not-released')
      if (!areFinalistsPublic(round)) return refuse('finalists-not-public')
      const entries = ranking.result.ranked.map(({ proposal, agency, cluster, group }) => ({
        id: proposal,
        agency,
        cluster,
        group,
        category: categories.get(proposal) ?? null,
      }))
      const evaluators = [...new Set(sheets.map((sheet) => sheet.evaluator))]
      const codes = codesFor(shuffled(entries.map((entry) => entry.id)), shuffled(evaluators))
      const ruleHash = reading.ruleHash.toString('hex')
      const source = { round: round.key, rule: reading.rule, ruleHash, entries, sheets, codes }
      const { bundle, ranking: coded } = codeBundle(source)
      // What is published must be what decided: the same figures for every entry, to the last digit.
      if (!saysTheSame(ranking.result, coded, codes)) return refuse('bundle-differs')
      const text = canonicalJson(bundle)
      const own = Object.fromEntries(entries.map((entry) => [entry.id, codes.get(entry.id)!]))
      made = { text, codes: own }
      return decide({ hash: hashOfText(text), resultHash: bundle.resultHash })
    },
    save: (tx, { round, ranking }, { hash, resultHash }, { actor, now }) => {
      const hashes = { hash: Buffer.from(hash, 'hex'), resultHash: Buffer.from(resultHash, 'hex') }
      return saveBundle(tx, round.id, { ranking: ranking!.id, ...made!, ...hashes }, actor.id!, now)
    },
    tell: (change) => ({ ...change }),
    scope: () => null,
  }
}

function shuffled<T>(list: readonly T[]): T[] {
  const all = [...list]
  for (let i = all.length - 1; i > 0; i--) {
    const j = randomInt(i + 1)
    ;[all[i], all[j]] = [all[j]!, all[i]!]
  }
  return all
}
