import { blobSource, type Source } from '../archive/source.ts'
import { followBallot, hashOfTrackingCode } from '../track.ts'
import type { Report } from '../verify/report.ts'
import { verify } from '../verify/verify.ts'
import { element, heading } from './element.ts'
import { hashOf } from './file-hash.ts'
import { openPageJudge } from './page-judge.ts'
import { drawReport, type Extra } from './report.ts'
import { en, fill, id, type Words } from './words.ts'

type Language = 'id' | 'en'
type Finished = { readonly report: Report; readonly extra: Extra; readonly source: Source }

class Stopped extends Error {}

/** Everything that a change of language draws anew. */
let language: Language = navigator.language.startsWith('id') || !navigator.language ? 'id' : 'en'
let finished: Finished | undefined
const main = document.getElementById('page')!
const words = (): Words => (language === 'id' ? id : en)

function draw(...content: Node[]): void {
  const w = words()
  document.documentElement.lang = language
  document.title = w.title
  const other = element('button', { type: 'button', class: 'link', lang: language === 'id' ? 'en' : 'id' }, w.other)
  other.addEventListener('click', () => {
    language = language === 'id' ? 'en' : 'id'
    if (finished) showReport(finished)
    else showForm()
  })
  main.replaceChildren(
    element('div', { class: 'top' }, element('strong', {}, w.brand), other),
    element('h1', {}, w.title),
    ...content,
  )
}

function showForm(problem?: string): void {
  finished = undefined
  const w = words()
  const archive = element('input', { type: 'file', id: 'archive', accept: '.bel', 'aria-describedby': 'archive-hint' })
  const hints = element('input', { type: 'file', id: 'hints', accept: '.hints', 'aria-describedby': 'hints-hint' })
  const final = element('input', { type: 'checkbox', id: 'final' })
  const pilkades = element('input', { type: 'checkbox', id: 'pilkades' })
  const drop = element(
    'div',
    { class: 'drop' },
    element('label', { for: 'archive' }, w.archive),
    element('p', { class: 'hint', id: 'archive-hint' }, w.archiveHint),
    archive,
  )
  const form = element(
    'form',
    {},
    drop,
    element(
      'div',
      { class: 'field' },
      element('label', { for: 'hints' }, w.hints),
      element('p', { class: 'hint', id: 'hints-hint' }, w.hintsHint),
      hints,
    ),
    element('label', { class: 'check' }, final, element('span', {}, w.final)),
    element('label', { class: 'check' }, pilkades, element('span', {}, w.pilkades)),
    element('button', { type: 'submit' }, w.start),
  )
  for (const kind of ['dragenter', 'dragover', 'dragleave', 'drop'] as const)
    drop.addEventListener(kind, (event) => {
      event.preventDefault()
      drop.classList.toggle('over', kind === 'dragenter' || kind === 'dragover')
      const files = event.dataTransfer?.files
      if (kind === 'drop' && files?.length) archive.files = files
    })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const file = archive.files?.[0]
    if (!file) return showForm(w.missing)
    void check(file, hints.files?.[0], { final: final.checked, pilkades: pilkades.checked })
  })
  draw(
    element('p', {}, w.lead),
    ...(problem ? [element('div', { class: 'verdict other', role: 'alert' }, element('p', {}, problem))] : []),
    form,
  )
  if (problem) archive.focus()
}

async function check(
  file: File,
  hintsFile: File | undefined,
  wanted: { final: boolean; pilkades: boolean },
): Promise<void> {
  const w = words()
  const bar = element('progress', { max: '1', 'aria-label': fill(w.working, { name: file.name }) })
  const state = element('p', { class: 'soft' })
  const stop = element('button', { type: 'button', class: 'plain' }, w.stop)
  let stopped = false
  stop.addEventListener('click', () => {
    stopped = true
  })
  draw(element('p', {}, fill(w.working, { name: file.name })), bar, state, stop)
  const number = new Intl.NumberFormat(language === 'id' ? 'id-ID' : 'en-GB')
  const size = `${number.format(Math.ceil(file.size / 1024))} kB`
  let drawn = 0
  // The whole way: the file is hashed, then read, then its ballots are judged, which takes nearly all of the time.
  const show = async (part: number, ballots: number) => {
    if (stopped) throw new Stopped()
    if (performance.now() - drawn < 100) return
    bar.value = part
    const percent = new Intl.NumberFormat(language === 'id' ? 'id-ID' : 'en-GB', { style: 'percent' }).format(part)
    state.textContent = fill(w.progress, { ballots: number.format(ballots), percent, size })
    await new Promise((go) => requestAnimationFrame(go))
    drawn = performance.now()
  }
  const source = blobSource(file)
  const began = performance.now()
  try {
    const fileHash = await hashOf(source, (bytes) => show((0.02 * bytes) / file.size, 0))
    const judges = await openPageJudge(hintsFile && blobSource(hintsFile))
    const report = await verify(source, {
      ...judges.options,
      final: wanted.final,
      ...(wanted.pilkades ? { profile: 'pilkades' as const } : {}),
      progress: ({ bytes, judged, ballots }) =>
        show(0.02 + 0.08 * (bytes / Math.max(1, file.size)) + 0.9 * (ballots ? judged / ballots : 0), judged),
    })
    const seconds = (performance.now() - began) / 1000
    showReport({ report, source, extra: { fileHash, seconds, threads: judges.threads, name: file.name } })
  } catch (error) {
    if (error instanceof Stopped) showForm(w.stopped)
    else showForm(fill(w.failed, { why: error instanceof Error ? error.message : String(error) }))
  }
}

function showReport(shown: Finished): void {
  finished = shown
  const w = words()
  const report = drawReport(shown.report, shown.extra, w, language)
  const again = element('button', { type: 'button' }, w.again)
  again.addEventListener('click', () => showForm())
  const save = element('button', { type: 'button', class: 'plain' }, w.report)
  save.addEventListener('click', () => {
    const { name, fileHash } = shown.extra
    const text = JSON.stringify({ file: name, sha256: fileHash, ...shown.report }, null, 2)
    const link = element('a', {
      href: URL.createObjectURL(new Blob([text], { type: 'application/json' })),
      download: `${name}.report.json`,
    })
    link.click()
    URL.revokeObjectURL(link.href)
  })
  draw(
    report,
    // In an archive that is not what it claims, a code that is there says nothing.
    ...(isTrusted(shown.report) ? drawFollow(shown) : []),
    element('div', { class: 'acts' }, again, save),
  )
  report.focus()
}

const isTrusted = ({ verdict, counts }: Report): boolean =>
  verdict !== 'refused' && verdict !== 'unusable' && counts.ballots > 0

/** A voter's own ballot, by the code on the receipt. */
function drawFollow({ source }: Finished): Node[] {
  const w = words()
  const code = element('input', {
    type: 'text',
    id: 'code',
    class: 'code',
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-describedby': 'code-hint',
  })
  const answer = element('p', { role: 'status' })
  const form = element(
    'form',
    {},
    element(
      'div',
      { class: 'field' },
      element('label', { for: 'code' }, w.code),
      element('p', { class: 'hint', id: 'code-hint' }, w.followHint),
      code,
    ),
    answer,
    element('button', { type: 'submit', class: 'plain' }, w.find),
  )
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    if (hashOfTrackingCode(code.value) === undefined) {
      answer.textContent = w.absent
      return
    }
    const { number, count } = await followBallot(source, code.value)
    answer.textContent = number === undefined ? w.absent : fill(w.found, { number, count })
  })
  return [heading(w.follow), form]
}

showForm()
