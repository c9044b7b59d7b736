import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, type Form, flash, found, idParam, page, readForm } from '#platform/http.ts'
import { OutsideError } from '#platform/outside.ts'
import { type Problems, problemsOf } from '#platform/problems.ts'
import { askCatalogue, confirmPeer, endSubscription, refresh, subscribe } from '../actions/peer.ts'
import { judgeCatalogue } from '../domain/catalogue.ts'
import { fingerprintOf } from '../domain/signed.ts'
import { addressForm, subscriptionForm } from '../forms.ts'
import { ComparePage, PeerPage, PeersPage } from '../pages/peer.tsx'
import { may } from '../permissions.ts'
import { listAdopters } from '../store/heartbeat.ts'
import { findPeer, listPeers, type Peer } from '../store/peer.ts'
import { words } from '../text/index.ts'
import { signedIn } from './parts.ts'

export const routes = new Hono<Env>()

function national(c: C) {
  if (!may.subscribe(signedIn(c))) throw new HTTPException(403)
}

const shown = (peer: Peer) => ({
  ...peer,
  fingerprint: fingerprintOf(peer.key),
  otherFingerprint: peer.other_key && fingerprintOf(peer.other_key),
  standing: peer.subscribed ? ('subscribed' as const) : peer.verified ? ('known' as const) : ('stranger' as const),
})

async function peersPage(c: C, again: { typed?: Form; problems?: Problems; refusal?: string | undefined } = {}) {
  const peers = (await listPeers(c.get('ctx').db)).map(shown)
  return <PeersPage view={c.get('view')} peers={peers} {...again} />
}

async function peerPage(c: C, id: string, refusal?: string) {
  const { db } = c.get('ctx')
  const peer = found(await findPeer(db, id))
  const adopters = (await listAdopters(db)).filter((adopter) => adopter.peer === id)
  return <PeerPage view={c.get('view')} peer={shown(peer)} adopters={adopters} refusal={refusal} />
}

routes.get('/exchange/peers', async (c) => {
  national(c)
  return page(c, await peersPage(c))
})

/** The catalogue at an address, or what is wrong with the address. */
async function askedAt(address: string): Promise<{ text: string } | { wrong: string }> {
  try {
    return { text: await askCatalogue(address) }
  } catch (error) {
    if (error instanceof OutsideError) return { wrong: error.reason }
    throw error
  }
}

routes.post('/exchange/peers/look', async (c) => {
  national(c)
  const { form } = await readForm(c)
  const read = addressForm.safeParse(form)
  if (!read.success) return page(c, await peersPage(c, { typed: form, problems: problemsOf(read.error) }), 422)
  const { address } = read.data
  const asked = await askedAt(address)
  const wrong = (code: string) => peersPage(c, { typed: form, problems: { address: { code } } })
  if ('wrong' in asked) return page(c, await wrong(asked.wrong), 422)
  const judged = judgeCatalogue(asked.text, { address, known: undefined, now: c.get('view').now })
  if (!judged.ok) return page(c, await wrong(judged.refusal), 422)
  const { installation, packages } = judged.change.catalogue
  return page(
    c,
    <ComparePage
      view={c.get('view')}
      met={{ ...installation, fingerprint: fingerprintOf(installation.key), packages }}
    />,
  )
})

routes.post('/exchange/peers', async (c) => {
  national(c)
  const { form, ctx } = await readForm(c)
  const read = subscriptionForm.safeParse(form)
  if (!read.success) return page(c, await peersPage(c, { problems: problemsOf(read.error) }), 422)
  const asked = await askedAt(read.data.address)
  if ('wrong' in asked) return page(c, await peersPage(c, { refusal: asked.wrong }), 422)
  return answer(c, await perform(subscribe(asked.text), ctx, read.data.address, form), {
    onDone: ({ peer }) => `/exchange/peers/${peer}`,
    say: words(c.get('view').lang).subscribed,
    again: (problems, refusal) => peersPage(c, { problems, refusal }),
  })
})

routes.get('/exchange/peers/:peer', async (c) => {
  national(c)
  return page(c, await peerPage(c, idParam(c, 'peer')))
})

routes.post('/exchange/peers/:peer/refresh', async (c) => {
  national(c)
  const { ctx } = await readForm(c)
  const id = found(await findPeer(ctx.db, idParam(c, 'peer'))).id
  const wrong = await refresh(ctx.db, id, ctx.clock.now())
  if (wrong) return page(c, await peerPage(c, id, wrong), 409)
  flash(c, words(c.get('view').lang).refreshed)
  return c.redirect(`/exchange/peers/${id}`, 303)
})

for (const [word, action, say] of [
  ['end', endSubscription, 'ended'],
  ['confirm', confirmPeer, 'confirmed'],
] as const)
  routes.post(`/exchange/peers/:peer/${word}`, async (c) => {
    national(c)
    const { ctx } = await readForm(c)
    const id = idParam(c, 'peer')
    return answer(c, await perform(action as typeof endSubscription, ctx, id, {}), {
      onDone: `/exchange/peers/${id}`,
      say: words(c.get('view').lang)[say],
      again: (_, refusal) => peerPage(c, id, refusal),
    })
  })
