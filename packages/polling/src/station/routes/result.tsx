import type { Hono } from 'hono'
import { hashOf, resultKind, type TpsResult } from '../../format/index.ts'
import { type HandCountSheet, handCountKind } from '../../record/index.ts'
import { fill, formOf, type PendingAct, page, type ScreenEnv, screenWords, twoOfficers } from '../../screen/index.ts'
import { chairWithOfficer, refusalOf, signedDocument } from '../acts.ts'
import { countVotes, missingNow, readResult, readSheet, resultFile, resultOf } from '../closing.ts'
import { type DeskTop, statusOf } from '../desk-top.ts'
import { readJson } from '../files.ts'
import { handCountFile, planoFile, planoPhoto } from '../handing-over.ts'
import { ResultDraft, ResultPage, SlipsPage } from '../pages/result.tsx'
import { codesPaper, proofsOf, resultPapers, verificationPaper } from '../printing.ts'
import { addSignatures } from '../signed-file.ts'
import { stationWords } from '../words/index.ts'
import { wholeOf } from './opening.tsx'

const copiesFile = 'copies.json'
const pendingPhoto = 'plano-pending.jpg'
/** A photograph of a sheet needs no more. */
const largestPhoto = 8 * 1024 * 1024
type Copies = { readonly version: number; readonly lang: 'id' | 'en'; readonly printed: readonly string[] }

