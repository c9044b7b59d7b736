import { hashOf } from '@melayani/polling/format'
import { JpegError, readJpeg } from '@melayani/polling/print'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { perform } from '#platform/action.ts'
import { findFile, readWhole, sniff, storeWhole } from '#platform/files.ts'
import { answer, type C, type Env, fileAnswer, found, idParam, page, readForm } from '#platform/http.ts'
import { withoutMetadata } from '#platform/photo.ts'
import { paperHeaders } from '#platform/ui/paper.ts'
import * as act from '../actions/candidate.ts'
import { closeRegistration, reopenRegistration } from '../actions/registration.ts'
import type { Candidate } from '../domain/candidate.ts'
import type { Election } from '../domain/election.ts'
import { fitsBallot, jpegSize } from '../domain/jpeg.ts'
import { CandidatePage } from '../pages/candidate.tsx'
import { CandidatesPage } from '../pages/candidates.tsx'
import { drawReport, proofSheet } from '../pages/paper.ts'
import type { Again } from '../pages/parts.tsx'
import { may } from '../permissions.ts'
import { candidatesOf, drawsOf, isFixed } from '../store/candidate.ts'
import { words } from '../text/index.ts'
import { electionParam, officeParam, upload } from './parts.ts'

export const routes = new Hono<Env>()
const at = '/voting/elections/:election'
const mostPhoto = 400_000

/** Whether the ballot of this election still moves. */
const open = async (c: C, { id, state }: Election) =>
  (state === 'preparing' || state === 'sealed') && !(await isFixed(c.get('ctx').db, id))

async function candidatesPage(c: C, again: Again = {}) {
  const { db, actor } = c.get('ctx')
  const election = await officeParam(c)
  const moves = await open(c, election)
  return (
    <CandidatesPage
      view={c.get('view')}
      election={election}
      candidates={await candidatesOf(db, election.id)}
      draws={await drawsOf(db, election.id)}
      keeps={moves && may.keepCandidate(actor, election)}
      confirms={moves && may.confirmDraw(actor, election)}
      {...again}
    />
  )
}

routes.get(`${at}/candidates`, async (c) => page(c, await candidatesPage(c)))

/** Of those who prepare the election only the committee does this. */
async function committeeParam(c: C): Promise<Election> {
  const election = await officeParam(c)
  if (!may.keepCandidate(c.get('ctx').actor, election)) throw new HTTPException(403)
  return election
}

routes.post(`${at}/candidates`, async (c) => {
  const election = await committeeParam(c)
  const { form, ctx } = await readForm(c)
  return answer(c, await perform(act.addCandidate, ctx, election.id, form), {
    onDone: ({ id }) => `/voting/elections/${election.id}/candidates/${id}`,
    say: words(c.get('view').lang).candidateAdded,
    again: (problems, refusal) => candidatesPage(c, { typed: form, problems, refusal }),
  })
})

routes.post(`${at}/registration`, async (c) => {
  const election = await committeeParam(c)
  const { form, ctx } = await readForm(c)
  const extended = election.profile.rules.registration.value.map((_, n) => form[`extended-${n}`])
  const raw = { closed: form.closed, extended, ground: form.ground }
  return answer(c, await perform(closeRegistration, ctx, election.id, raw), {
    onDone: `/voting/elections/${election.id}/candidates`,
    say: words(c.get('view').lang).registrationNoted,
    again: (problems, refusal) => candidatesPage(c, { typed: form, problems, refusal }),
  })
})

routes.post(`${at}/registration/reopen`, async (c) => {
  const election = await committeeParam(c)
  const { ctx } = await readForm(c)
  return answer(c, await perform(reopenRegistration, ctx, election.id, {}), {
    onDone: `/voting/elections/${election.id}/candidates`,
    say: words(c.get('view').lang).registrationReopened,
    again: (_, refusal) => candidatesPage(c, { refusal }),
  })
})

