import type { ComponentChildren } from 'preact'
import { fill, formatDate, formatNumber, type Lang } from '#platform/text.ts'
import { Facts, Icon } from '#platform/ui/index.ts'
import { type Content, statementKey } from '../domain/proposal.ts'
import { type Question, questionsFor, type Rules } from '../domain/round.ts'
import { wordCount } from '../domain/words.ts'
import { words } from '../text/index.ts'
import { LineageInCopy } from './adopted.tsx'
import { FiguresInCopy } from './live-figure.tsx'

type Item = Content['evidence'][string][number]

/**
 * A proposal as it is read: each question with its answer and evidence. With `full` false only what evaluators and the
 * public part hold; names and telephone numbers of people stay with the secretariat. `beside` draws something under a
 * question, a comment or a score.
 */
export function ReadingCopy({
  content,
  rules,
  lang,
  fileHref,
  full = false,
  beside,
}: {
  content: Content
  rules: Rules
  lang: Lang
  fileHref: (item: Item) => string
  full?: boolean
  beside?: (question: Question) => ComponentChildren
}) {
  const w = words(lang)
  const group = rules.groups.find((each) => each.key === content.group)
  const category = rules.categories.find((each) => each.key === content.category)
  const questions = questionsFor(rules, content.group).filter((q) => full || q.scored || q.public)
  return (
    <article class="reading">
      <h2>{content.title}</h2>
      <Facts
        facts={[
          [w.group, group?.label[lang] ?? content.group],
          [w.category, category?.label[lang] ?? '–'],
          [w.startedOn, content.startedOn ? formatDate(content.startedOn, lang) : '–'],
        ]}
      />
      {questions.map((question) => (
        <section key={question.key} id={`q-${question.key}`}>
          <h3>{question.label[lang]}</h3>
          {question.weight > 0 && <p class="meta">{fill(w.weight, { weight: formatNumber(question.weight, lang) })}</p>}
          <AnswerText question={question} value={content.answers[question.key]} lang={lang} />
          <EvidenceList items={content.evidence[question.key] ?? []} fileHref={fileHref} />
          {question.kind === 'file' && !content.evidence[question.key]?.length && <p class="soft">{w.noFile}</p>}
          {beside?.(question)}
        </section>
      ))}
      {content.lineage && <LineageInCopy of={content.lineage} lang={lang} />}
      {content.figures && <FiguresInCopy figures={content.figures} lang={lang} />}
      {content.evidence[statementKey] && (
        <section>
          <h3>{w.statementTitle}</h3>
          <EvidenceList items={content.evidence[statementKey]} fileHref={fileHref} />
        </section>
      )}
    </article>
  )
}

export function AnswerText({ question, value, lang }: { question: Question; value: string | undefined; lang: Lang }) {
  const w = words(lang)
  if (question.kind === 'file') return null
  if (!value) return <p class="soft">{w.noAnswer}</p>
  if (question.kind === 'tick') return <p>{w.answerYes}</p>
  if (question.kind === 'date') return <p>{formatDate(value, lang)}</p>
  if (question.kind === 'choice') return <p>{question.choices.find((c) => c.key === value)?.label[lang] ?? value}</p>
  if (question.kind === 'link' && /^https?:\/\//.test(value))
    return (
      <p>
        <a href={value} rel="noreferrer nofollow">
          {value}
        </a>
      </p>
    )
  return (
    <>
      <div class="prose">
        {value.split(/\n{2,}/).map((paragraph, i) => (
          <p key={i}>{paragraph}</p>
        ))}
      </div>
      {question.maxWords !== null && <p class="meta">{fill(w.words, { n: formatNumber(wordCount(value), lang) })}</p>}
    </>
  )
}

export function EvidenceList({ items, fileHref }: { items: readonly Item[]; fileHref: (item: Item) => string }) {
  if (items.length === 0) return null
  return (
    <ul class="plain">
      {items.map((item) => (
        <li key={item.id}>
          <Icon name="file" />{' '}
          <a href={item.link ?? fileHref(item)} rel={item.link ? 'noreferrer nofollow' : undefined}>
            {item.label}
          </a>
        </li>
      ))}
    </ul>
  )
}
