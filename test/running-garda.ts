import { done } from '../src/demo/story.ts'
import { aWorld } from './world.ts'

/** Garda Ampuh at work in a demo agency: anybody may report a child, an operator and the office work with it. */
export async function aRunningGarda(start: Date) {
  const world = await aWorld(start)
  const { db } = world
  const agency = await world.anAgency()
  await db.updateTable('people.agency').set({ demo: true }).where('id', '=', agency).execute()
  const elsewhere = await world.anAgency()
  const people = {
    admin: await world.aPerson('local-admin', { agency }),
    adminElsewhere: await world.aPerson('local-admin', { agency: elsewhere }),
    operator: await world.aPerson(),
    office: await world.aPerson(),
  }
  const admin = await world.as(people.admin)
  const adminElsewhere = await world.as(people.adminElsewhere)
  const install = async (who: typeof admin, of: string, name: string) => {
    const answer = await done(who.post(`/services/agencies/${of}/install/${name}`), `installing ${name}`)
    return answer.headers.get('location')!.split('/')[2]!
  }
  const service = await install(admin, agency, 'garda-ampuh')
  const give = async (person: string, role: string, area: string) => {
    const { email } = await db
      .selectFrom('people.person')
      .select('email')
      .where('id', '=', person)
      .executeTakeFirstOrThrow()
    await done(admin.post(`/services/${service}/roles`, { email, role, area }), `the role ${role}`)
  }
  await give(people.operator, 'operator', '35.10.20')
  await give(people.office, 'dinas', '')

  const cookieOf = (response: Response, name: string) =>
    response.headers
      .getSetCookie()
      .find((one) => one.startsWith(`${name}=`))!
      .split(';')[0]!

  /** A report without an account; with the number and code that were shown, and the cookie of whoever follows it. */
  async function report(over: Record<string, string> = {}) {
    const public_ = await world.as()
    const sent = await done(
      public_.post(`/services/${service}/report`, { desa: '3510202001', keterangan: 'Bekerja di pasar', ...over }),
      'a report',
    )
    const shown = await public_.get(`/services/${service}/receipt`, { cookie: cookieOf(sent, 'tanda') })
    const text = await shown.text()
    const number = /GA-\d{8}/.exec(text)![0]
    const code = /<dd>([A-Z2-9]{10})<\/dd>/.exec(text)![1]!
    const { id } = await db
      .selectFrom('services.case')
      .select('id')
      .where('number', '=', number)
      .where('service', '=', service)
      .executeTakeFirstOrThrow()
    return { id, number, code }
  }

  /** The browser of whoever follows a case with its number and code. */
  async function follower({ number, code }: { number: string; code: string }) {
    const public_ = await world.as()
    const shown = await done(public_.post(`/services/${service}/follow`, { number, code }), 'following')
    const cookie = { cookie: cookieOf(shown, 'ikut') }
    const at = `/services/${service}/followed`
    return {
      get: (path = '') => public_.get(`${at}${path}`, cookie),
      post: (path: string, form: Record<string, string> = {}) =>
        public_.send('POST', `${at}${path}`, new URLSearchParams(form), cookie),
    }
  }

  /** What is shown once after a form of the page of channels. */
  async function shownOnce(who: typeof admin, path: string, form: Record<string, string>): Promise<string> {
    const sent = await done(who.post(path, form), path)
    const page = await who.get(sent.headers.get('location')!, { cookie: `${who.cookie}; ${cookieOf(sent, 'sekali')}` })
    return /<code>((?:whsec|mel)_[^<]+)<\/code>/.exec(await page.text())![1]!
  }

  let n = 0
  async function gatewayOf(who: typeof admin, of: string) {
    const name = `Gerbang ${++n}`
    const secret = await shownOnce(who, `/services/${of}/gateways`, { name })
    const { id } = await db
      .selectFrom('services.gateway')
      .select('id')
      .where('name', '=', name)
      .executeTakeFirstOrThrow()
    return { id, secret }
  }

  let other: string | undefined
  return {
    world,
    agency,
    elsewhere,
    service,
    people,
    admin,
    adminElsewhere,
    report,
    follower,
    shownOnce,
    give,
    install,
    aGateway: () => gatewayOf(admin, service),
    aGatewayElsewhere: async () => {
      other ??= await install(adminElsewhere, elsewhere, 'garda-ampuh')
      return gatewayOf(adminElsewhere, other)
    },
    closeGateway: (id: string) => done(admin.post(`/services/${service}/gateways/${id}/end`), 'closing a gateway'),
  }
}

export type RunningGarda = Awaited<ReturnType<typeof aRunningGarda>>
