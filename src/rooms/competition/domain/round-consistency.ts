import { nodesAt } from './paths.ts'
import { agencyKinds, type Calendar, type Question, questionsFor, type Rules } from './round.ts'

/** What can be wrong in a document that has the right shape. Named, so that the editor's page can say it in words. */
export const ruleProblems = [
  'key-twice',
  'weights-not-100',
  'weight-without-score',
  'interview-weights-not-100',
  'stage-weights-not-100',
  'leader-presence-without-criterion',
  'choice-without-choices',
  'file-without-evidence',
  'unknown-group',
  'unknown-category',
  'cluster-overlap',
  'cluster-missing',
  'cluster-sum',
  'group-sum',
  'dates-disordered',
  'objection-without-announcement',
  'objection-days',
  'interview-settings',
  'path-names-nothing',
] as const
export type RuleProblem = (typeof ruleProblems)[number]

/** `shape`: a field is missing, misspelt or of the wrong kind; `detail` is then the parser's own sentence. */
export type Problem = { path: string; problem: RuleProblem | 'shape'; detail: string }

/** What in a document of the right shape does not fit together. Empty: it can be published. */
export function inconsistencies(rules: Rules): Problem[] {
  return [
    ...repeatedKeys(rules),
    ...questionProblems(rules),
    ...namesUnknown(rules),
    ...clusterProblems(rules),
    ...stageProblems(rules),
    ...calendarProblems(rules.calendar),
    ...interviewProblems(rules),
    ...notesThatNameNothing(rules),
  ]
}

function repeatedKeys(rules: Rules): Problem[] {
  const lists: [string, { key: string }[]][] = [
    ['groups', rules.groups],
    ['categories', rules.categories],
    ['clusters', rules.clusters],
    ['stages', rules.stages],
    ['select.topLevels', rules.select.topLevels],
    ['select.priorities', rules.select.priorities],
    ['interview.sheet', rules.interview?.sheet ?? []],
    // Head, group and foot make one form, so a key may stand in only one of them.
    ...rules.groups.map((group): [string, Question[]] => [
      `groups.${group.key}.questions`,
      questionsFor(rules, group.key),
    ]),
    ...rules.groups.flatMap((group) =>
      questionsFor(rules, group.key).map((question): [string, { key: string }[]] => [
        `groups.${group.key}.questions.${question.key}.choices`,
        question.choices,
      ]),
    ),
  ]
  return lists.flatMap(([path, list]) => {
    const keys = list.map((item) => item.key)
    const twice = keys.filter((each, index) => keys.indexOf(each) !== index)
    return twice.map((each) => problem(path, 'key-twice', each))
  })
}

function questionProblems(rules: Rules): Problem[] {
  return rules.groups.flatMap((group) => {
    const path = `groups.${group.key}.questions`
    const questions = questionsFor(rules, group.key)
    const sum = total(questions.filter((question) => question.scored).map((question) => question.weight))
    const found: Problem[] = sum === 100 ? [] : [problem(path, 'weights-not-100', String(sum))]
    for (const question of questions) {
      const at = `${path}.${question.key}`
      if (!question.scored && question.weight > 0) found.push(problem(at, 'weight-without-score', question.key))
      if (question.kind === 'choice' && question.choices.length === 0)
        found.push(problem(at, 'choice-without-choices', question.key))
      if (question.kind === 'file' && !question.evidence) found.push(problem(at, 'file-without-evidence', question.key))
    }
    return found
  })
}

function namesUnknown(rules: Rules): Problem[] {
  const groups = new Set(rules.groups.map((group) => group.key))
  const categories = new Set(rules.categories.map((category) => category.key))
  const named: [string, string][] = [
    ...Object.keys(rules.quotas).map((name): [string, string] => ['quotas', name]),
    ...Object.keys(rules.select.byGroup).map((name): [string, string] => ['select.byGroup', name]),
    ...rules.select.topLevels.flatMap((level): [string, string][] =>
      level.group === null ? [] : [[`select.topLevels.${level.key}`, level.group]],
    ),
    ...rules.clusters.flatMap((cluster) =>
      Object.keys(cluster.quota ?? {}).map((name): [string, string] => [`clusters.${cluster.key}.quota`, name]),
    ),
  ]
  return [
    ...named.filter(([, name]) => !groups.has(name)).map(([path, name]) => problem(path, 'unknown-group', name)),
    ...rules.groups.flatMap((group) =>
      group.ageExceptions
        .filter((exception) => !categories.has(exception.category))
        .map((exception) => problem(`groups.${group.key}.ageExceptions`, 'unknown-category', exception.category)),
    ),
  ]
}

