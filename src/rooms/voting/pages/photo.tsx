import type { View } from '#platform/http.ts'
import { fill } from '#platform/text.ts'
import { ErrorSummary, Form, Page, sentence, TextField } from '#platform/ui/index.ts'
import { words } from '../text/index.ts'
import { typedText } from './parts.tsx'
import type { CandidateShown } from './village.tsx'
import { type Again, VoteFields, voteLabels } from './vote-fields.tsx'

/** A photograph for anybody to read, with empty fields beside it. Our number is nowhere on this page. */
export function PhotoPage({
  view,
  photo,
  typed,
  problems = {},
  refusal,
}: {
  view: View
  photo: { tps: string; photo: string; number: number; candidates: readonly CandidateShown[] } | undefined
} & Again) {
  const w = words(view.lang)
  const labels = photo ? { ...voteLabels(photo.candidates), blank: w.blankVotes } : {}
  return (
    <Page view={view} title={w.photosTitle} lead={w.photosLead} trail={[{ href: '/voting', label: w.votingTitle }]}>
      <ErrorSummary lang={view.lang} problems={problems} refusal={refusal} words={w} labels={labels} />
      {photo ? (
        <div class="with-side">
          <p>
            <img
              class="plano"
              src={`/voting/tps/${photo.tps}/files/${photo.photo}`}
              alt={fill(w.planoAlt, { n: photo.number })}
            />
          </p>
          <Form action={`/voting/planos/${photo.photo}`} autocomplete="off">
            <VoteFields view={view} candidates={photo.candidates} typed={typed} problems={problems} />
            <TextField
              name="blank"
              label={w.blankVotes}
              inputmode="numeric"
              value={typedText(typed, 'blank')}
              problem={problems.blank && sentence(problems.blank, view.lang, w)}
              autocomplete="off"
            />
            <div class="actions">
              <button type="submit">{w.photoSend}</button>
              <a class="button quiet" href="/voting/planos">
                {w.photoAnother}
              </a>
            </div>
          </Form>
        </div>
      ) : (
        <p>{w.photosNone}</p>
      )}
      <p class="soft small">{w.photosPrivacy}</p>
    </Page>
  )
}
