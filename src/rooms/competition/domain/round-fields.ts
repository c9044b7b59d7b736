import {
  agencyKinds,
  evidenceKinds,
  type Question,
  questionFormats,
  questionKinds,
  type Rules,
  type Stage,
  type Words,
} from './round.ts'
import { type Block, type Field, number, plain, rows, type Section, tick, whole, words } from './round-field.ts'
import { ageColumns, awardColumns, type Column, choiceColumns } from './round-rows.ts'

export const fixedSections = [
  'identity',
  'calendar',
  'groups',
  'categories',
  'clusters',
  'scoring',
  'head',
  'foot',
  'selection',
  'stages',
  'interview',
  'document',
] as const

/** The sections of the editor for these rules, in the order in which one works through them. */
export const sectionsOf = (rules: Rules): string[] => [
  ...fixedSections.slice(0, 6),
  'head',
  ...rules.groups.map((group) => `questions-${group.key}`),
  ...fixedSections.slice(7),
]

/** The section in which a problem at this path is put right. */
export function sectionOf(path: string): string {
  const [first = '', second, third] = path.split('.')
  if (first === 'groups') return third === 'questions' ? `questions-${second}` : 'groups'
  if (first === 'quotas' || (first === 'select' && second === 'byGroup')) return 'groups'
  if (first === 'select') return 'selection'
  if (['name', 'theme', 'year', 'legalBasis'].includes(first)) return 'identity'
  if (first === 'ageCountedFrom') return 'calendar'
  if (first === 'objectionDays') return 'stages'
  if (['titleRule', 'answerRule', 'duplicates'].includes(first)) return 'scoring'
  return (fixedSections as readonly string[]).includes(first) ? first : 'document'
}

/** What can be typed in a section; undefined for a section that these rules do not have. */
export function fieldsOf(rules: Rules, section: string): Section | undefined {
  const group = /^questions-(.+)$/.exec(section)?.[1]
  if (group !== undefined)
    return rules.groups.some((each) => each.key === group)
      ? questionList(`groups.${group}.questions`, rules.groups.find((each) => each.key === group)!.questions)
      : undefined
  switch (section) {
    case 'identity':
      return only([
        words('name', 'name'),
        words('theme', 'theme', { optional: true }),
        whole('year', 'year', 2014, { max: 2200 }),
        { path: 'legalBasis', name: 'legalBasis', kind: 'lines' },
      ])
    case 'calendar':
      return only([...calendarFields(rules), ageField])
    case 'groups':
      return {
        blocks: rules.groups.map((group) => groupBlock(rules, group)),
        additions: [{ list: 'groups', name: 'groups', kinds: null }],
      }
    case 'categories':
      return keyedList('categories', rules.categories)
    case 'clusters':
      return {
        blocks: rules.clusters.map((cluster) => clusterBlock(rules, cluster)),
        additions: [{ list: 'clusters', name: 'clusters', kinds: agencyKinds }],
      }
    case 'scoring':
      return only(scoringFields)
    case 'head':
      return questionList('head', rules.head)
    case 'foot':
      return questionList('foot', rules.foot)
    case 'selection':
      return selectionSection(rules)
    case 'stages':
      return stagesSection(rules)
    case 'interview':
      return interviewSection(rules)
    default:
      return undefined
  }
}

const only = (fields: Field[]): Section => ({ blocks: [plain(fields)], additions: [] })

function keyedList(list: string, items: readonly { key: string; label: Words }[]): Section {
  return {
    blocks: items.map((item) => ({
      title: item.label,
      item: `${list}.${item.key}`,
      order: null,
      fields: [words(`${list}.${item.key}.label`, 'label')],
    })),
    additions: [{ list, name: list.split('.').at(-1)!, kinds: null }],
  }
}

