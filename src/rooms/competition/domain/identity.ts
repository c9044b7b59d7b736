import { words } from './compared-words.ts'
import { nearDuplicateThreshold, sharedCount } from './similarity.ts'
import { compareTitles, nearTitleThreshold } from './title.ts'

/**
 * What is known of an innovation when asking whether it is another one under a new name. `agency` is its id or its
 * name. `startedOn` is a day, `YYYY-MM-DD`. `shingles` are those of the text as `similarity.ts` makes them.
 */
export type Described = {
  title: string
  agency: string
  /** The unit of the agency that owns it: registers often name the unit alone. */
  unit?: string | undefined
  startedOn?: string | undefined
  shingles?: Uint32Array | undefined
}

/**
 * An innovation of the register of winners. Its `year` is that of the award; what else it carries comes back untouched.
 */
export type Winner = Described & { id: string; year: number }

/**
 * Why a winner is named. `same-title` and `same-agency`: value 1. `near-title`: trigram similarity of the titles, from
 * the near-title threshold up to 1. `shared-text`: share of the shorter text that stands in the longer one, by
 * three-word shingles. `same-start`: both began on the same day, value 1.
 */
export type Evidence = {
  kind: 'same-title' | 'near-title' | 'same-agency' | 'same-start' | 'shared-text'
  value: number
}

/**
 * What the likeness may mean, for the question put to the proposer.
 * `own-winner`: the agency or its unit enters its own winner again, which the round's rule on prior awards decides.
 * `replication`: another agency's winner, begun before: declare replication?
 * `begun-earlier`: another agency's winner, but the proposal says it began first, so a person has to look.
 */
export type Relation = 'own-winner' | 'replication' | 'begun-earlier'

/**
 * A winner that the proposal is like. `likeness` is 0 to 1, to be shown in per cent; `evidence` has title and text
 * first, the stronger of them leading.
 */
export type Candidate<W extends Winner> = { winner: W; likeness: number; relation: Relation; evidence: Evidence[] }

/**
 * The share of the shorter text from which shared text is evidence: the round's Jaccard threshold t as seen by the
 * overlap of two texts of equal length, 2t / (1 + t). One third for 0.20.
 */
export const overlapFor = (jaccardThreshold: number): number => (2 * jaccardThreshold) / (1 + jaccardThreshold)

/** Fewer shingles than this prove nothing: a title and a slogan. */
export const fewestShingles = 30

/**
 * How far an equal title alone convinces; it is our choice, no rule of a contest. Names are reused, so never wholly.
 */
const titleAlone = 0.7

/** The same where both texts are at hand and do not agree: then it is most likely one acronym for two things. */
const titleAgainstText = 0.4

/**
 * What is left of the doubt when the agency is the same as well. The agency alone says nothing: it has many
 * innovations.
 */
const doubtWithSameAgency = 0.75

/** Ways in which registers shorten the names of agencies; both sides are written out before they are compared. */
const abbreviations: Readonly<Record<string, string>> = {
  kab: 'kabupaten',
  kec: 'kecamatan',
  kel: 'kelurahan',
  prov: 'provinsi',
  pemkab: 'pemerintah kabupaten',
  pemkot: 'pemerintah kota',
  pemprov: 'pemerintah provinsi',
  kemen: 'kementerian',
  dinkes: 'dinas kesehatan',
  dinsos: 'dinas sosial',
  disdik: 'dinas pendidikan',
  disdukcapil: 'dinas kependudukan pencatatan sipil',
  dukcapil: 'kependudukan pencatatan sipil',
  dpmptsp: 'dinas penanaman modal pelayanan terpadu satu pintu',
  bappeda: 'badan perencanaan pembangunan daerah',
  puskesmas: 'pusat kesehatan masyarakat',
  rsud: 'rumah sakit umum daerah',
  rsu: 'rumah sakit umum',
}

