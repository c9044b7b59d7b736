import { speakName } from '@melayani/polling/audio'
import { checkCeremony } from '@melayani/polling/ceremony'
import type { ElectionPackage } from '@melayani/polling/format'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { perform } from '#platform/action.ts'
import { readWhole } from '#platform/files.ts'
import { answer, type C, type Env, found, idParam, page, readForm } from '#platform/http.ts'
import { orderCeremony, takeCeremony, withdrawOrder } from '../actions/ceremony.ts'
import { makePackages, sealPackages } from '../actions/package.ts'
import { gapsBefore } from '../domain/preparation.ts'
import { CeremonyPage } from '../pages/ceremony.tsx'
import { PackagesPage } from '../pages/packages.tsx'
import type { Again } from '../pages/parts.tsx'
import { may } from '../permissions.ts'
import { candidatesOf } from '../store/candidate.ts'
import { ordersOf, standingOrder } from '../store/ceremony.ts'
import { draftsOf, findPackage, packagesOf } from '../store/package.ts'
import { preparedOf } from '../store/preparation.ts'
import { centreKey } from '../store/self.ts'
import { words } from '../text/index.ts'
import { officeParam } from './parts.ts'

export const routes = new Hono<Env>()
const at = '/voting/elections/:election'

/** A file as it is kept by whoever downloads it; nobody's cache keeps it. */
function jsonFile(c: C, name: string, text: string) {
  c.header('Content-Type', 'application/json; charset=utf-8')
  c.header('Content-Disposition', `attachment; filename="${name}"`)
  c.header('Cache-Control', 'no-store')
  c.header('X-Content-Type-Options', 'nosniff')
  return c.body(text)
}

/** The text of an uploaded file; empty when none was chosen. */
async function uploaded(c: C): Promise<string> {
  const { file } = await c.req.parseBody()
  return file instanceof File ? file.text() : ''
}

async function ceremonyPage(c: C, again: Again & { faults?: readonly { rule: string; at: string }[] } = {}) {
  const { db, actor } = c.get('ctx')
  const election = await officeParam(c)
  return (
    <CeremonyPage
      view={c.get('view')}
      election={election}
      orders={await ordersOf(db, election.id)}
      gaps={gapsBefore(await preparedOf(db, election), 'order')}
      makes={may.orderCeremony(actor, election)}
      takes={may.takeCeremony(actor, election)}
      {...again}
    />
  )
}

routes.get(`${at}/ceremony`, async (c) => page(c, await ceremonyPage(c)))

/** With the keys of the rolls in it: for those who carry it to the ceremony, and nobody else. */
routes.get(`${at}/ceremony/order.json`, async (c) => {
  const election = await officeParam(c)
  const { db, actor } = c.get('ctx')
  if (!may.takeCeremony(actor, election)) throw new HTTPException(403)
  const order = found(await standingOrder(db, election.id))
  return jsonFile(c, `permintaan-upacara-${order.version}.json`, order.text)
})

/** Of those who prepare the election only the chair orders and withdraws. */
async function chairParam(c: C) {
  const election = await officeParam(c)
  if (!may.orderCeremony(c.get('ctx').actor, election)) throw new HTTPException(403)
  return election
}

routes.post(`${at}/ceremony/order`, async (c) => {
  const election = await chairParam(c)
  const { ctx } = await readForm(c)
  return answer(c, await perform(orderCeremony, ctx, election.id, {}), {
    onDone: `/voting/elections/${election.id}/ceremony`,
    say: words(c.get('view').lang).orderMade,
    again: (_, refusal) => ceremonyPage(c, { refusal }),
  })
})

routes.post(`${at}/ceremony/withdraw`, async (c) => {
  const election = await chairParam(c)
  const { form, ctx } = await readForm(c)
  return answer(c, await perform(withdrawOrder, ctx, election.id, form), {
    onDone: `/voting/elections/${election.id}/ceremony`,
    say: words(c.get('view').lang).orderWithdrawn,
    again: (problems, refusal) => ceremonyPage(c, { typed: form, problems, refusal }),
  })
})

routes.post(`${at}/ceremony`, async (c) => {
  const election = await officeParam(c)
  if (!may.takeCeremony(c.get('ctx').actor, election)) throw new HTTPException(403)
  const { ctx } = await readForm(c)
  const text = await uploaded(c)
  return answer(c, await perform(takeCeremony, ctx, election.id, { text }), {
    onDone: `/voting/elections/${election.id}/ceremony`,
    say: words(c.get('view').lang).ceremonyTaken,
    again: async (problems, refusal) => {
      const order = refusal === 'ceremony-wrong' ? await standingOrder(ctx.db, election.id) : undefined
      return ceremonyPage(c, { problems, refusal, faults: order ? await checkCeremony(order.text, text) : [] })
    },
  })
})

