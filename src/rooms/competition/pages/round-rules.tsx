import { fill, formatDateTime, formatNumber, type Lang } from '#platform/text.ts'
import { Facts, Table } from '#platform/ui/index.ts'
import type { Calendar, Group, Question, Rules } from '../domain/round.ts'
import { notesInside, provenance } from '../domain/round-notes.ts'
import { awardsInWords, fieldName, showValue } from '../domain/rule-words.ts'
import { words } from '../text/index.ts'
import { Origin, reader } from './round-parts.tsx'

type Shown = { rules: Rules; lang: Lang }

/** Every dated thing of the round, in the order of its dates. */
export function CalendarPart({ rules, lang }: Shown) {
  const w = words(lang)
  const dates = (Object.entries(rules.calendar) as [keyof Calendar, unknown][])
    .filter((entry): entry is [keyof Calendar, string] => typeof entry[1] === 'string')
    .sort(([, a], [, b]) => Date.parse(a) - Date.parse(b))
  const origins = new Set(dates.map(([name]) => JSON.stringify(provenance(rules, `calendar.${name}`) ?? null)))
  // What holds of every date is said once.
  const one = dates.length > 1 && origins.size === 1
  return (
    <section>
      <h2 id="calendar">{w.calendarTitle}</h2>
      <Table
        caption={w.calendarTitle}
        hideCaption
        rows={dates}
        columns={[
          { head: w.calendarWhat, cell: ([name]) => fieldName(name, reader(lang)), main: true },
          {
            head: w.calendarWhen,
            cell: ([name, at]) => (
              <>
                {formatDateTime(new Date(at), lang)}
                {!one && <Origin rules={rules} path={`calendar.${name}`} lang={lang} />}
              </>
            ),
          },
        ]}
      />
      {one && <Origin rules={rules} path={`calendar.${dates[0]![0]}`} lang={lang} />}
      <p>{fill(w.graceNote, { minutes: rules.calendar.lateArrivalMinutes })}</p>
      <Origin rules={rules} path="calendar.lateArrivalMinutes" lang={lang} />
      <p>{rules.ageCountedFrom === 'announced-closing' ? w.ageFromAnnounced : w.ageFromExtended}</p>
      <Origin rules={rules} path="ageCountedFrom" lang={lang} />
    </section>
  )
}

