import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { shippedRounds } from '#competition'
import { aJudgedRound } from './judging-world.ts'
import type { World } from './world.ts'

/**
 * Every address that the app answers, asked by every role with ids that exist, that belong to another agency, and that
 * are mistyped. What is expected of all stands in the checks below; only what differs stands in these two tables.
 */

/** Addresses that anybody may read. A new page for the public is named here, or the walk stops at it. */
const publicReads: readonly RegExp[] = [
  /^\/$/,
  /^\/(?:masuk|sehat|favicon\.ico|tentang|assets|bahasa|api|gallery)(?:\/|$)/,
  /^\/people\/regions$/,
  /^\/competition$/,
  // The field app as a phone keeps it: nobody's name stands in it.
  /^\/services\/field(?:\/worker\.js|\/app\.webmanifest)?$/,
  // What an agency runs is published with its standard; a case opened without an account is followed with its code.
  /^\/services(?:\/:service(?:\/(?:report|receipt|follow|followed)(?:\/.*)?)?)?$/,
  // Figures are published for everybody; those of every night (inside) are not.
  /^\/services\/:service\/figures(?:\/:hash(?:\/figures\.(?:json|csv))?)?$/,
  // What goes between installations: the signed catalogue, its sealed files, and who runs them elsewhere.
  /^\/(?:\.well-known\/melayani|exchange|exchange\/packages\/:file.*)$/,
  // A short link leads to the form that anybody may send, and the API for programs is described to anybody.
  /^\/l\/:code$/,
  /^\/services\/api\/openapi\.json$/,
  // Who runs an innovation and from whom each has it, hubs and what was verified of them, and whoever holds a certificate.
  /^\/replication(?:\/innovations\/:code(?:\/lineage\.json)?|\/hubs(?:\/:hub(?:\/surveys\/:year)?)?|\/certificates(?:\/:number)?)?$/,
  // The day, the villages, the rules and the candidates of an election are published; a practice is seen by nobody else.
  /^\/voting(?:\/waves\/:wave|\/elections\/:election(?:\/rules)?)?$/,
  // Results, their versions and files, what people read from photographs, and objections without who filed them.
  /^\/voting\/(?:results(?:\/:year(?:\/:region)?)?|check|hand-in|planos|objections)$/,
  /^\/voting\/elections\/:election\/(?:result(?:\.json)?|objections(?:\/new)?)$/,
  /^\/voting\/tps\/:tps\/(?:result|sheets\/:hash|files\/:sha256)$/,
  // How its slips are audited: the plan, the dice, the drawn slips, what two counted, and the minutes.
  /^\/voting\/elections\/:election\/audit(?:\/minutes\.pdf)?$/,
  // The sum of the village, or how it deliberated, as a paper: no more than the page of its result.
  /^\/voting\/elections\/:election\/(?:recap|deliberation)\.pdf$/,
  /^\/judging\/rounds\/:round\/rule$/,
  // Who objected follows the objection with its receipt.
  /^\/judging\/objections(?:\/receipt\.pdf)?$/,
  /^\/judging\/announcements$/,
  // Whoever holds a letter finds it by the code that stands on it.
  /^\/judging\/letters\/check\/:code$/,
  // What was announced, and how anybody computes it again; before the announcement these pages say that it is to come.
  /^\/judging\/rounds\/:(?:id|round)\/(?:finalists|results|recompute)$/,
  /^\/competition\/rounds\/:round(?:\/admitted|\/versions\/:version)?$/,
]
/** Forms that anybody may send. */
const publicForms: readonly RegExp[] = [
  // A polling place hands over; whose signature it bears says who it is.
  /^\/voting\/intake\/(?:results|records\/:sha256)$/,
  // Witnesses, candidates and voters have no account, nor has whoever hands in a result, follows a ballot or reads a photograph.
  /^\/voting\/(?:elections\/:election\/objections\/new|objections(?:\/own)?|hand-in|tps\/:tps\/follow|planos\/:photo)$/,
  // A service elsewhere reports; its signature says who it is.
  /^\/exchange\/heartbeats$/,
  /^\/(?:masuk|keluar|masuk\/lupa|judging\/objections)$/,
  /^\/services\/:service\/(?:report|follow|followed\/.*)$/,
  /^\/l\/:code$/,
  // A phone shows its own token: to hear what it must forget, and to hand in what it can no longer read.
  /^\/services\/field\/(?:contact|sealed)$/,
]