function clusterProblems(rules: Rules): Problem[] {
  const found: Problem[] = []
  for (const kind of agencyKinds) {
    const homes = rules.clusters.filter((cluster) => cluster.agencyKinds.includes(kind))
    if (homes.length === 0) found.push(problem('clusters', 'cluster-missing', kind))
    if (homes.length > 1) found.push(problem('clusters', 'cluster-overlap', kind))
  }
  const shares = rules.clusters.map((cluster) => cluster.quota)
  if (shares.every((quota) => quota !== null)) {
    for (const group of rules.groups) {
      const wanted = rules.select.byGroup[group.key]
      const sum = total(shares.map((quota) => quota[group.key] ?? 0))
      if (typeof wanted === 'number' && sum !== wanted)
        found.push(problem('clusters', 'cluster-sum', `${group.key}: ${sum}`))
    }
  }
  const places = rules.groups.map((group) => rules.select.byGroup[group.key])
  if (rules.select.finalists !== null && places.every((each) => typeof each === 'number')) {
    const sum = total(places)
    if (sum !== rules.select.finalists) found.push(problem('select.byGroup', 'group-sum', String(sum)))
  }
  return found
}

function stageProblems(rules: Rules): Problem[] {
  const found: Problem[] = []
  const kinds = rules.stages.map((each) => each.kind)
  const objection = kinds.indexOf('objection')
  const announcement = kinds.indexOf('announcement')
  if (objection !== -1 && (announcement === -1 || announcement > objection))
    found.push(problem('stages', 'objection-without-announcement', rules.stages[objection]!.key))
  if ((objection !== -1) !== (rules.objectionDays !== null))
    found.push(problem('objectionDays', 'objection-days', String(rules.objectionDays)))
  if (kinds.includes('interview') !== (rules.interview !== null))
    found.push(problem('interview', 'interview-settings', String(kinds.includes('interview'))))
  const sum = total(rules.stages.map((each) => ('weight' in each ? each.weight : 0)))
  if (sum !== 100) found.push(problem('stages', 'stage-weights-not-100', String(sum)))
  return found
}

const spans: [keyof Calendar, keyof Calendar][] = [
  ['opens', 'submissionCloses'],
  ['submissionCloses', 'admissionBy'],
  ['admissionFrom', 'admissionBy'],
  ['scoringFrom', 'scoringTo'],
  ['panelFrom', 'panelTo'],
  ['announcement', 'objectionUntil'],
  ['feasibilityFrom', 'feasibilityTo'],
  ['publicRatingFrom', 'publicRatingTo'],
  ['interviewsFrom', 'interviewsTo'],
  ['verificationFrom', 'verificationTo'],
  ['submissionCloses', 'decree'],
  ['decree', 'award'],
]

function calendarProblems(calendar: Calendar): Problem[] {
  return spans
    .filter(([from, to]) => {
      const [start, end] = [calendar[from], calendar[to]]
      return typeof start === 'string' && typeof end === 'string' && Date.parse(start) >= Date.parse(end)
    })
    .map(([from, to]) => problem(`calendar.${to}`, 'dates-disordered', from))
}

function interviewProblems(rules: Rules): Problem[] {
  if (!rules.interview) return []
  const found: Problem[] = []
  const sum = total(rules.interview.sheet.map((criterion) => criterion.weight))
  if (sum !== 100) found.push(problem('interview.sheet', 'interview-weights-not-100', String(sum)))
  const onSheet = rules.interview.sheet.some((criterion) => criterion.key === 'leader-presence')
  if (onSheet !== rules.interview.leaderPresenceScored)
    found.push(problem('interview.leaderPresenceScored', 'leader-presence-without-criterion', String(onSheet)))
  return found
}

function notesThatNameNothing(rules: Rules): Problem[] {
  return [...Object.keys(rules.settings), ...Object.keys(rules.sources)]
    .filter((path) => nodesAt(rules, path).length === 0)
    .map((path) => problem(path, 'path-names-nothing', path))
}

function problem(path: string, name: RuleProblem, detail: string): Problem {
  return { path, problem: name, detail }
}

/** Sums percentages; rounded, because 33.3 + 33.3 + 33.4 is not 100 in binary. */
function total(numbers: readonly number[]): number {
  return Math.round(numbers.reduce((sum, each) => sum + each, 0) * 1e6) / 1e6
}