/** The candidates of the packages that wait for the committee, else of those that hold: in all of an election they are the same. */
async function ballotOf(c: C, election: string, drafts: readonly { text: string }[]) {
  const { db } = c.get('ctx')
  const [last] = drafts.length > 0 ? [] : await packagesOf(db, election)
  const text = drafts[0]?.text ?? (last && (await findPackage(db, election, last.tps, last.version))?.text)
  return text === undefined ? [] : (JSON.parse(text) as ElectionPackage).candidates
}

async function packagesPage(c: C, again: Again = {}) {
  const { db, actor, clock } = c.get('ctx')
  const election = await officeParam(c)
  const drafts = await draftsOf(db, election.id)
  return (
    <PackagesPage
      view={c.get('view')}
      election={election}
      packages={await packagesOf(db, election.id)}
      drafts={drafts.length}
      names={(await ballotOf(c, election.id, drafts)).map(({ number, name, voice, emptyBox }) => ({
        number,
        name,
        spoken: voice !== undefined,
        emptyBox: emptyBox === true,
      }))}
      gaps={gapsBefore(await preparedOf(db, election), 'packages')}
      centreKey={(await centreKey(db, clock.now())).key}
      makes={may.makePackages(actor, election)}
      seals={may.sealPackages(actor, election)}
      {...again}
    />
  )
}

routes.get(`${at}/packages`, async (c) => page(c, await packagesPage(c)))

routes.post(`${at}/packages`, async (c) => {
  const election = await officeParam(c)
  if (!may.makePackages(c.get('ctx').actor, election)) throw new HTTPException(403)
  const { form, ctx } = await readForm(c)
  const photos = new Map<string, string>()
  const voices = new Map<string, string>()
  for (const { id, name, emptyBox, photoHash, photoFile } of await candidatesOf(ctx.db, election.id)) {
    // The empty box is said by a prompt of the booth's own.
    const voice = emptyBox ? undefined : await speakName(name)
    if (voice) voices.set(id, voice)
    if (photoHash && photoFile)
      photos.set(
        photoHash,
        (await readWhole(c.get('files'), photoFile).catch(() => Buffer.alloc(0))).toString('base64'),
      )
  }
  return answer(c, await perform(makePackages(photos, voices), ctx, election.id, form), {
    onDone: `/voting/elections/${election.id}/packages`,
    say: words(c.get('view').lang).packagesMade,
    again: (problems, refusal) => packagesPage(c, { typed: form, problems, refusal }),
  })
})

/** A candidate's name as the booths will say it: to be listened to before the committee signs. */
routes.get(`${at}/packages/names/:number{[0-9]{1,3}}`, async (c) => {
  const { id } = await officeParam(c)
  const candidates = await ballotOf(c, id, await draftsOf(c.get('ctx').db, id))
  const { voice } = found(candidates.find(({ number }) => number === Number(c.req.param('number'))))
  c.header('Content-Type', 'audio/wav')
  c.header('Cache-Control', 'no-store')
  c.header('X-Content-Type-Options', 'nosniff')
  return c.body(Buffer.from(found(voice), 'base64'))
})

/** What the committee's card signs: the packages as the centre signed them. */
routes.get(`${at}/packages/drafts.json`, async (c) => {
  const election = await officeParam(c)
  const { db, actor } = c.get('ctx')
  if (!may.sealPackages(actor, election)) throw new HTTPException(403)
  const packages = (await draftsOf(db, election.id)).map(({ text, signatures }) => ({ text, signatures }))
  if (packages.length === 0) throw new HTTPException(404)
  return jsonFile(c, 'paket-untuk-ditandatangani.json', JSON.stringify({ format: 'melayani-packages/1', packages }))
})

routes.post(`${at}/packages/seal`, async (c) => {
  const election = await officeParam(c)
  if (!may.sealPackages(c.get('ctx').actor, election)) throw new HTTPException(403)
  const { ctx } = await readForm(c)
  const raw = jsonOf(await uploaded(c))
  return answer(c, await perform(sealPackages, ctx, election.id, raw), {
    onDone: `/voting/elections/${election.id}/packages`,
    say: words(c.get('view').lang).packagesSealed,
    again: (problems, refusal) =>
      packagesPage(c, {
        problems: Object.keys(problems).length > 0 ? { signatures: { code: 'signatures-wrong' } } : {},
        refusal,
      }),
  })
})

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

routes.get(`${at}/packages/:tps/:version{[0-9]+}/package.json`, async (c) => {
  const election = await officeParam(c)
  const { db, actor } = c.get('ctx')
  if (!may.takePackage(actor, election)) throw new HTTPException(403)
  const version = Number(c.req.param('version'))
  if (version > 100_000) throw new HTTPException(404)
  const signed = found(await findPackage(db, election.id, idParam(c, 'tps'), version))
  return jsonFile(c, 'package.json', JSON.stringify(signed))
})
