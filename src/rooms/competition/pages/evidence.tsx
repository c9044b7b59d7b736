import type { View } from '#platform/http.ts'
import { fill, formatNumber } from '#platform/text.ts'
import { Form, Icon, State, TextField } from '#platform/ui/index.ts'
import type { Evidence, Proposal } from '../domain/proposal.ts'
import type { Question } from '../domain/round.ts'
import { words } from '../text/index.ts'
import { proposalPath } from './proposal.tsx'

// A form cannot stand in a form. The evidence of a question stands with its answer, so its controls name forms of their
// own by id, and those stand empty at the end of the page (EvidenceForms).
const formOf = {
  file: (question: string) => `upload-${question}`,
  link: (question: string) => `link-${question}`,
  remove: (item: string) => `remove-${item}`,
}

/** What asks for evidence: a question of the round, or the statement on a replication's source. */
export type Asked = Pick<Question, 'key' | 'label' | 'evidence'>

/** The evidence of one question: what is there, and how to add a file, a link, or something used before. */
export function EvidenceBox({
  view,
  proposal,
  question,
  items,
}: {
  view: View
  proposal: Proposal
  question: Asked
  items: readonly Evidence[]
}) {
  const w = words(view.lang)
  const rule = question.evidence!
  const path = proposalPath(proposal.id)
  const label = question.label[view.lang]
  const takesFiles = rule.accept.some((kind) => kind !== 'link')
  const lacks = rule.required && items.length === 0
  return (
    <section id={`evidence-${question.key}`} class="evidence" aria-label={`${w.evidence}: ${label}`}>
      {lacks && <State tone="attention">{w.evidenceNeeded}</State>}
      {items.length > 0 && (
        <ul class="plain">
          {items.map((item) => (
            <li key={item.id}>
              <Icon name="file" />{' '}
              <a href={item.link ?? `${path}/evidence/${item.id}`} rel={item.link ? 'noreferrer nofollow' : undefined}>
                {item.label}
              </a>{' '}
              {item.bytes > 0 && <span class="soft small">{formatBytes(item.bytes, view)}</span>}{' '}
              <button type="submit" class="link" form={formOf.remove(item.id)}>
                {w.removeEvidence}
                <span class="unseen"> {item.label}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {items.length < rule.max && (
        <details open={lacks}>
          <summary>
            {w.addEvidence}
            <span class="unseen">: {label}</span>
          </summary>
          <p class="hint">
            {fill(w.evidenceAccepts, {
              kinds: rule.accept.map((kind) => w[`kind-${kind}`]).join(', '),
              maxMb: formatNumber(rule.maxMb, view.lang),
              max: rule.max,
            })}
          </p>
          {takesFiles && (
            <resumable-upload
              begin={`${path}/uploads`}
              form={formOf.file(question.key)}
              question={question.key}
              words={JSON.stringify({ going: w.uploading, waiting: w.uploadWaiting, failed: w.uploadFailed })}
            >
              <TextField
                name={`file-${question.key}`}
                form={formOf.file(question.key)}
                type="file"
                label={
                  <>
                    {w.addFile}
                    <span class="unseen">: {label}</span>
                  </>
                }
                accept={acceptOf(rule.accept)}
              />
              <button type="submit" class="quiet" form={formOf.file(question.key)}>
                {w.upload}
                <span class="unseen">: {label}</span>
              </button>
            </resumable-upload>
          )}
          {rule.accept.includes('link') && (
            <div class="stack">
              <TextField
                name="link"
                id={`link-address-${question.key}`}
                form={formOf.link(question.key)}
                type="url"
                label={
                  <>
                    {w.linkAddress}
                    <span class="unseen">: {label}</span>
                  </>
                }
                hint={w.linkHint}
              />
              <TextField
                name="label"
                id={`link-label-${question.key}`}
                form={formOf.link(question.key)}
                label={
                  <>
                    {w.linkLabel}
                    <span class="unseen">: {label}</span>
                  </>
                }
              />
              <button type="submit" class="quiet" form={formOf.link(question.key)}>
                {w.addLink}
                <span class="unseen">: {label}</span>
              </button>
            </div>
          )}
          <p>
            <a href={`${path}/reuse/${question.key}`}>
              {w.reuse}
              <span class="unseen">: {label}</span>
            </a>
          </p>
        </details>
      )}
    </section>
  )
}

/** The forms that the boxes above send. */
export function EvidenceForms({
  proposal,
  questions,
  evidence,
}: {
  proposal: Proposal
  questions: readonly Asked[]
  evidence: readonly Evidence[]
}) {
  const path = proposalPath(proposal.id)
  return (
    <>
      {questions
        .filter((question) => question.evidence)
        .flatMap(({ key }) => [
          <Form key={`file-${key}`} action={`${path}/evidence`} upload id={formOf.file(key)}>
            <input type="hidden" name="question" value={key} />
          </Form>,
          <Form key={`link-${key}`} action={`${path}/evidence/link`} id={formOf.link(key)}>
            <input type="hidden" name="question" value={key} />
          </Form>,
        ])}
      {evidence.map(({ id }) => (
        <Form key={id} action={`${path}/evidence/${id}/remove`} id={formOf.remove(id)}>
          {null}
        </Form>
      ))}
    </>
  )
}

function acceptOf(kinds: readonly string[]): string {
  return [
    ...(kinds.includes('pdf') ? ['application/pdf'] : []),
    ...(kinds.includes('photo') ? ['image/jpeg', 'image/png', 'image/webp'] : []),
  ].join(',')
}

function formatBytes(bytes: number, view: View): string {
  return bytes < 1_048_576
    ? `${formatNumber(Math.ceil(bytes / 1024), view.lang)} kB`
    : `${formatNumber(bytes / 1_048_576, view.lang, 1)} MB`
}

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'resumable-upload': preact.HTMLAttributes<HTMLElement> & {
        begin: string
        form: string
        question: string
        words: string
      }
    }
  }
}