/** Who may enter each group, in words, and what each group is asked. */
export function GroupsPart({ rules, lang }: Shown) {
  const w = words(lang)
  return (
    <section>
      <h2 id="groups">{w.groupsTitle}</h2>
      {rules.groups.map((group) => (
        <section key={group.key}>
          <h3>{group.label[lang]}</h3>
          <ul>
            {conditions(rules, group, lang).map(({ text, path }) => (
              <li key={text}>
                {text}
                <Origin rules={rules} path={path} lang={lang} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      <QuestionsPart rules={rules} lang={lang} title={w.questionsHead} path="head" questions={rules.head} />
      {rules.groups.map((group) => (
        <QuestionsPart
          key={group.key}
          rules={rules}
          lang={lang}
          title={fill(w.questionsTitle, { group: group.label[lang] })}
          path={`groups.${group.key}.questions`}
          questions={group.questions}
        />
      ))}
      <QuestionsPart rules={rules} lang={lang} title={w.questionsFoot} path="foot" questions={rules.foot} />
    </section>
  )
}

function conditions(rules: Rules, group: Group, lang: Lang): { text: string; path: string }[] {
  const w = words(lang)
  const at = `groups.${group.key}`
  const quota = rules.quotas[group.key] ?? null
  const places = rules.select.byGroup[group.key] ?? null
  const category = (key: string) => rules.categories.find((each) => each.key === key)?.label[lang] ?? key
  return [
    {
      text: group.minAgeMonths > 0 ? fill(w.ageRule, { months: group.minAgeMonths }) : w.ageNone,
      path: `${at}.minAgeMonths`,
    },
    ...group.ageExceptions.map((exception) => ({
      text: fill(w.ageException, { category: category(exception.category), months: exception.months }),
      path: `${at}.ageExceptions`,
    })),
    {
      text:
        group.excludedBy.length > 0
          ? fill(w.excludedBy, { awards: awardsInWords(group.excludedBy, reader(lang)) })
          : w.excludedNone,
      path: `${at}.excludedBy`,
    },
    ...(group.needsOneOf.length > 0
      ? [
          {
            text: fill(w.needsOneOf, { awards: awardsInWords(group.needsOneOf, reader(lang)) }),
            path: `${at}.needsOneOf`,
          },
        ]
      : []),
    ...(group.source
      ? [
          {
            text: [
              fill(w.copies, { awards: awardsInWords(group.source.awards, reader(lang)) }),
              group.source.signedStatement ? w.copiesSigned : '',
            ].join(' '),
            path: `${at}.source`,
          },
        ]
      : []),
    { text: group.byInvitation ? w.byInvitation : w.byChoice, path: `${at}.byInvitation` },
    { text: quota === null ? w.roundQuotaNone : fill(w.roundQuota, { n: quota }), path: `quotas.${group.key}` },
    ...(places === null
      ? []
      : [{ text: fill(w.placesOf, { n: formatNumber(places, lang) }), path: `select.byGroup.${group.key}` }]),
  ]
}

function evidenceInWords({ evidence }: Question, lang: Lang): string {
  const w = words(lang)
  if (!evidence) return w.evidenceNone
  const kinds = evidence.accept.map((kind) => w[`evidence-${kind}`]).join(', ')
  const values = { kinds, max: evidence.max, mb: formatNumber(evidence.maxMb, lang) }
  const rule = fill(evidence.accept.every((kind) => kind === 'link') ? w.evidenceLinks : w.evidenceRule, values)
  return evidence.required ? `${rule} (${w.requiredMark})` : rule
}

/** What of a question was changed by hand, and so no longer rests on what the whole list rests on. */
function OwnOrigins({ rules, path, lang }: Shown & { path: string }) {
  return notesInside(rules, path).map((at) => {
    const name = at.slice(path.length + 1).split('.')[0]!
    return <Origin key={at} rules={rules} path={at} lang={lang} of={fieldName(name, reader(lang))} />
  })
}

function QuestionsPart({
  rules,
  lang,
  title,
  path,
  questions,
}: Shown & { title: string; path: string; questions: readonly Question[] }) {
  const w = words(lang)
  if (questions.length === 0) return null
  return (
    <details>
      <summary>
        {title} ({questions.length})
      </summary>
      <Origin rules={rules} path={path} lang={lang} />
      <Table
        caption={title}
        hideCaption
        rows={questions}
        columns={[
          {
            head: w.question,
            main: true,
            cell: (q) => (
              <>
                {q.label[lang]} {q.required && <span class="soft small">({w.requiredMark})</span>}
                <p class="hint">{q.help[lang]}</p>
                {q.choices.length > 0 && (
                  <p class="hint">{q.choices.map((choice) => choice.label[lang]).join(' · ')}</p>
                )}
                <OwnOrigins rules={rules} path={`${path}.${q.key}`} lang={lang} />
              </>
            ),
          },
          {
            head: w.questionLimit,
            cell: (q) => (q.maxWords === null ? w.noLimit : fill(w.wordLimit, { n: q.maxWords })),
          },
          {
            head: w.questionWeight,
            number: true,
            cell: (q) => (q.scored ? `${formatNumber(q.weight, lang)} %` : w.notScored),
          },
          { head: w.questionEvidence, cell: (q) => evidenceInWords(q, lang) },
        ]}
      />
      <Origin rules={rules} path={`${path}.${questions[0]!.key}.weight`} lang={lang} />
    </details>
  )
}

export function CategoriesPart({ rules, lang }: Shown) {
  const w = words(lang)
  return (
    <section>
      <h2 id="categories">{w.categoriesTitle}</h2>
      <p>{w.categoriesHint}</p>
      <Origin rules={rules} path="categories" lang={lang} />
      <ul>
        {rules.categories.map((category) => (
          <li key={category.key}>{category.label[lang]}</li>
        ))}
      </ul>
    </section>
  )
}

export function ClustersPart({ rules, lang }: Shown) {
  const w = words(lang)
  return (
    <section>
      <h2 id="clusters">{w.clustersTitle}</h2>
      <Table
        caption={w.clustersTitle}
        hideCaption
        rows={rules.clusters}
        columns={[
          { head: w.cluster, cell: (cluster) => cluster.label[lang], main: true },
          { head: w.clusterKinds, cell: (c) => c.agencyKinds.map((kind) => w[`kind-${kind}`]).join(', ') },
          {
            head: w.clusterQuota,
            cell: ({ quota }) =>
              quota === null
                ? w.clusterOpen
                : rules.groups.map((g) => `${g.label[lang]}: ${formatNumber(quota[g.key] ?? 0, lang)}`).join(' · '),
          },
          { head: w.clusterFactor, number: true, cell: (cluster) => formatNumber(cluster.nomineeFactor, lang) },
        ]}
      />
      <Origin rules={rules} path="clusters.*.quota" lang={lang} />
      <Origin rules={rules} path="clusters.*.nomineeFactor" lang={lang} />
    </section>
  )
}

export function JudgingPart({ rules, lang }: Shown) {
  const w = words(lang)
  const { scoring, select, interview } = rules
  const groupOf = (key: string | null) => rules.groups.find((group) => group.key === key)?.label[lang]
  return (
    <section>
      <h2 id="scoring">{w.scoringTitle}</h2>
      <Facts
        facts={[
          [w.reviewsPerProposal, scoring.reviewsPerProposal],
          [
            w.gapLimit,
            scoring.gapLimit === null ? w.never : fill(w.points, { n: formatNumber(scoring.gapLimit, lang) }),
          ],
          [w.passMark, scoring.passMark === null ? w.never : formatNumber(scoring.passMark, lang)],
          [w.method, w[`method-${scoring.method}`]],
          [w.waves, scoring.waves === null ? w.wavesNone : fill(w.wavesN, { n: scoring.waves })],
          [w.decimals, scoring.decimals],
        ]}
      />
      <Origin rules={rules} path="scoring" lang={lang} />
      <h2 id="selection">{w.selectTitle}</h2>
      <Facts
        facts={[
          [
            w.finalists,
            <>
              {select.finalists === null ? w.notFixed : fill(w.placesN, { n: formatNumber(select.finalists, lang) })}
              <Origin rules={rules} path="select.finalists" lang={lang} />
            </>,
          ],
          ...select.topLevels.map(
            (level) =>
              [
                level.label[lang],
                <>
                  {level.count === null ? w.notFixed : fill(w.placesN, { n: formatNumber(level.count, lang) })}
                  {groupOf(level.group) && <span class="soft"> · {groupOf(level.group)}</span>}
                  <Origin rules={rules} path={`select.topLevels.${level.key}`} lang={lang} />
                </>,
              ] as const,
          ),
          [
            w.priorities,
            select.priorities.length === 0 ? (
              w.never
            ) : (
              <>
                {select.priorities.map((priority) => priority.label[lang]).join('; ')}
                <Origin rules={rules} path="select.priorities" lang={lang} />
              </>
            ),
          ],
          [
            w.tie,
            <>
              {w.tieRule}
              <Origin rules={rules} path="tiePolicy" lang={lang} />
            </>,
          ],
          [
            w.objectionTime,
            <>
              {rules.objectionDays === null ? w.objectionNone : fill(w.days, { n: rules.objectionDays })}
              <Origin rules={rules} path="objectionDays" lang={lang} />
            </>,
          ],
        ]}
      />
      {interview && (
        <>
          <h2 id="interview">{w.interviewTitle}</h2>
          <p>
            {fill(w.interviewMinutes, {
              presentation: interview.minutesPresentation,
              questions: interview.minutesQuestions,
            })}
          </p>
          <Origin rules={rules} path="interview.minutesPresentation" lang={lang} />
          <h3>{w.interviewSheet}</h3>
          <ul>
            {interview.sheet.map((criterion) => (
              <li key={criterion.key}>
                {criterion.label[lang]}: {formatNumber(criterion.weight, lang)} %
              </li>
            ))}
          </ul>
          <Origin rules={rules} path="interview.sheet" lang={lang} />
        </>
      )}
      <h2 id="basis">{w.legalBasisTitle}</h2>
      <p>{showValue(rules.legalBasis, reader(lang))}</p>
      <Origin rules={rules} path="legalBasis" lang={lang} />
    </section>
  )
}
