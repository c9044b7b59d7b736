import { Hono } from 'hono'
import { linkTo } from '#platform/address.ts'
import { type C, type Env, found, page } from '#platform/http.ts'
import { paperHeaders } from '#platform/ui/paper.ts'
import { readNumber } from '../domain/paper.ts'
import { CheckPage } from '../pages/certificate.tsx'
import { drawAgreement, drawCertificate } from '../pages/paper-pdf.ts'
import { findCertificate, papersOf } from '../store/paper.ts'
import { heldParam } from './process.tsx'

export const routes = new Hono<Env>()

const addressOf = (number: string, code: string) => linkTo(`/replication/certificates/${number}?code=${code}`)

async function checkPage(c: C, number: string) {
  const code = (c.req.query('code') ?? '').trim().toUpperCase().slice(0, 20)
  const read = readNumber(number)
  const asked = number !== '' && code !== ''
  const certificate = asked && read ? await findCertificate(c.get('ctx').db, read, code) : undefined
  const shown = asked ? (certificate ?? null) : undefined
  const address = addressOf(number, code)
  return page(c, <CheckPage view={c.get('view')} number={number} code={code} found={shown} address={address} />)
}

routes.get('/replication/certificates', (c) => checkPage(c, (c.req.query('number') ?? '').trim().slice(0, 40)))
routes.get('/replication/certificates/:number', (c) => {
  const number = c.req.param('number')
  found(readNumber(number))
  return checkPage(c, number)
})

routes.get('/replication/processes/:process/agreement.pdf', async (c) => {
  const held = await heldParam(c)
  const { agreement } = await papersOf(c.get('ctx').db, held.id)
  const { lang, demo } = c.get('view')
  const address = linkTo(`/replication/innovations/${held.innovation}`)
  const given = found(agreement)
  const bytes = await drawAgreement(given, { lang, demo: demo || given.content.demo, address })
  return c.body(bytes, 200, paperHeaders(given.number))
})

routes.get('/replication/processes/:process/certificate.pdf', async (c) => {
  const held = await heldParam(c)
  const { certificate } = await papersOf(c.get('ctx').db, held.id)
  const { lang, demo } = c.get('view')
  const given = found(certificate)
  const view = { lang, demo: demo || given.content.demo, address: addressOf(given.number, given.code) }
  return c.body(await drawCertificate(given, view), 200, paperHeaders(given.number))
})
