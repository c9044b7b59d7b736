import { type Random, readElection } from '@melayani/ballot'
import { type Booth, choose, type Encrypted, type Sealed, sealBallot, secretExponent } from '@melayani/ballot/cast'
import { type ElectionPackage, proveToken, readStamp, type Stamp } from '../format/index.ts'
import { canPrint, JpegError, type Paper, type Printed, type Printer, type PrinterFault } from '../print/index.ts'
import type { Answer, Ask, Asker, Refusal } from './ask.ts'
import { hedge } from './hedge.ts'
import { isFinal, nextState, type SessionEvent, type SessionState } from './states.ts'
import { publicHalf, tokenOf } from './token.ts'

/** A candidate's number, or the blank vote. */
export type Choice = number | 'blank'

/** The papers of a session, see print/: words and form are theirs. */
export type Papers = {
  receipt(trackingCode: string): Paper
  slip(pick: Choice, again: boolean): Paper
  opening(pick: Choice, trackingCode: string, record: string): Paper
}

export type VoterPlan = {
  readonly package: ElectionPackage
  readonly booth: Booth
  readonly printer: Printer
  readonly papers: Papers
  readonly ask: Asker
  readonly random: Random
  readonly now: () => number
}

/** Why the screen stays where it is, or what it must say. `tps`: where the token belongs. */
export type Notice = { readonly code: Refusal | 'confirm-changed' | 'printer' | 'opening-paper'; readonly tps?: number }

/** The part of an opening record that the box stores; the ballot is there already. */
const openingOf = (record: string) => JSON.stringify((JSON.parse(record) as { opening: unknown }).opening)

/**
 * One voter's session: the only place that knows the choice and the credential's secret. Every method does what fits the
 * state and nothing otherwise, so that a second press or an old page changes nothing.
 */