/** From the opened tally to signed copies, plano, and the way without keys, whose count can be corrected. */
export function resultRoutes(app: Hono<ScreenEnv>, top: DeskTop): void {
  const { station, acts, printer } = top
  const { content } = station
  const shared = (c: { get(name: 'lang'): 'id' | 'en' } & { get(name: 'path'): string }) => ({
    lang: c.get('lang'),
    path: c.get('path'),
    status: statusOf(top),
  })
  type Shared = ReturnType<typeof shared>
  const version = () => station.state().results.length
  const copies = () => {
    const kept = readJson<Copies>(station.files, copiesFile)
    return kept?.version === version() ? kept : undefined
  }
  const printed = () => copies()?.printed ?? []
  /** The chair and one officer sign; then the line is written, and from then on this is the result. */
  const toSign = (result: TpsResult, title: (lang: 'id' | 'en') => string, also = () => {}) => {
    const text = JSON.stringify(result)
    return signedDocument({
      kind: resultKind,
      text,
      title,
      need: chairWithOfficer,
      back: '/result',
      to: '/result',
      check: () => (version() === result.version - 1 ? undefined : 'already'),
      keep(signatures) {
        also()
        const own = station.sign(resultKind, text)
        station.files.put(resultFile(result.version), JSON.stringify({ text, signatures: [...signatures, own] }))
        station.append({ kind: 'result', hash: hashOf(text) })
      },
    })
  }
  const ready = () => station.state().tally !== undefined && missingNow(station).length === 0

  const draft = async (props: Shared, refusal?: string) => {
    const counted = await top.counted
    const proofs = counted && proofsOf(counted.report)
    return page(
      <ResultDraft
        {...props}
        content={content}
        result={counted && resultOf(station, { source: 'tally', counted })}
        action="/result/sign"
        refusal={refusal}
        {...(counted && proofs ? { proofs: proofs.checked, ballots: counted.report.counts.ballots } : {})}
      />,
    )
  }
  const show = (props: Shared, more: { refusal?: string; planoProblem?: string } = {}) => {
    const signed = readResult(station)!
    return page(
      <ResultPage
        {...props}
        {...more}
        content={content}
        result={JSON.parse(signed.text) as TpsResult}
        signed={signed}
        printed={printed()}
        plano={station.files.get(planoFile(version())) !== undefined}
      />,
    )
  }
  app.get('/result', async (c) => {
    if (version() > 0) return c.html(show(shared(c)))
    if (!ready()) return c.redirect('/', 303)
    return c.html(await draft(shared(c)))
  })
  app.post('/result/count', async (c) => {
    if (!ready()) return c.redirect('/', 303)
    top.counted ??= countVotes(station)
    try {
      const { archive, report } = await top.counted
      await printer.print(verificationPaper(station, archive, report, c.get('lang')))
    } catch (error) {
      delete top.counted
      const why = error instanceof Error ? error.message : String(error)
      return c.html(await draft(shared(c), fill(stationWords(c.get('lang')).result.failed, { why })), 409)
    }
    return c.redirect('/result', 303)
  })
  app.post('/result/sign', async (c) => {
    const counted = await top.counted
    if (!counted || version() > 0) return c.redirect('/result', 303)
    const result = resultOf(station, { source: 'tally', counted })
    return c.redirect(acts.begin(toSign(result, (lang) => stationWords(lang).result.signTitle)), 303)
  })
  app.post('/result/witness', (c) => {
    const signed = readResult(station)
    if (!signed) return c.redirect('/result', 303)
    const at = version()
    const pending = signedDocument({
      kind: resultKind,
      text: signed.text,
      title: (lang) => stationWords(lang).result.witnessTitle,
      need: { count: 1, roles: ['witness', 'supervisor'] },
      back: '/result',
      to: '/result',
      check: () => (version() === at ? undefined : 'already'),
      keep: (signatures) => addSignatures(station.files, resultFile(at), signatures),
    })
    return c.redirect(acts.begin(pending), 303)
  })
  app.post('/result/print', async (c) => {
    const signed = readResult(station)
    if (!signed) return c.redirect('/result', 303)
    // A copy after a jam is equal to those before it, whatever language the screen has now (R14).
    const lang = copies()?.lang ?? c.get('lang')
    const { copy, plano } = resultPapers(station, signed, lang)
    for (const name of content.rules.copies.filter((each) => !printed().includes(each))) {
      if (!(await printer.print(copy)).ok) break
      const now: Copies = { version: version(), lang, printed: [...printed(), name] }
      station.files.put(copiesFile, JSON.stringify(now))
    }
    await printer.print(plano)
    await printer.print(codesPaper(station, lang))
    return c.redirect('/result', 303)
  })

  app.post('/result/plano', async (c) => {
    const at = version()
    if (at === 0) return c.redirect('/result', 303)
    const { plano } = await c.req.parseBody()
    const bytes =
      plano instanceof File && plano.size <= largestPhoto ? new Uint8Array(await plano.arrayBuffer()) : undefined
    const isJpeg = bytes && bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff
    if (!isJpeg) return c.html(show(shared(c), { planoProblem: stationWords(c.get('lang')).result.planoBad }), 422)
    station.files.put(pendingPhoto, bytes)
    const text = JSON.stringify({ package: station.hash, version: at, photo: hashOf(bytes) })
    const pending = signedDocument({
      kind: 'plano/1',
      text,
      title: (lang) => stationWords(lang).result.planoTitle,
      need: { count: 1, roles: ['chair'] },
      back: '/result',
      to: '/result',
      check: () => (version() === at ? undefined : 'already'),
      keep(signatures) {
        station.files.put(planoPhoto(at), bytes)
        station.files.put(planoFile(at), JSON.stringify({ text, signatures }))
      },
    })
    return c.redirect(acts.begin(pending), 303)
  })

  /**
   * Slips can be miscounted, so they can be counted anew, and that is a new version (R48). A tally cannot: what its archive says, it says for
   * ever, and the sheet is signed. Nor before the box is closed, while a ballot may still come.
   */
  const mayCount = () => {
    if (!station.state().tally) return false
    const before = readResult(station)
    return before === undefined ? version() === 0 : (JSON.parse(before.text) as TpsResult).source === 'slips'
  }
  app.get('/result/slips', (c) => {
    if (!mayCount() || !readSheet(station)) return c.redirect('/', 303)
    return c.html(page(<SlipsPage {...shared(c)} content={content} again={version() > 0} />))
  })
  app.post('/result/slips', async (c) => {
    const lang = c.get('lang')
    const words = stationWords(lang).result
    const sheet = readSheet(station)
    if (!mayCount() || !sheet) return c.redirect('/', 303)
    const at = version()
    const before = readResult(station)
    const form = await formOf(c)
    const reason = form.reason?.trim().slice(0, 2000)
    const places = [...content.candidates.map(({ number }) => number), 0]
    const [first, second] = [1, 2].map((counter) => places.map((at) => wholeOf(form[`count-${counter}-${at}`])))
    const problems = Object.fromEntries(
      [first!, second!].flatMap((counts, counter) =>
        counts.flatMap((count, at) =>
          count === undefined ? [[`count-${counter + 1}-${places[at]}`, screenWords(lang).problem.number]] : [],
        ),
      ),
    ) as Record<string, string>
    if (before && !reason) problems.reason = screenWords(lang).problem.empty
    const last = before && (JSON.parse(before.text) as TpsResult)
    const sum = first!.reduce<number>((total, each) => total + (each ?? 0), 0)
    const refusal =
      Object.keys(problems).length > 0
        ? undefined
        : JSON.stringify(first) !== JSON.stringify(second)
          ? words.slipsDiffer
          : sum > Math.min(sheet.counts.slips, sheet.differences.length > 0 ? content.roll.count : sheet.counts.present)
            ? words.slipsMany
            : last && `${first}` === `${[...last.votes, last.blank]}`
              ? words.slipsSame
              : undefined
    if (refusal || Object.keys(problems).length > 0) {
      const more = { problems, refusal, reason, again: at > 0 }
      return c.html(page(<SlipsPage {...shared(c)} {...more} content={content} />), 422)
    }
    const numbers = first as number[]
    const votes = numbers.slice(0, -1)
    const blank = numbers.at(-1)!
    const count: HandCountSheet = { package: station.hash, votes, blank, unreadable: sheet.counts.slips - sum }
    const text = JSON.stringify(count)
    const counted: PendingAct = {
      title: (said) => stationWords(said).result.countedTitle,
      ...(before && reason ? { detail: () => reason } : {}),
      need: twoOfficers,
      back: '/result/slips',
      documents: () => [{ kind: handCountKind, text }],
      run(agreed) {
        if (version() !== at) return refusalOf('already')
        const signatures = [...agreed.flatMap((each) => each.signatures), station.sign(handCountKind, text)]
        const corrects = before && reason ? { hash: hashOf(before.text), reason } : undefined
        // The two who counted have signed; what they counted becomes the result by the signatures under it, and only then.
        const result = resultOf(station, { source: 'slips', count }, corrects)
        const keep = () => station.files.put(handCountFile, JSON.stringify({ text, signatures }))
        const title = (said: 'id' | 'en') =>
          fill(stationWords(said).result[at > 0 ? 'correctTitle' : 'signTitle'], { n: at + 1 })
        return { to: acts.begin(toSign(result, title, keep)) }
      },
    }
    return c.redirect(acts.begin(counted), 303)
  })
}
