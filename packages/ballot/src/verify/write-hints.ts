import { entries, Order, type Source } from '../archive/index.ts'
import { decodeText, FormatError } from '../format/shape.ts'
import type { GroupName } from '../group/group.ts'
import { hexHash } from '../hash.ts'
import type { Kernel } from '../kernel/open.ts'
import { hintedForm } from './batch-judge.ts'
import { type HintMaker, recomputeHints } from './commitments.ts'
import { checkElection } from './election.ts'
import { FindingList } from './findings.ts'
import { writeHintsHeader } from './hints.ts'
import type { TextHash } from './text-hash.ts'

export type WriteHintsOptions = {
  readonly openKernel: (name: GroupName) => Kernel | Promise<Kernel>
  readonly hash: TextHash
  /** Hexadecimal SHA-256 of a record; a platform's own is quicker. */
  readonly hashBody?: (body: Uint8Array) => string | Promise<string>
}

/**
 * The hints file of an archive, piece by piece: the header, then a record for each ballot. It takes as long as judging
 * the archive the plain way does, and judges nothing. (A booth has a ballot's hints for nothing: cast/hints.ts.) Ends without a piece when there is no election for which hints can
 * be written. Throws only what the source throws.
 */
export async function* writeHints(source: Source, options: WriteHintsOptions): AsyncGenerator<Uint8Array, void, void> {
  const { hashBody } = options
  let maker: HintMaker<unknown> | undefined
  let setUps = 0
  for await (const entry of entries(source, new Order(), hashBody ? { hash: hashBody } : {})) {
    if (entry.kind === 'fault') continue
    const { election, ballot } = entry.parts
    if (entry.event.type === 'Setup' && setUps++ === 0) {
      const text = election && textIn(election.body)
      maker = text === undefined ? undefined : await hintMaker(text, options)
      if (!maker) return
      yield writeHintsHeader(maker.layout, hexHash(text!))
    } else if (entry.event.type === 'Ballot' && ballot) {
      if (!maker) return
      const text = textIn(ballot.body)
      yield text === undefined ? new Uint8Array(maker.layout.record) : recomputeHints(maker, text, ballot.hash)
    }
  }
}

/** All that hints of an election's ballots are made with; undefined when there are none for this election. */
export async function hintMaker(
  electionText: string,
  { openKernel, hash }: WriteHintsOptions,
): Promise<HintMaker<unknown> | undefined> {
  const election = checkElection(electionText, {}, new FindingList())
  if (!election) return undefined
  const kernel = await openKernel(election.group)
  const y = kernel.decode(election.public_key)
  const hinted = hintedForm(electionText, kernel.order, kernel.hints)
  if (y === undefined || !hinted) return undefined
  const [g, yTable] = [kernel.table(kernel.generator), kernel.table(y)]
  return { group: kernel, codec: kernel.hints, ...hinted, hash, g, y: yTable }
}

function textIn(body: Uint8Array): string | undefined {
  try {
    return decodeText(body)
  } catch (error) {
    if (error instanceof FormatError) return undefined
    throw error
  }
}
