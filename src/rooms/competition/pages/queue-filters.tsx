import type { Lang } from '#platform/text.ts'
import { Select, TextField } from '#platform/ui/index.ts'
import { platformWords } from '#platform/words/index.ts'
import { admissionWords } from '../text/admission.ts'
import { ruleWords } from '../text/admission-rule.ts'
import type { QueuePageProps, QueueQuery } from './admission.tsx'

/** What of the queue is shown, and in which order. */
export function QueueFilters({ view, round, query, counts, provinces, path }: QueuePageProps & { path: string }) {
  const { lang } = view
  const w = admissionWords(lang)
  const p = platformWords(lang)
  const { rules } = round
  const named = (list: readonly { key: string; label: Record<Lang, string> }[]) =>
    list.map(({ key, label }) => [key, label[lang]] as const)
  const choices: [keyof QueueQuery, string, readonly (readonly [string, string])[]][] = [
    ['standing', w.standingFilter, (['unread', 'second-reading', 'passed', 'failed'] as const).map((s) => [s, w[s]])],
    [
      'severity',
      w.severityFilter,
      [
        ['fail', w.severityFail],
        ['warning', w.severityWarning],
        ['hint', w.severityHint],
        ['none', w.severityNone],
        ['unexamined', w.severityUnexamined],
      ],
    ],
    ['rule', w.ruleFilter, counts.rules.map(({ rule }) => [rule, ruleWords(rule, lang).name])],
    ['cluster', w.clusterFilter, named(rules.clusters)],
    ['province', w.provinceFilter, provinces.map(({ code, name }) => [code, name])],
    ...(rules.groups.length > 1 ? [['group', w.groupFilter, named(rules.groups)] as const] : []),
  ] as never
  return (
    <form class="filters" method="get" action={path}>
      {choices.map(([name, label, options]) => (
        <Select
          key={name}
          name={name}
          label={label}
          empty={p.all}
          options={options.map(([value, label]) => ({ value, label }))}
          value={query[name]}
        />
      ))}
      <Select
        name="sort"
        label={w.sortFilter}
        options={[
          { value: 'findings', label: w.sortFindings },
          { value: 'number', label: w.sortNumber },
          { value: 'agency', label: w.sortAgency },
          { value: 'likeness', label: w.sortLikeness },
        ]}
        value={query.sort}
      />
      <TextField name="q" label={w.searchFilter} value={query.q} />
      <button type="submit" class="quiet">
        {p.filter}
      </button>
    </form>
  )
}
