import { type Candidate, hashOf } from '../format/index.ts'
import type { PageOf } from './pages.tsx'
import type { Choice } from './voter.ts'
import { boothWords } from './words.ts'

/** Everything that can be chosen, each as large as there is room. */
export function Ballot(of: PageOf) {
  const { package: content, lang } = of
  const words = boothWords(lang)
  return (
    <form method="post" action="/choose" class={`ballot of-${content.candidates.length}`}>
      {content.candidates.map((each) => (
        <button
          type="submit"
          name="pick"
          value={each.number}
          class="candidate"
          key={each.number}
          data-speak={spokenText(of, 'candidate', each.number)}
        >
          <span class="number">{each.number}</span> <Photo candidate={each} />
          <span class="name">{each.emptyBox ? words.emptyBox : each.name}</span>
        </button>
      ))}
      <button
        type="submit"
        name="pick"
        value="blank"
        class="candidate blank"
        data-speak={spokenText(of, 'candidate', 'blank')}
      >
        <span class="name">{words.blank}</span>
        <span class="soft">{words.blankHint}</span>
      </button>
    </form>
  )
}
/** What is said when a button is reached; nothing while the voice is off. */
export const spokenText = (of: PageOf, button: string, pick?: Choice): string | undefined =>
  of.spoken(button, pick).join(' ') || undefined

function Photo({ candidate }: { candidate: Candidate }) {
  if (candidate.photo) return <img src={photoPath(candidate)} alt="" />
  return (
    <span class={candidate.emptyBox ? 'photo box' : 'photo none'} aria-hidden="true">
      <svg viewBox="0 0 24 24" role="presentation">
        {candidate.emptyBox ? (
          <path d="M3 8l9-4 9 4v9l-9 4-9-4zM3 8l9 4 9-4M12 12v9" />
        ) : (
          <path d="M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c0-5 4-7 8-7s8 2 8 7" />
        )}
      </svg>
    </span>
  )
}
/** Where a photograph is served; its name changes with its bytes. */
export const photoPath = ({ number, photo = '' }: Candidate): string =>
  `/photo/${number}.${hashOf(photo).slice(0, 10)}.jpg`

/** What was chosen, as large as the screen allows: number, photograph and name. */
export function Chosen({ pick, ...of }: PageOf & { pick: Choice }) {
  const words = boothWords(of.lang)
  const candidate = of.package.candidates.find(({ number }) => number === pick)
  return (
    <div class="chosen">
      {candidate ? (
        <>
          <Photo candidate={candidate} />
          <p>
            <span class="number">{candidate.number}</span>{' '}
            <span class="name">{candidate.emptyBox ? words.emptyBox : candidate.name}</span>
          </p>
        </>
      ) : (
        <p>
          <span class="name">{words.blank}</span>
        </p>
      )}
    </div>
  )
}