function calendarFields(rules: Rules): Field[] {
  return Object.keys(rules.calendar)
    .filter((name) => name !== 'extensions')
    .map((name): Field => {
      const path = `calendar.${name}`
      if (name === 'lateArrivalMinutes') return whole(path, name)
      return { path, name, kind: 'moment', optional: name !== 'opens' && name !== 'submissionCloses' }
    })
}

const ageField: Field = {
  path: 'ageCountedFrom',
  name: 'ageCountedFrom',
  kind: 'choice',
  options: ['announced-closing', 'extended-closing'],
  optional: false,
}

const groupBlock = (rules: Rules, { key, label }: Rules['groups'][number]): Block => ({
  title: label,
  item: `groups.${key}`,
  order: null,
  fields: [
    words(`groups.${key}.label`, 'label'),
    whole(`groups.${key}.minAgeMonths`, 'minAgeMonths'),
    tick(`groups.${key}.byInvitation`, 'byInvitation'),
    whole(`quotas.${key}`, 'quotas', 0, { optional: true }),
    whole(`select.byGroup.${key}`, 'byGroup', 0, { optional: true }),
    rows(`groups.${key}.ageExceptions`, ageColumns(rules)),
    rows(`groups.${key}.excludedBy`, awardColumns),
    rows(`groups.${key}.needsOneOf`, awardColumns),
    { path: `groups.${key}.source`, name: 'source', kind: 'copied', columns: awardColumns },
  ],
})

const clusterBlock = (rules: Rules, { key, label }: Rules['clusters'][number]): Block => ({
  title: label,
  item: `clusters.${key}`,
  order: null,
  fields: [
    words(`clusters.${key}.label`, 'label'),
    { path: `clusters.${key}.agencyKinds`, name: 'agencyKinds', kind: 'many', options: agencyKinds },
    ...rules.groups.map((group) =>
      whole(`clusters.${key}.quota.${group.key}`, 'quota', 0, { optional: true, label: group.label }),
    ),
    number(`clusters.${key}.nomineeFactor`, 'nomineeFactor', 1),
  ],
})

const scoringFields: Field[] = [
  whole('scoring.reviewsPerProposal', 'reviewsPerProposal', 1),
  number('scoring.gapLimit', 'gapLimit', 0, 100, true),
  number('scoring.passMark', 'passMark', 0, 100, true),
  { path: 'scoring.method', name: 'method', kind: 'choice', options: ['raw', 'mixed'], optional: false },
  whole('scoring.waves', 'waves', 1, { optional: true }),
  whole('scoring.decimals', 'decimals', 0, { max: 6 }),
  whole('titleRule.minWords', 'minWords'),
  whole('titleRule.maxWords', 'maxWords', 1),
  whole('titleRule.minLetters', 'minLetters'),
  { path: 'titleRule.blockedWords', name: 'blockedWords', kind: 'lines' },
  whole('answerRule.minWords', 'minWords'),
  number('answerRule.minVariety', 'minVariety', 0, 1),
  number('duplicates.titleSimilarity', 'titleSimilarity', 0, 1),
  number('duplicates.textSimilarity', 'textSimilarity', 0, 1),
]

function questionList(list: string, questions: readonly Question[]): Section {
  return {
    blocks: questions.map((question, index) => questionBlock(`${list}.${question.key}`, question, index + 1)),
    additions: [{ list, name: 'questions', kinds: questionKinds }],
  }
}

const questionBlock = (path: string, { label }: Question, order: number): Block => ({
  title: label,
  item: path,
  order,
  fields: [
    words(`${path}.label`, 'label'),
    words(`${path}.help`, 'help', { long: true }),
    { path: `${path}.kind`, name: 'kind', kind: 'choice', options: questionKinds, optional: false },
    { path: `${path}.format`, name: 'format', kind: 'choice', options: questionFormats, optional: true },
    whole(`${path}.maxWords`, 'maxWords', 1, { optional: true }),
    number(`${path}.weight`, 'weight', 0, 100),
    tick(`${path}.required`, 'required'),
    tick(`${path}.scored`, 'scored'),
    tick(`${path}.public`, 'public'),
    rows(`${path}.choices`, choiceColumns),
    { path: `${path}.evidence`, name: 'evidence', kind: 'evidence' },
  ],
})
export const evidenceOptions = evidenceKinds

