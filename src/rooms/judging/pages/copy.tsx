import type { Content, Question } from '#competition'
import type { View } from '#platform/http.ts'

/** What was handed in, question by question, as the panel reads it. */
export function Copy({ view, content, questions }: { view: View; content: Content; questions: readonly Question[] }) {
  return questions
    .filter((question) => content.answers[question.key] && (question.scored || question.public))
    .map((question) => (
      <section key={question.key}>
        <h3>{question.label[view.lang]}</h3>
        <p class="prose">{content.answers[question.key]}</p>
        {content.evidence[question.key]?.map((piece) => (
          <p key={piece.id} class="small">
            {piece.link ? (
              <a href={piece.link} rel="noreferrer nofollow">
                {piece.label}
              </a>
            ) : (
              piece.label
            )}
          </p>
        ))}
      </section>
    ))
}