/** Values for parameters that are no ids. */
const texts: Record<string, string> = { file: 'style.css', lang: 'en', version: '1', year: '2026' }

type Role =
  | 'public'
  | 'no role'
  | 'unit'
  | 'unit elsewhere'
  | 'local admin'
  | 'deputy'
  | 'local admin elsewhere'
  | 'evaluator'
  | 'panel'
  | 'national admin'
  | 'national admin without factor'
type Route = { method: string; path: string }

describe('the house: every address answers correctly to every role', () => {
  let judged: Awaited<ReturnType<typeof aJudgedRound>>
  let world: World
  const people = new Map<Role, string | undefined>()
  let routes: Route[]
  const ids = new Map<string, string[]>()

  before(async () => {
    judged = await aJudgedRound({ entries: 3, people: 3 })
    world = judged
    await judged.team()
    await judged.assign()
    await judged.open()
    await furnish()
    const seen = new Set<string>()
    routes = world.web.routes
      .filter(({ method, path }) => method !== 'ALL' && !path.includes('*'))
      .filter(({ method, path }) => !seen.has(`${method} ${path}`) && seen.add(`${method} ${path}`))
      .map(({ method, path }) => ({ method, path }))
  })
  after(() => world.drop())

  async function furnish() {
    const agency = await world.anAgency()
    const unit = await world.aUnit(agency)
    const other = await world.anAgency()
    const otherUnit = await world.aUnit(other)
    people.set('public', undefined)
    people.set('no role', await world.aPerson())
    people.set('unit', await world.aPerson('unit', { agency, unit }))
    people.set('unit elsewhere', await world.aPerson('unit', { agency: other, unit: otherUnit }))
    people.set('local admin', await world.aPerson('local-admin', { agency }))
    people.set('deputy', await world.aPerson('deputy', { agency }))
    people.set('local admin elsewhere', await world.aPerson('local-admin', { agency: other }))
    people.set('evaluator', judged.people[0])
    people.set('panel', await world.aPerson('panel'))
    people.set('national admin', await world.aPerson('national-admin'))
    people.set('national admin without factor', await world.aPerson('national-admin'))
    const round = await world.aRound(shippedRounds()[0]!)
    for (const state of ['draft', 'with-local-admin', 'returned', 'submitted', 'passed', 'failed'] as const)
      await world.aProposal({ agency, unit, round }, { state })
    await collectIds(agency, other)
  }

  /**
   * Existing ids by the name of their table: `/…/:proposal` takes competition.proposal's, `/…/objections/:id` takes
   * judging.objection's. Nothing of them belongs to the agency of those elsewhere.
   */
  async function collectIds(agency: string, elsewhere: string) {
    const { rows } = await sql<{ schema: string; name: string; owned: boolean }>`
      select n.nspname as schema, c.relname as name,
        exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'agency') and c.relname <> 'role' as owned
      from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute i on i.attrelid = c.oid and i.attname = 'id'
      where c.relkind = 'r' and i.atttypid = 'uuid'::regtype and n.nspname not in ('pg_catalog', 'graphile_worker')`.execute(
      world.db,
    )
    for (const { schema, name, owned } of rows) {
      const table = sql.table(`${schema}.${name}`)
      const found = await sql<{
        id: string
      }>`select id from ${table} ${owned ? sql`where agency <> ${elsewhere}` : sql``} order by id limit 6`.execute(
        world.db,
      )
      ids.set(name, [...(ids.get(name) ?? []), ...found.rows.map(({ id }) => id)])
    }
    ids.set('agency', [agency])
    ids.set('entry', ids.get('proposal') ?? [])
    const { rows: keys } = await sql<{ key: string }>`select key from competition.round`.execute(world.db)
    ids.set('round', [...(ids.get('round') ?? []), ...keys.map(({ key }) => key)])
    ids.set('person', judged.people)
    ids.set('upload', ids.get('file') ?? [])
  }

  /** The addresses of a route: one for each existing id, or one made up where none exists. */
  function addressesOf(path: string, mistyped = false): string[] {
    const names = [...path.matchAll(/:(\w+)(?:\{[^}]*\})?\??/g)].map(([whole, name]) => ({
      whole,
      name: name === 'id' ? singular(new RegExp(`([a-z-]+)/${whole}`).exec(path)?.[1] ?? '') : name!,
    }))
    if (names.length === 0) return mistyped ? [] : [path]
    const most = mistyped ? 1 : Math.max(1, ...names.map(({ name }) => ids.get(name)?.length ?? 0))
    return Array.from({ length: most }, (_, i) =>
      names.reduce((address, { whole, name }) => {
        const known = ids.get(name) ?? []
        const value = mistyped ? 'salah-ketik' : (texts[name] ?? known[i % known.length] ?? randomUUID())
        return address.replace(whole, value)
      }, path),
    )
  }

  const singular = (plural: string) => plural.replace(/ies$/, 'y').replace(/s$/, '')

  const reader = (role: Role, lang: 'id' | 'en' = 'id') =>
    world.as(people.get(role), { lang, secondFactor: role !== 'national admin without factor' })

  /** Readers whose sessions are begun once: only for what ends no session. */
  function lastingReaders() {
    const readers = new Map<string, ReturnType<typeof reader>>()
    return {
      of(role: Role, lang: 'id' | 'en' = 'id') {
        const key = `${role} ${lang}`
        const known = readers.get(key) ?? reader(role, lang)
        readers.set(key, known)
        return known
      },
      async assertStillSignedIn() {
        for (const [key, known] of readers)
          if (!key.startsWith('public')) assert.equal(isLogin(await (await known).get('/akun')), false, key)
      },
    }
  }

  const isLogin = (response: Response) =>
    response.status === 303 && /^\/masuk(\?|$)/.test(response.headers.get('location') ?? '')

  /** What every answer must hold, whoever asks. */
  async function faultsOf(response: Response, role: Role, lang: 'id' | 'en'): Promise<string[]> {
    const faults: string[] = []
    const type = response.headers.get('content-type') ?? ''
    const text = type.startsWith('text/html') ? await response.text() : ''
    if (response.status >= 500) faults.push(`${response.status}`)
    if (![200, 201, 204, 303, 400, 401, 403, 404, 405, 409, 413, 415, 422, 423, 429].includes(response.status))
      faults.push(`unexpected ${response.status}`)
    if (type.startsWith('text/html')) {
      if (!response.headers.get('content-security-policy')?.includes("default-src 'self'")) faults.push('no CSP')
      if (response.headers.get('x-content-type-options') !== 'nosniff') faults.push('may be sniffed')
      if (!text.includes(`<html lang="${lang}"`)) faults.push(`not marked as ${lang}`)
      const headings = text.match(/<h1[\s>]/g)?.length ?? 0
      if (headings !== 1) faults.push(`${headings} first headings`)
      const shown = text.replace(/<[^>]*>/g, ' ')
      const leak = /\bundefined\b|\[object Object\]|\bNaN\b|Invalid Date/.exec(shown)?.[0]
      if (leak) faults.push(`shows ${leak}`)
      if (/<(?:script(?! type="module" src)|style)[\s>]|\son\w+=|\sstyle=/.test(text))
        faults.push('has inline script or style')
    }
    if (
      role !== 'public' &&
      response.status === 200 &&
      !/private|no-store/.test(response.headers.get('cache-control') ?? '')
    )
      faults.push(`may be kept by shared caches: ${response.headers.get('cache-control')}`)
    return faults
  }

  const isAsset = (path: string) => path.startsWith('/assets/') || path === '/sehat' || path === '/favicon.ico'

  it('to those who read', { timeout: 300_000 }, async () => {
    const wrong: string[] = []
    const readers = lastingReaders()
    for (const { path } of routes.filter(({ method }) => method === 'GET')) {
      const open = publicReads.some((pattern) => pattern.test(path))
      for (const address of addressesOf(path)) {
        const answers = new Map<Role, number>()
        for (const role of people.keys()) {
          const response = await (await readers.of(role)).get(address)
          answers.set(role, response.status)
          const say = (fault: string) => wrong.push(`GET ${address} (${path}) as ${role}: ${fault}`)
          if (!isAsset(path)) for (const fault of await faultsOf(response, role, 'id')) say(fault)
          if (!open && role === 'public' && !isLogin(response) && ![401, 403, 404].includes(response.status))
            say(`answers the public with ${response.status}; if that is meant, name it in publicReads`)
          if (!open && / elsewhere$/.test(role) && response.status === 200 && /:(?:proposal|agency|unit)\b/.test(path))
            say('shows what belongs to another agency')
        }
        if (answers.get('national admin without factor') === 200 && answers.get('no role') !== 200)
          wrong.push(`GET ${address}: a national admin needs the second factor here`)
        const someone = [...answers].findLast(([, status]) => status === 200)?.[0]
        if (someone && !isAsset(path) && !path.startsWith('/bahasa')) {
          const response = await (await readers.of(someone, 'en')).get(address)
          for (const fault of await faultsOf(response, someone, 'en')) wrong.push(`GET ${address} in English: ${fault}`)
        }
      }
    }
    await readers.assertStillSignedIn()
    assert.deepEqual(wrong, [])
  })

  it('to those who mistype an id', { timeout: 300_000 }, async () => {
    const wrong: string[] = []
    const readers = lastingReaders()
    for (const { method, path } of routes)
      for (const address of addressesOf(path, true))
        for (const role of ['public', 'unit', 'local admin', 'evaluator', 'national admin'] as const) {
          const who = await readers.of(role)
          const response =
            method === 'GET' ? await who.get(address) : await who.send(method, address, new URLSearchParams())
          const hidden =
            response.status === 404 || response.status === 403 || response.status === 401 || isLogin(response)
          if (!hidden) wrong.push(`${method} ${address} as ${role}: ${response.status}`)
          else
            for (const fault of await faultsOf(response, role, 'id'))
              wrong.push(`${method} ${address} as ${role}: ${fault}`)
        }
    await readers.assertStillSignedIn()
    assert.deepEqual(wrong, [])
  })

  it('to those who write, with an empty form and with nonsense', { timeout: 300_000 }, async () => {
    const wrong: string[] = []
    const bodies = (): [string, BodyInit, Record<string, string>][] => [
      ['an empty form', new URLSearchParams(), {}],
      ['broken JSON', '{"a":', { 'content-type': 'application/json' }],
      ['a JSON list', '[1]', { 'content-type': 'application/json' }],
    ]
    // What cannot be read at all is refused before it is known what it is for: one address of each route tells.
    for (const { method, path } of routes.filter(({ method }) => method !== 'GET'))
      for (const [at, address] of addressesOf(path).slice(0, 2).entries())
        for (const role of people.keys())
          for (const [name, body, headers] of bodies().slice(0, at === 0 ? 3 : 1)) {
            const response = await (await reader(role)).send(method, address, body, headers)
            const say = (fault: string) =>
              wrong.push(`${method} ${address} (${path}) as ${role} with ${name}: ${fault}`)
            for (const fault of await faultsOf(response, role, 'id')) say(fault)
            const kept =
              isLogin(response) || response.status === 401 || response.status === 403 || response.status === 404
            if (role === 'public' && !kept && !publicForms.some((pattern) => pattern.test(path)))
              say(`takes a form from the public with ${response.status}; if that is meant, name it in publicForms`)
          }
    assert.deepEqual(wrong, [])
  })

  it('to a form that another site sends: nothing', async () => {
    const wrong: string[] = []
    for (const { method, path } of routes.filter(({ method }) => method !== 'GET'))
      for (const address of addressesOf(path).slice(0, 1)) {
        const who = await reader('national admin')
        const foreign = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }
        const response = await who.send(method, address, new URLSearchParams({ a: 'b' }), foreign)
        if (response.status !== 403) wrong.push(`${method} ${address}: ${response.status}`)
      }
    assert.deepEqual(wrong, [])
  })
})
