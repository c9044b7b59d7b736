import type { View } from '#platform/http.ts'
import { fill, formatNumber } from '#platform/text.ts'
import { ActionButton, Form, Icon, State, TextField } from '#platform/ui/index.ts'
import type { Evidence, Proposal } from '../domain/proposal.ts'
import type { Question } from '../domain/round.ts'
import { words } from '../text/index.ts'
import { proposalPath } from './proposal.tsx'

/** The evidence of one question: what is there, and how to add a file, a link, or something used before. */
export function EvidenceBox({
  view,
  proposal,
  part,
  question,
  items,
}: {
  view: View
  proposal: Proposal
  part: string
  question: Question
  items: readonly Evidence[]
}) {
  const w = words(view.lang)
  const rule = question.evidence!
  const path = proposalPath(proposal.id)
  const label = question.label[view.lang]
  const takesFiles = rule.accept.some((kind) => kind !== 'link')
  const full = items.length >= rule.max
  return (
    <section id={`evidence-${question.key}`} class="stack">
      <h3>{label}</h3>
      {rule.required && items.length === 0 && <State tone="attention">{w.evidenceNeeded}</State>}
      <p class="hint">
        {question.kind === 'file' && `${question.help[view.lang]} `}
        {fill(w.evidenceAccepts, {
          kinds: rule.accept.map((kind) => w[`kind-${kind}`]).join(', '),
          maxMb: formatNumber(rule.maxMb, view.lang),
          max: rule.max,
        })}
      </p>
      <ul class="plain">
        {items.map((item) => (
          <li key={item.id}>
            <Icon name="file" />{' '}
            <a href={item.link ?? `${path}/evidence/${item.id}`} rel={item.link ? 'noreferrer nofollow' : undefined}>
              {item.label}
            </a>{' '}
            {item.bytes > 0 && <span class="soft small">{formatBytes(item.bytes, view)}</span>}
            <ActionButton action={`${path}/evidence/${item.id}/remove`} fields={{ part }} kind="link">
              {w.removeEvidence}
              <span class="unseen"> {item.label}</span>
            </ActionButton>
          </li>
        ))}
      </ul>
      {!full && takesFiles && (
        <resumable-upload
          begin={`${path}/uploads`}
          part={part}
          question={question.key}
          words={JSON.stringify({ going: w.uploading, waiting: w.uploadWaiting, failed: w.uploadFailed })}
        >
          <Form action={`${path}/evidence`} upload>
            <input type="hidden" name="part" value={part} />
            <input type="hidden" name="question" value={question.key} />
            <TextField
              name={`file-${question.key}`}
              type="file"
              label={
                <>
                  {w.addFile}
                  <span class="unseen">: {label}</span>
                </>
              }
              accept={acceptOf(rule.accept)}
            />
            <button type="submit" class="quiet">
              {w.upload}
            </button>
          </Form>
        </resumable-upload>
      )}
      {!full && rule.accept.includes('link') && (
        <details>
          <summary>
            {w.addLink}
            <span class="unseen">: {label}</span>
          </summary>
          <Form action={`${path}/evidence/link`}>
            <input type="hidden" name="part" value={part} />
            <input type="hidden" name="question" value={question.key} />
            <TextField name="link" type="url" label={w.linkAddress} hint={w.linkHint} />
            <TextField name="label" label={w.linkLabel} />
            <button type="submit" class="quiet">
              {w.addLink}
            </button>
          </Form>
        </details>
      )}
      {!full && (
        <p>
          <a href={`${path}/reuse/${question.key}`}>
            {w.reuse}
            <span class="unseen">: {label}</span>
          </a>
        </p>
      )}
    </section>
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
        part: string
        question: string
        words: string
      }
    }
  }
}