routes.post(`${at}/draws`, async (c) => {
  const election = await committeeParam(c)
  const { form, ctx } = await readForm(c)
  const numbers = Object.fromEntries(
    Object.entries(form).flatMap(([name, value]) =>
      name.startsWith('number-') ? [[name.slice('number-'.length), value]] : [],
    ),
  )
  const raw = { numbers, place: form.place, witnesses: form.witnesses }
  return answer(c, await perform(act.recordDraw, ctx, election.id, raw), {
    onDone: `/voting/elections/${election.id}/candidates`,
    say: words(c.get('view').lang).drawRecorded,
    again: (problems, refusal) => candidatesPage(c, { typed: form, problems, refusal }),
  })
})

routes.post(`${at}/draws/confirm`, async (c) => {
  const election = await committeeParam(c)
  const { ctx } = await readForm(c)
  return answer(c, await perform(act.confirmDraw, ctx, election.id, {}), {
    onDone: `/voting/elections/${election.id}/candidates`,
    say: words(c.get('view').lang).drawConfirmed,
    again: (_, refusal) => candidatesPage(c, { refusal }),
  })
})

routes.post(`${at}/draws/annul`, async (c) => {
  const election = await committeeParam(c)
  const { form, ctx } = await readForm(c)
  return answer(c, await perform(act.annulDraw, ctx, election.id, form), {
    onDone: `/voting/elections/${election.id}/candidates`,
    say: words(c.get('view').lang).drawAnnulled,
    again: (problems, refusal) => candidatesPage(c, { typed: form, problems, refusal }),
  })
})

async function candidateParam(c: C, election: Election): Promise<Candidate> {
  const id = idParam(c, 'candidate')
  return found((await candidatesOf(c.get('ctx').db, election.id)).find((one) => one.id === id && !one.emptyBox))
}

async function candidatePage(c: C, again: Again = {}) {
  const { db, actor } = c.get('ctx')
  const election = await officeParam(c)
  const candidate = await candidateParam(c, election)
  const drawn = (await drawsOf(db, election.id)).some(({ annulled }) => annulled === null)
  const keeps = (await open(c, election)) && may.keepCandidate(actor, election)
  const view = c.get('view')
  return <CandidatePage view={view} election={election} candidate={candidate} keeps={keeps} drawn={drawn} {...again} />
}

const one = `${at}/candidates/:candidate`
routes.get(one, async (c) => page(c, await candidatePage(c)))

/** A photograph by what it is: who stands in a published election is published; a practice is not. */
routes.get(`${one}/photos/:hash`, async (c) => {
  const election = await electionParam(c)
  const candidate = await candidateParam(c, election)
  const { actor, db } = c.get('ctx')
  if (candidate.number === null && !may.seeOffice(actor, election)) throw new HTTPException(404)
  if (!candidate.photoFile || candidate.photoHash !== c.req.param('hash')) throw new HTTPException(404)
  return fileAnswer(c, found(await findFile(db, candidate.photoFile)))
})

routes.post(`${one}/rename`, async (c) => {
  const election = await committeeParam(c)
  const candidate = await candidateParam(c, election)
  const { form, ctx } = await readForm(c)
  return answer(c, await perform(act.renameCandidate(candidate.id), ctx, election.id, form), {
    onDone: `/voting/elections/${election.id}/candidates/${candidate.id}`,
    say: words(c.get('view').lang).candidateRenamed,
    again: (problems, refusal) => candidatePage(c, { typed: form, problems, refusal }),
  })
})

routes.post(`${one}/remove`, async (c) => {
  const election = await committeeParam(c)
  const candidate = await candidateParam(c, election)
  const { ctx } = await readForm(c)
  return answer(c, await perform(act.removeCandidate(candidate.id), ctx, election.id, {}), {
    onDone: `/voting/elections/${election.id}/candidates`,
    say: words(c.get('view').lang).candidateRemoved,
    again: (_, refusal) => candidatePage(c, { refusal }),
  })
})