/** An agency's name or id as it is compared: normalised, usual abbreviations written out, without "dan". */
export function normaliseAgency(agency: string): string {
  return words(agency)
    .filter(({ word }) => word !== 'dan')
    .map(({ word }) => (Object.hasOwn(abbreviations, word) ? abbreviations[word] : word))
    .join(' ')
}

/**
 * The names under which a register may know whose an innovation is: the agency, its unit, and the unit with the place of
 * its agency ("Dinas Pertanian Kabupaten X" for a unit of "Pemerintah Kabupaten X").
 */
function ownersOf({ agency, unit = '' }: Described): Set<string> {
  const [whole, part] = [normaliseAgency(agency), normaliseAgency(unit)]
  const place = whole.replace(/^pemerintah /, '')
  return new Set([whole, part, part && `${part} ${place}`].filter((name) => name !== ''))
}

/**
 * The share of the shorter text that stands in the longer one; undefined when either is absent or too short to tell.
 */
export function textOverlap(a: Uint32Array | undefined, b: Uint32Array | undefined): number | undefined {
  if (a === undefined || b === undefined || Math.min(a.length, b.length) < fewestShingles) return undefined
  return sharedCount(a, b) / Math.min(a.length, b.length)
}

/** The thresholds of a round: Jaccard likeness of texts and trigram similarity of titles, both 0 to 1. */
export type Thresholds = { text: number; title: number }

/**
 * The winners that a proposal is like, most alike first, then the later award, then by id. A winner is named only if
 * its title or text speaks for it; agency and start then add. With t the part of the title (0 to 0.7) and s the shared
 * text, likeness is 1 - (1 - t)(1 - s), the doubt that is left times 0.75 when the agency is the same. About 15
 * microseconds a winner: fine for one proposal and the whole register; a whole round should bring the winners that the
 * database finds near.
 */
export function rankWinners<W extends Winner>(
  proposal: Described,
  winners: Iterable<W>,
  thresholds: Thresholds = { text: nearDuplicateThreshold, title: nearTitleThreshold },
): Candidate<W>[] {
  const found: Candidate<W>[] = []
  const owners = ownersOf(proposal)
  for (const winner of winners) {
    const title = compareTitles(proposal.title, winner.title, thresholds.title)
    const overlap = textOverlap(proposal.shingles, winner.shingles)
    const sharesText = overlap !== undefined && overlap >= overlapFor(thresholds.text)
    if (title.rule === 'different' && !sharesText) continue
    const sameAgency = owners.has(normaliseAgency(winner.agency))
    const evidence: Evidence[] = []
    let doubt = 1
    if (title.rule !== 'different') {
      evidence.push({ kind: title.rule === 'near' ? 'near-title' : 'same-title', value: title.similarity })
      doubt *= 1 - title.similarity * (overlap !== undefined && !sharesText ? titleAgainstText : titleAlone)
    }
    if (sharesText) {
      evidence.push({ kind: 'shared-text', value: overlap })
      doubt *= 1 - overlap
    }
    evidence.sort((x, y) => y.value - x.value)
    if (sameAgency) {
      evidence.push({ kind: 'same-agency', value: 1 })
      doubt *= doubtWithSameAgency
    }
    if (proposal.startedOn !== undefined && proposal.startedOn === winner.startedOn)
      evidence.push({ kind: 'same-start', value: 1 })
    found.push({ winner, likeness: 1 - doubt, relation: relationOf(proposal, winner, sameAgency), evidence })
  }
  return found.sort(
    (x, y) => y.likeness - x.likeness || y.winner.year - x.winner.year || (x.winner.id < y.winner.id ? -1 : 1),
  )
}

function relationOf(proposal: Described, winner: Described, sameAgency: boolean): Relation {
  if (sameAgency) return 'own-winner'
  const [ours, theirs] = [proposal.startedOn, winner.startedOn]
  return ours !== undefined && theirs !== undefined && ours < theirs ? 'begun-earlier' : 'replication'
}
