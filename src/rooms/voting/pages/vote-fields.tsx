import type { Form as Typed, View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { sentence, TextField } from '#platform/ui/index.ts'
import { words } from '../text/index.ts'
import type { CandidateShown } from './village.tsx'

/** What comes back with a form that was refused. */
export type Again = { typed?: Typed; problems?: Problems; refusal?: string | undefined }

const listed = (typed: Typed | undefined, name: string, at: number): string => {
  const value = typed?.[name]
  return Array.isArray(value) ? (value[at] ?? '') : ''
}

/** One number for each candidate, in the order of their numbers. */
export function VoteFields({
  view,
  candidates,
  name = 'votes',
  typed,
  problems,
}: {
  view: View
  candidates: readonly CandidateShown[]
  name?: string
  typed: Typed | undefined
  problems: Problems
}) {
  const w = words(view.lang)
  return (
    <>
      {candidates.map((candidate, i) => {
        const problem = problems[`${name}.${i}`]
        return (
          <TextField
            key={candidate.number}
            id={`${name}-${candidate.number}`}
            name={`${name}[]`}
            label={`${candidate.number}. ${candidate.name}`}
            inputmode="numeric"
            autocomplete="off"
            value={listed(typed, name, i)}
            problem={problem && sentence(problem, view.lang, w)}
          />
        )
      })}
    </>
  )
}

/** Problems of the fields by what they are called, for the summary. */
export const voteLabels = (candidates: readonly CandidateShown[], name = 'votes') =>
  Object.fromEntries(candidates.map((candidate, i) => [`${name}.${i}`, `${candidate.number}. ${candidate.name}`]))