function selectionSection(rules: Rules): Section {
  const groups = Object.fromEntries(rules.groups.map((group) => [group.key, group.label]))
  return {
    blocks: [
      plain([whole('select.finalists', 'finalists', 0, { optional: true })]),
      ...rules.select.topLevels.map((level): Block => {
        const path = `select.topLevels.${level.key}`
        const options = Object.keys(groups)
        return {
          title: level.label,
          item: path,
          order: null,
          fields: [
            words(`${path}.label`, 'label'),
            { path: `${path}.group`, name: 'group', kind: 'choice', options, labels: groups, optional: true },
            whole(`${path}.count`, 'count', 0, { optional: true }),
          ],
        }
      }),
      ...keyedList('select.priorities', rules.select.priorities).blocks,
    ],
    additions: [
      { list: 'select.topLevels', name: 'topLevels', kinds: null },
      { list: 'select.priorities', name: 'priorities', kinds: null },
    ],
  }
}

const stageNumbers: Record<string, [min: number, max?: number]> = {
  weight: [0, 100],
  reviewersPerProposal: [1],
  membersPerProposal: [1],
  minPanel: [0],
  minEvaluators: [0],
  minRatings: [0],
}

export const stageKinds = [
  'admission',
  'ministry-feasibility',
  'scoring',
  'panel',
  'announcement',
  'objection',
  'interview',
  'field-verification',
  'public-rating',
  'final-plenary',
  'decree',
] as const satisfies readonly Stage['kind'][]

function stagesSection(rules: Rules): Section {
  const blocks = rules.stages.map((stage, index): Block => {
    const path = `stages.${stage.key}`
    const own = Object.keys(stage).flatMap((name): Field[] => {
      if (name === 'online') return [tick(`${path}.${name}`, name)]
      if (name === 'proposals') return [whole(`${path}.${name}`, name, 0, { optional: true })]
      const range = stageNumbers[name]
      if (!range) return []
      const [min, max] = range
      return [name === 'weight' ? number(`${path}.${name}`, name, min, max) : whole(`${path}.${name}`, name, min)]
    })
    return { title: stage.label, item: path, order: index + 1, fields: [words(`${path}.label`, 'label'), ...own] }
  })
  return {
    blocks: [...blocks, plain([whole('objectionDays', 'objectionDays', 0, { optional: true })])],
    additions: [{ list: 'stages', name: 'stages', kinds: stageKinds }],
  }
}

function interviewSection({ interview }: Rules): Section {
  if (!interview) return { blocks: [plain([tick('interview', 'interview')])], additions: [] }
  const blocks = [
    plain([
      tick('interview', 'interview'),
      whole('interview.minutesPresentation', 'minutesPresentation', 1),
      whole('interview.minutesQuestions', 'minutesQuestions'),
      tick('interview.leaderPresenceScored', 'leaderPresenceScored'),
    ]),
    ...interview.sheet.map((criterion): Block => {
      const path = `interview.sheet.${criterion.key}`
      const fields = [words(`${path}.label`, 'label'), number(`${path}.weight`, 'weight', 0, 100)]
      return { title: criterion.label, item: path, order: null, fields }
    }),
  ]
  return { blocks, additions: [{ list: 'interview.sheet', name: 'sheet', kinds: null }] }
}

/** The columns of the list at this path, where the section has one that is edited row by row. */
export function columnsAt(rules: Rules, section: string, path: string): readonly Column[] | undefined {
  const fields = fieldsOf(rules, section)?.blocks.flatMap((block) => block.fields) ?? []
  for (const field of fields) {
    if (field.kind === 'rows' && field.path === path) return field.columns
    if (field.kind === 'copied' && `${field.path}.awards` === path) return field.columns
  }
  return undefined
}