/** A booth whose slip printer cannot draw the photograph could not let its voter finish: such a file is not taken. */
function prints(bytes: Buffer): boolean {
  try {
    readJpeg(bytes)
    return true
  } catch (error) {
    if (error instanceof JpegError) return false
    throw error
  }
}

routes.post(`${one}/photo`, async (c) => {
  const election = await committeeParam(c)
  const candidate = await candidateParam(c, election)
  const { form, ctx } = await readForm(c)
  const given = await upload(c, 'photo')
  const wrong = async () =>
    page(c, await candidatePage(c, { typed: form, problems: { photo: { code: 'photo-wrong' } } }), 422)
  if (!given || given.bytes.length > mostPhoto || (await sniff(given.bytes, given.name)) !== 'image/jpeg')
    return wrong()
  const bytes = withoutMetadata(given.bytes)
  if (!fitsBallot(jpegSize(bytes)) || !prints(bytes)) return wrong()
  const stored = await storeWhole(ctx.db, c.get('files'), ctx.actor.id, 'calon.jpg', bytes, ['photo'])
  if ('refusal' in stored) return wrong()
  const photo = { file: stored.id, hash: hashOf(new Uint8Array(bytes)) }
  return answer(c, await perform(act.givePhoto(candidate.id, photo), ctx, election.id, {}), {
    onDone: `/voting/elections/${election.id}/candidates/${candidate.id}`,
    say: words(c.get('view').lang).photoGiven,
    again: (problems, refusal) => candidatePage(c, { typed: form, problems, refusal }),
  })
})

routes.post(`${one}/proof`, async (c) => {
  const election = await committeeParam(c)
  const candidate = await candidateParam(c, election)
  const { form, ctx } = await readForm(c)
  const w = words(c.get('view').lang)
  const given = await upload(c, 'scan')
  let scan: string | null = null
  if (given) {
    const stored = await storeWhole(ctx.db, c.get('files'), ctx.actor.id, given.name, withoutMetadata(given.bytes), [
      'pdf',
      'photo',
    ])
    if ('refusal' in stored)
      return page(c, await candidatePage(c, { typed: form, problems: { scan: { code: stored.refusal } } }), 422)
    scan = stored.id
  }
  return answer(c, await perform(act.confirmProof(candidate.id), ctx, election.id, { short: form.short, scan }), {
    onDone: `/voting/elections/${election.id}/candidates/${candidate.id}`,
    say: candidate.proof ? w.proofSecond : w.proofFirst,
    again: (problems, refusal) => candidatePage(c, { typed: form, problems, refusal }),
  })
})

/** The sheet for the candidate to sign. */
routes.get(`${one}/proof.pdf`, async (c) => {
  const election = await officeParam(c)
  const candidate = await candidateParam(c, election)
  if (candidate.number === null) throw new HTTPException(404)
  const { lang, demo, now } = c.get('view')
  const photo = candidate.photoFile
    ? await readWhole(c.get('files'), candidate.photoFile).catch(() => undefined)
    : undefined
  const sheet = await proofSheet({ lang, demo, election }, candidate, photo, now)
  return c.body(sheet, 200, paperHeaders(`lembar-bukti-${candidate.number}`))
})

/** Berita acara of a draw, annulled ones too. */
routes.get(`${at}/draws/:version{[0-9]+\\.pdf}`, async (c) => {
  const election = await officeParam(c)
  const version = Number.parseInt(c.req.param('version'), 10)
  const draw = found((await drawsOf(c.get('ctx').db, election.id)).find((each) => each.version === version))
  const { lang, demo } = c.get('view')
  return c.body(await drawReport({ lang, demo, election }, draw), 200, paperHeaders(`undian-${version}`))
})

/** The scan of the signed sheet, for those who prepare the election. */
routes.get(`${one}/scan/file`, async (c) => {
  const election = await officeParam(c)
  const candidate = await candidateParam(c, election)
  return fileAnswer(c, found(await findFile(c.get('ctx').db, found(candidate.proof?.scan))))
})