export function openVoter({ package: content, booth, printer, papers, ask, random, now }: VoterPlan) {
  const election = readElection(content.ballot.election)
  const question = election.questions[0]!
  let state: SessionState = 'waiting'
  let busy = false
  let notice: Notice | undefined
  let credential: string | undefined
  let stamp: Stamp | undefined
  let picked: Choice | undefined
  let encrypted: Encrypted | undefined
  let sealed: Sealed<unknown> | undefined
  let openingRecord: string | undefined
  let again = false
  let slipAt = 0
  /** A part of a slip is out that no reprint has made void yet. */
  let torn = false
  let ordered = false
  let ending: Ask | undefined

  const go = (event: SessionEvent): boolean => {
    const next = nextState(state, event)
    if (!next) return false
    state = next
    return true
  }
  /** One act at a time: a press while the printer prints does nothing. */
  const alone = async (work: () => Promise<void>) => {
    if (busy) return
    busy = true
    try {
      await work()
    } finally {
      busy = false
    }
    if (ordered) await endByOfficers()
  }
  /** A printer that fails in a way it has no word for has failed: officers are called, and the session is not stuck. */
  const print = async (paper: Paper): Promise<Printed | PrinterFault> => {
    try {
      return await printer.print(paper)
    } catch (error) {
      // Before the first byte, see wire.ts; of anything else nobody knows how far it came.
      const undrawn = error instanceof JpegError || error instanceof RangeError
      return { ok: false, status: 'off', bytes: 0, lines: 0, out: undrawn ? 'nothing' : 'part' }
    }
  }
  const asked = async (what: Ask): Promise<boolean> => {
    const answer: Answer = await ask(what)
    notice = answer.ok ? undefined : { code: answer.why }
    return answer.ok
  }

  async function seal() {
    const blank = picked === 'blank'
    if (!encrypted) {
      const choices = choose(question, blank ? 'blank' : [(picked as number) - 1])
      // A machine whose source of randomness was copied with its disk must not betray anybody (T27).
      const hedged = hedge(random, credential!, `${booth.fingerprint} ${picked}`)
      encrypted = booth.encrypt(credential!, [choices], hedged)
      sealed = sealBallot(encrypted)
    }
    if (!(await asked({ ask: 'store', ballot: encrypted.text }))) return
    go('stored')
    await printReceipt()
  }
  async function printReceipt() {
    const outcome = await print(papers.receipt(sealed!.trackingCode))
    if (outcome.ok) {
      go('printed')
      return
    }
    go('failed')
    await asked({ ask: 'help', what: 'receipt', paper: outcome.out !== 'nothing' })
  }
  async function printSlip() {
    const outcome = await print(papers.slip(picked!, again))
    torn = !outcome.ok && outcome.out !== 'nothing'
    if (outcome.ok) {
      go('printed')
      await markSlip()
      return
    }
    go('failed')
    await asked({ ask: 'help', what: 'slip', paper: torn })
  }
  async function markSlip() {
    if (!(await asked({ ask: 'slip' }))) return
    slipAt = now()
    go('stored')
  }
  async function storeOpening() {
    openingRecord ??= sealed!.spoil()
    if (!(await asked({ ask: 'spoil', opening: openingOf(openingRecord) }))) return
    go('stored')
    const outcome = await print(papers.opening(picked!, encrypted!.trackingCode, openingRecord))
    // The opened ballot is published in any case; its paper is a convenience.
    notice = outcome.ok ? undefined : { code: 'opening-paper' }
  }
  async function record() {
    if (await asked({ ask: 'cast' })) go('stored')
    if (state === 'thanks') forget()
  }
  async function end(what: Ask) {
    ending = what
    if (await asked(what)) go('stored')
    if (state === 'voided') forget()
  }
  async function endByOfficers() {
    const paper = torn || state === 'marking' || state === 'checking' || state === 'recording'
    // What is being printed or stored is finished first.
    if (!go('void')) return
    ordered = false
    await end({ ask: 'void', paper })
  }
  function forget() {
    credential = undefined
    picked = undefined
    encrypted = undefined
    sealed = undefined
    openingRecord = undefined
  }

  return {
    view: () => ({
      state,
      busy,
      ...(notice ? { notice } : {}),
      /** What is still to be scanned. */
      wants: state !== 'waiting' ? undefined : credential ? 'stamp' : 'token',
      ...(picked === undefined ? {} : { picked }),
      ...(encrypted ? { trackingCode: encrypted.trackingCode } : {}),
      final: isFinal(state),
      /** Ended by the voter, who says that the slip was wrong. */
      reported: state === 'voided' && ending?.ask === 'wrong',
      /** Milliseconds for which the slip must still be looked at. */
      wait: state === 'checking' ? Math.max(0, slipAt + content.rules.slipSeconds * 1000 - now()) : 0,
    }),
    /** A token, a stamp, or both in one text. */
    take: (typed: string) =>
      alone(async () => {
        if (state !== 'waiting') return
        notice = undefined
        const parts = typed.trim().split(/\s+(?=S\.)/)
        for (const part of parts) {
          const read = readStamp(part)
          if (read) stamp = read
          else {
            const token = tokenOf(content, part)
            if ('problem' in token) {
              const { problem, ...more } = token
              notice = { code: problem, ...more }
              return
            }
            credential = token.credential
          }
        }
        if (!credential || !stamp) return
        if (!canPrint(await printer.status())) {
          notice = { code: 'printer' }
          return
        }
        const shown = publicHalf(content.ballot.election, credential)
        const secret = secretExponent(booth.group.order, election.uuid, credential)
        const hedged = hedge(random, credential, `${booth.fingerprint} token`)
        const proof = proveToken(booth.group, booth.fingerprint, { secret, credential: shown }, hedged)
        const taken = await asked({ ask: 'take', credential: shown, stamp, proof })
        if (taken) go('take')
        else {
          credential = undefined
          stamp = undefined
        }
      }),
    choose: (pick: Choice) =>
      alone(async () => {
        const known = pick === 'blank' || content.candidates.some(({ number }) => number === pick)
        if (!known || nextState(state, 'choose') === undefined) return
        notice = undefined
        picked = pick
        go('choose')
      }),
    /** `pick`: what the page showed; another one than is chosen now comes from an old page. */
    confirm: (yes: boolean, pick: Choice) =>
      alone(async () => {
        if (state !== 'confirming') return
        if (pick !== picked) {
          notice = { code: 'confirm-changed' }
          return
        }
        if (!yes) {
          picked = undefined
          go('no')
          return
        }
        go('yes')
        await seal()
      }),
    decide: (cast: boolean) =>
      alone(async () => {
        if (!go(cast ? 'cast' : 'test')) return
        if (!cast) return storeOpening()
        sealed!.cast()
        await printSlip()
      }),
    /** After UJI: the ballot again, with the same token. */
    again: () =>
      alone(async () => {
        if (!go('again')) return
        picked = undefined
        encrypted = undefined
        sealed = undefined
        openingRecord = undefined
        notice = undefined
      }),
    /** Officers have gone and the paper may be printed again. */
    left: () =>
      alone(async () => {
        if (!go('left')) return
        if (state === 'receipt') await printReceipt()
        else {
          again = true
          await printSlip()
        }
      }),
    check: (good: boolean) =>
      alone(async () => {
        if (state !== 'checking') return
        if (good && slipAt + content.rules.slipSeconds * 1000 > now()) return
        go(good ? 'good' : 'wrong')
        await (good ? record() : end({ ask: 'wrong' }))
      }),
    /** Tries again what could not be made durable. */
    retry: () =>
      alone(async () => {
        if (state === 'sealing') await seal()
        else if (state === 'opening') await storeOpening()
        else if (state === 'marking') await markSlip()
        else if (state === 'recording') await record()
        else if (state === 'voiding') await end(ending!)
      }),
    /** Two officers have agreed to a reprint. */
    agreed(): void {
      if (go('agreed')) torn = false
    },
    /** Two officers end the session; at once, or when the printer has answered. */
    async endByOfficers() {
      ordered = true
      await alone(async () => {})
    },
    /** Prepares everything a first ballot would have to wait for. */
    warm(dummy: string): void {
      booth.encrypt(dummy, [choose(question, 'blank')], random)
    },
  }
}
export type Voter = ReturnType<typeof openVoter>
